// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/block_checks.h"

#include <fmt/format.h>

#include <span>
#include <string>

#include "core/bounds/accumulator_bounds.h"
#include "hw_backend/rtl/dot_shape.h"

namespace a2q {
namespace {

constexpr int kWidestCode = 32;
constexpr int kWidestAccumulator = 64;

tl::unexpected<Error> refuse(const Block& block, std::string cause) {
  return fail(ErrorCode::kSpecValue, fmt::format("no hardware for this {}", blockName(block)),
              std::move(cause));
}

/// What is wrong with a block, in the order in which it was asked for; empty: nothing.
class Faults {
 public:
  void positive(std::string_view name, std::int64_t value) {
    if (value < 1) note(fmt::format("{} is {}, and must be at least 1", name, value));
  }
  void divides(std::string_view divisor, std::int64_t d, std::string_view name, std::int64_t n) {
    positive(divisor, d);
    positive(name, n);
    if (first_.empty() && n % d != 0)
      note(fmt::format("{} = {} does not divide {} = {}", divisor, d, name, n));
  }
  void width(std::string_view name, BitWidth width, int most) {
    if (width.bits < 1 || width.bits > most)
      note(fmt::format("{} of {} bits: 1 to {} can be made", name, width.bits, most));
  }
  void format(std::string_view name, IntegerFormat format) {
    width(name, format.width, kWidestCode);
  }
  void require(bool holds, std::string_view otherwise) {
    if (!holds) note(std::string(otherwise));
  }
  [[nodiscard]] const std::string& first() const { return first_; }

 private:
  void note(std::string text) {
    if (first_.empty()) first_ = std::move(text);
  }
  std::string first_;
};

void check(const ThresholdBlock& block, Faults& faults) {
  constexpr int kWidestOutput = 12;
  faults.divides("lanes", block.lanes, "channels", block.channels);
  faults.width("an accumulator", block.accumulator, kWidestAccumulator);
  faults.width("codes", block.output.width, kWidestOutput);
  if (!faults.first().empty()) return;
  faults.require(block.levels == (std::int64_t{1} << block.output.width.bits) - 1,
                 "a code of B bits takes 2^B - 1 thresholds");
}

void check(const DotShape& dot, const std::optional<ThresholdBlock>& thresholds, Faults& faults) {
  faults.divides("PE", dot.pe, "the number of rows", dot.rows);
  faults.divides("SIMD", dot.simd, "the number of products", dot.length);
  faults.width("weights", dot.weights, kWidestCode);
  faults.format("inputs", dot.input);
  faults.width("an accumulator", dot.accumulator, kWidestAccumulator);
  if (!thresholds) return;
  check(*thresholds, faults);
  faults.require(thresholds->channels == dot.rows && thresholds->lanes == dot.pe &&
                     thresholds->accumulator == dot.accumulator,
                 "its thresholds are for other channels, lanes or accumulators");
}

void check(const MvauBlock& block, Faults& faults) {
  check(dotShape(block), block.thresholds, faults);
}

void check(const DepthwiseBlock& block, Faults& faults) {
  check(dotShape(block), block.thresholds, faults);
}

void checkDirection(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                    std::int64_t padding, Faults& faults) {
  faults.positive("the size of the image", size);
  faults.positive("the kernel", kernel);
  faults.positive("the stride", stride);
  faults.require(padding >= 0 && padding < kernel, "the padding is not smaller than the kernel");
  faults.require(size + 2 * padding >= kernel, "the kernel is larger than the image");
}

void check(const SlidingWindowBlock& block, Faults& faults) {
  faults.divides("lanes", block.lanes, "channels", block.channels);
  faults.format("values", block.format);
  checkDirection(block.height, block.kernel_height, block.stride_height, block.padding_height,
                 faults);
  checkDirection(block.width, block.kernel_width, block.stride_width, block.padding_width, faults);
}

void check(const PoolBlock& block, Faults& faults) {
  faults.divides("lanes", block.lanes, "channels", block.channels);
  faults.positive("the number of taps", block.taps);
  faults.format("inputs", block.input);
  faults.width("outputs", block.output.width, kWidestAccumulator);
  if (!faults.first().empty()) return;
  const std::int64_t most = block.sum ? block.taps : 1;
  faults.require(block.input.minimum() * most >= block.output.minimum() &&
                     block.input.maximum() * most <= block.output.maximum(),
                 "the output's format does not hold every result");
}

void check(const WidthConverterBlock& block, Faults& faults) {
  faults.positive("the number of input lanes", block.input_lanes);
  faults.positive("the number of output lanes", block.output_lanes);
  faults.width("values", block.value, kWidestAccumulator);
}

void check(const FifoBlock& block, Faults& faults) {
  faults.require(block.depth >= 2, "a FIFO is at least two beats deep");
  faults.positive("the width", block.width);
}

void check(const AddBlock& block, Faults& faults) {
  faults.positive("the number of lanes", block.lanes);
  faults.format("the left values", block.left);
  faults.format("the right values", block.right);
  faults.width("sums", block.output.width, kWidestAccumulator - 1);
  if (!faults.first().empty()) return;
  faults.require(block.left.minimum() + block.right.minimum() >= block.output.minimum() &&
                     block.left.maximum() + block.right.maximum() <= block.output.maximum(),
                 "the output's format does not hold every sum");
}

void check(const ForkBlock& block, Faults& faults) { faults.positive("the width", block.width); }

void check(const ConcatBlock& block, Faults& faults) {
  faults.divides("lanes", block.lanes, "the left channels", block.left_channels);
  faults.divides("lanes", block.lanes, "the right channels", block.right_channels);
  faults.format("the left values", block.left);
  faults.format("the right values", block.right);
  faults.width("outputs", block.output.width, kWidestCode);
  if (!faults.first().empty()) return;
  for (const IntegerFormat& input : {block.left, block.right})
    faults.require(
        input.minimum() >= block.output.minimum() && input.maximum() <= block.output.maximum(),
        "the output's format does not hold every value");
}

void checkEnlargement(std::int64_t width, std::int64_t factor, BitWidth value, Faults& faults) {
  faults.positive("the width", width);
  faults.require(factor >= 2, "the factor is at least 2");
  faults.width("values", value, kWidestAccumulator);
}

void check(const UpsampleBlock& block, Faults& faults) {
  faults.divides("lanes", block.lanes, "channels", block.channels);
  checkEnlargement(block.width, block.factor, block.value, faults);
}

void check(const PixelShuffleBlock& block, Faults& faults) {
  faults.positive("the number of channels", block.channels);
  checkEnlargement(block.width, block.factor, block.value, faults);
}

Status checkWeights(const Block& block, const DotShape& dot,
                    std::span<const std::int32_t> weights) {
  if (static_cast<std::int64_t>(weights.size()) != dot.rows * dot.length)
    return refuse(block, fmt::format("{} weights given, and it has {} x {}", weights.size(),
                                     dot.rows, dot.length));
  const auto range = rangeOf({dot.weights, Signedness::kSigned});
  for (const std::int64_t weight : weights)
    if (weight < range.minimum || weight > range.maximum)
      return refuse(block, fmt::format("weight {} does not fit {} bits", weight, dot.weights.bits));
  return {};
}

Status checkThresholds(const Block& block, const ThresholdBlock& shape,
                       std::span<const std::int64_t> values) {
  if (static_cast<std::int64_t>(values.size()) != shape.channels * shape.levels)
    return refuse(block, fmt::format("{} thresholds given, and it has {} x {}", values.size(),
                                     shape.channels, shape.levels));
  const AccumulatorSpec accumulator{shape.accumulator};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t channel = static_cast<std::int64_t>(i) / shape.levels;
    if (!accumulator.holds(Int128{values[i]} - 1, Int128{values[i]} - 1))
      return refuse(block, fmt::format("threshold {} of channel {} less one does not fit {} bits",
                                       values[i], channel, shape.accumulator.bits));
    const bool is_first = static_cast<std::int64_t>(i) % shape.levels == 0;
    if (!is_first && values[i] < values[i - 1])
      return refuse(block, fmt::format("the thresholds of channel {} do not ascend", channel));
  }
  return {};
}

}  // namespace

Status checkBlock(const Block& block) {
  Faults faults;
  std::visit([&](const auto& kind) { check(kind, faults); }, block);
  if (!faults.first().empty()) return refuse(block, faults.first());
  return {};
}

Status checkConstants(const Block& block, const BlockConstants& constants) {
  const auto dot = dotShapeOf(block);
  if (!dot && !constants.weights.empty()) return refuse(block, "it has no weights, some are given");
  if (dot)
    if (auto fits = checkWeights(block, *dot, constants.weights); !fits) return fits;
  const auto thresholds = thresholdsOf(block);
  if (!thresholds && !constants.thresholds.empty())
    return refuse(block, "it has no thresholds, some are given");
  return thresholds ? checkThresholds(block, *thresholds, constants.thresholds) : Status();
}

Status checkOverflow(const Block& block, const BlockConstants& constants) {
  const auto dot = dotShapeOf(block);
  if (!dot) return {};
  const std::span<const std::int32_t> weights(constants.weights);
  for (std::int64_t row = 0; row < dot->rows; ++row) {
    const auto channel = weights.subspan(static_cast<std::size_t>(row * dot->length),
                                         static_cast<std::size_t>(dot->length));
    const auto range = exactRange(signedSums(channel), rangeOf(dot->input));
    if (!AccumulatorSpec{dot->accumulator}.holds(range.low, range.high))
      return fail(ErrorCode::kOverflowPossible,
                  fmt::format("channel {} of the {} can overflow", row, blockName(block)),
                  fmt::format("Its sums reach from {} to {}, and an accumulator has {} bits.",
                              toString(range.low), toString(range.high), dot->accumulator.bits));
  }
  return {};
}

}  // namespace a2q
