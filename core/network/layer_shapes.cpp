// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/layer_shapes.h"

#include <fmt/format.h>

#include <cmath>

#include "core/network/spec_fault.h"

namespace a2q {
namespace {

constexpr std::int64_t kMostElements = std::int64_t{1} << 31;

/// Infers one layer; every overload of operator() is one kind.
class ShapeRules {
 public:
  ShapeRules(const LayerSpec& layer, std::span<const Shape> inputs)
      : layer_(layer), inputs_(inputs) {}

  Result<Shape> operator()(const InputLayer& input) const;
  Result<Shape> operator()(const ConvLayer& conv) const;
  Result<Shape> operator()(const LinearLayer& linear) const;
  Result<Shape> operator()(const BatchNormLayer& norm) const;
  Result<Shape> operator()(const ActivationLayer&) const { return inputs_[0]; }
  Result<Shape> operator()(const PoolLayer& pool) const;
  Result<Shape> operator()(const AddLayer&) const;
  Result<Shape> operator()(const ConcatLayer&) const;
  Result<Shape> operator()(const ResizeLayer& resize) const;
  Result<Shape> operator()(const PixelShuffleLayer& shuffle) const;
  Result<Shape> operator()(const FlattenLayer&) const { return sized(inputs_[0].size(), 1, 1); }
  Result<Shape> operator()(const OutputLayer&) const { return inputs_[0]; }

 private:
  [[nodiscard]] std::string who() const {
    return fmt::format("layer {} ({})", inQuotes(layer_.name), kindName(layer_.kind));
  }
  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what, std::string_view need) const {
    return fail(ErrorCode::kSpecValue, fmt::format("{}: {}", who(), what), std::string(need));
  }
  [[nodiscard]] tl::unexpected<Error> mismatch(std::string_view what, std::string cause,
                                               std::string remedy) const {
    return fail(ErrorCode::kShapeMismatch, fmt::format("{}: {}", who(), what), std::move(cause),
                std::move(remedy));
  }
  [[nodiscard]] Status within(std::string_view key, std::int64_t value, std::int64_t least) const;
  [[nodiscard]] Status within(std::string_view key, Extent value, std::int64_t least) const;
  [[nodiscard]] Result<Shape> sized(Int128 channels, Int128 height, Int128 width) const;
  [[nodiscard]] Result<Shape> slid(std::int64_t channels, Extent kernel, Extent stride,
                                   Extent padding) const;

  const LayerSpec& layer_;
  std::span<const Shape> inputs_;
};

Status ShapeRules::within(std::string_view key, std::int64_t value, std::int64_t least) const {
  if (value >= least && value <= kMostElements) return {};
  return wrong(fmt::format("{} is {}", key, value),
               fmt::format("it must be at least {} and at most 2^31", least));
}

Status ShapeRules::within(std::string_view key, Extent value, std::int64_t least) const {
  if (auto status = within(key, value.height, least); !status) return status;
  return within(key, value.width, least);
}

Result<Shape> ShapeRules::sized(Int128 channels, Int128 height, Int128 width) const {
  // Each factor is at most 2^62, so the first product fits; it is judged before the second.
  const Int128 plane = height * width;
  if (plane > kMostElements || channels > kMostElements || channels * plane > kMostElements) {
    return mismatch("its output is larger than 2^31 elements", {},
                    "Make the input, the factor or the number of channels smaller.");
  }
  return Shape{static_cast<std::int64_t>(channels), static_cast<std::int64_t>(height),
               static_cast<std::int64_t>(width)};
}

Result<Shape> ShapeRules::slid(std::int64_t channels, Extent kernel, Extent stride,
                               Extent padding) const {
  const Shape& in = inputs_[0];
  const std::int64_t height = in.height + 2 * padding.height;
  const std::int64_t width = in.width + 2 * padding.width;
  if (kernel.height > height || kernel.width > width) {
    return mismatch(fmt::format("its {}×{} kernel is larger than its padded input of {}×{}",
                                kernel.height, kernel.width, height, width),
                    fmt::format("the input is {} and the padding {}×{}", toString(in),
                                padding.height, padding.width),
                    "Use a smaller kernel, more padding, or less down-sampling before it.");
  }
  return sized(channels, (height - kernel.height) / stride.height + 1,
               (width - kernel.width) / stride.width + 1);
}

Result<Shape> ShapeRules::operator()(const InputLayer& input) const {
  for (const std::int64_t side : {input.shape.channels, input.shape.height, input.shape.width}) {
    if (auto status = within("shape", side, 1); !status) return forward(std::move(status));
  }
  const int bits = input.format.width.bits;
  if (bits < 1 || bits > 16) {
    return wrong(fmt::format("bits is {}", bits), "it must be between 1 and 16");
  }
  if (!std::isfinite(input.scale) || input.scale <= 0) {
    return wrong(fmt::format("scale is {}", input.scale), "it must be a number above 0");
  }
  return sized(input.shape.channels, input.shape.height, input.shape.width);
}

Result<Shape> ShapeRules::operator()(const ConvLayer& conv) const {
  if (auto s = within("filters", conv.filters, 1); !s) return forward(std::move(s));
  if (auto s = within("kernel", conv.kernel, 1); !s) return forward(std::move(s));
  if (auto s = within("stride", conv.stride, 1); !s) return forward(std::move(s));
  if (auto s = within("padding", conv.padding, 0); !s) return forward(std::move(s));
  if (auto s = within("groups", conv.groups, 1); !s) return forward(std::move(s));
  const std::int64_t channels = inputs_[0].channels;
  if (channels % conv.groups != 0) {
    return mismatch(
        fmt::format("{} groups do not divide its {} input channels", conv.groups, channels),
        fmt::format("its input is {}", toString(inputs_[0])),
        "Use a number of groups that divides both channels and filters.");
  }
  if (conv.filters % conv.groups != 0) {
    return mismatch(
        fmt::format("{} groups do not divide its {} filters", conv.groups, conv.filters), {},
        "Use a number of groups that divides both channels and filters.");
  }
  const Int128 taps = Int128{conv.kernel.height} * conv.kernel.width;
  const Int128 k = channels / conv.groups * taps;
  if (k > kMostElements || k * conv.filters > kMostElements) {
    return mismatch("it has more than 2^31 weights", {}, "Use fewer filters or a smaller kernel.");
  }
  return slid(conv.filters, conv.kernel, conv.stride, conv.padding);
}

Result<Shape> ShapeRules::operator()(const LinearLayer& linear) const {
  if (auto s = within("features", linear.features, 1); !s) return forward(std::move(s));
  if (Int128{inputs_[0].size()} * linear.features > kMostElements) {
    return mismatch("it has more than 2^31 weights",
                    fmt::format("its input is {}", toString(inputs_[0])),
                    "Use fewer features, or pool before it.");
  }
  return Shape{linear.features, 1, 1};
}

Result<Shape> ShapeRules::operator()(const BatchNormLayer& norm) const {
  if (!std::isfinite(norm.epsilon) || norm.epsilon <= 0) {
    return wrong(fmt::format("epsilon is {}", norm.epsilon), "it must be a number above 0");
  }
  if (!(norm.momentum >= 0 && norm.momentum <= 1)) {
    return wrong(fmt::format("momentum is {}", norm.momentum), "it must be between 0 and 1");
  }
  return inputs_[0];
}

Result<Shape> ShapeRules::operator()(const PoolLayer& pool) const {
  if (pool.kernel == Extent{0, 0}) {
    const bool plain = pool.padding == Extent{0, 0} && pool.stride.height <= 1 &&
                       pool.stride.height >= 0 && pool.stride.width <= 1 && pool.stride.width >= 0;
    if (!plain) return wrong("it pools the whole plane", "it takes no stride and no padding then");
    return Shape{inputs_[0].channels, 1, 1};
  }
  if (auto s = within("kernel", pool.kernel, 1); !s) return forward(std::move(s));
  if (auto s = within("stride", pool.stride, 1); !s) return forward(std::move(s));
  if (auto s = within("padding", pool.padding, 0); !s) return forward(std::move(s));
  // More padding would give windows that see no input at all.
  if (2 * pool.padding.height > pool.kernel.height || 2 * pool.padding.width > pool.kernel.width) {
    return wrong(fmt::format("padding is {}×{}", pool.padding.height, pool.padding.width),
                 "it must be at most half of the kernel");
  }
  return slid(inputs_[0].channels, pool.kernel, pool.stride, pool.padding);
}

Result<Shape> ShapeRules::operator()(const AddLayer&) const {
  for (std::size_t i = 1; i < inputs_.size(); ++i) {
    if (inputs_[i] == inputs_[0]) continue;
    return mismatch(
        fmt::format("its inputs differ: {} from {} and {} from {}", toString(inputs_[0]),
                    inQuotes(layer_.inputs[0]), toString(inputs_[i]), inQuotes(layer_.inputs[i])),
        "only equal shapes can be added",
        "Bring both to one shape, for example with a 1×1 convolution.");
  }
  return inputs_[0];
}

Result<Shape> ShapeRules::operator()(const ConcatLayer&) const {
  Int128 channels = 0;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    channels += inputs_[i].channels;
    const bool fits =
        inputs_[i].height == inputs_[0].height && inputs_[i].width == inputs_[0].width;
    if (fits) continue;
    return mismatch(
        fmt::format("its inputs differ: {} from {} and {} from {}", toString(inputs_[0]),
                    inQuotes(layer_.inputs[0]), toString(inputs_[i]), inQuotes(layer_.inputs[i])),
        "height and width must be equal, only channels may differ", "Resize or pool one of them.");
  }
  return sized(channels, inputs_[0].height, inputs_[0].width);
}

Result<Shape> ShapeRules::operator()(const ResizeLayer& resize) const {
  if (auto s = within("factor", resize.factor, 1); !s) return forward(std::move(s));
  return sized(inputs_[0].channels, Int128{inputs_[0].height} * resize.factor,
               Int128{inputs_[0].width} * resize.factor);
}

Result<Shape> ShapeRules::operator()(const PixelShuffleLayer& shuffle) const {
  if (auto s = within("factor", shuffle.factor, 1); !s) return forward(std::move(s));
  const Shape& in = inputs_[0];
  const std::int64_t square = shuffle.factor * shuffle.factor;
  if (in.channels % square != 0) {
    return mismatch(fmt::format("its {} input channels are not divisible by {} (factor {} squared)",
                                in.channels, square, shuffle.factor),
                    fmt::format("its input is {}", toString(in)),
                    "Give the layer before it a multiple of that many filters.");
  }
  return sized(in.channels / square, Int128{in.height} * shuffle.factor,
               Int128{in.width} * shuffle.factor);
}

}  // namespace

Result<Shape> outputShape(const LayerSpec& layer, std::span<const Shape> inputs) {
  return std::visit(ShapeRules(layer, inputs), layer.kind);
}

}  // namespace a2q
