// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/key_visitor.h"

namespace a2q {
namespace {

constexpr Presence kRequired = Presence::kRequired;
constexpr std::int64_t kLargestDataValue = 255;

/// The keys of each kind, one overload a kind.
struct KindKeys {
  KeyVisitor& keys;

  void operator()(InputLayer& input) const {
    keys.key({"shape", "shape of one sample", kRequired}, shape(input.shape));
    keys.key({"bits", "bits of an input code"}, bits(input.format.width, kActivationBits));
    keys.key({"signed", "whether input codes are signed"}, flag(input.format.sign));
    keys.key({"scale", "real value of code 1"}, number(input.scale, 0, LowerEnd::kExcluded));
    keys.key({"offset", "data value (0 to 255) that becomes code 0"},
             integer(input.offset, 0, kLargestDataValue));
    keys.key({"step", "data values per code"}, integer(input.step, 1, kLargestDataValue));
  }
  void operator()(ConvLayer& conv) const {
    keys.key({"filters", "output channels", kRequired}, integer(conv.filters, 1));
    keys.key({"kernel", "size of the window", kRequired}, extent(conv.kernel, 1));
    keys.key({"stride", "step of the window"}, extent(conv.stride, 1));
    keys.key({"padding", "zeros added at each side"}, extent(conv.padding, 0));
    keys.key({"groups", "groups of channels; depthwise: one a channel"}, groups(conv.groups));
    keys.key({"bias", "whether a learned constant is added"}, flag(conv.bias));
  }
  void operator()(LinearLayer& linear) const {
    keys.key({"features", "outputs", kRequired}, integer(linear.features, 1));
    keys.key({"bias", "whether a learned constant is added"}, flag(linear.bias));
  }
  void operator()(BatchNormLayer& norm) const {
    keys.key({"epsilon", "added to the variance"}, number(norm.epsilon, 0, LowerEnd::kExcluded));
    keys.key({"momentum", "weight of a new batch in the running statistics"},
             number(norm.momentum, 0, LowerEnd::kIncluded, 1));
  }
  void operator()(ActivationLayer& activation) const {
    keys.key({"signed", "signed codes without ReLU"}, flag(activation.sign));
    keys.key({"share", "name of the activation whose scale and bits are used"},
             text(activation.share));
  }
  void operator()(PoolLayer& pool) const {
    if (pool.kind == PoolKind::kMax) {
      keys.key({"kernel", "size of the window", kRequired}, extent(pool.kernel, 1));
    } else {
      keys.key({"kernel", "size of the window; absent: the whole plane"},
               extent(pool.kernel, 1, kWholePlane, "the whole plane"));
    }
    // After the kernel was visited: a stride that is not given must follow the kernel just read.
    const Extent stride = pool.kernel == kWholePlane ? Extent{1, 1} : pool.kernel;
    keys.key({"stride", "step of the window"},
             extent(pool.stride, pool.kernel == kWholePlane ? 0 : 1, stride, "the kernel"));
    keys.key({"padding", "zeros added at each side"}, extent(pool.padding, 0));
  }
  void operator()(AddLayer&) const {}
  void operator()(ConcatLayer&) const {}
  void operator()(ResizeLayer& resize) const {
    keys.key({"factor", "enlargement of height and width"}, integer(resize.factor, 1));
  }
  void operator()(PixelShuffleLayer& shuffle) const {
    keys.key({"factor", "enlargement of height and width"}, integer(shuffle.factor, 1));
  }
  void operator()(FlattenLayer&) const {}
  void operator()(OutputLayer&) const {}

 private:
  static constexpr Extent kWholePlane{0, 0};
};

}  // namespace

void describe(KeyVisitor& keys, LayerHead& head) {
  std::vector<std::string_view> kinds;
  for (const KindRow& row : layerKinds()) kinds.push_back(kindName(row.prototype));
  keys.key({"name", "name of the layer, unique in the network", kRequired}, text(head.name));
  keys.key({"kind", "what the layer does", kRequired}, word(head.kind, std::move(kinds)));
  keys.key({"input", "layer that feeds it; absent: the layer before it in the file"},
           onlyText(head.input));
  keys.key({"inputs", "layers that feed it, in order (add, concat)"}, texts(head.inputs));
}

void describe(KeyVisitor& keys, LayerKind& kind) { std::visit(KindKeys{keys}, kind); }

const std::vector<KindRow>& layerKinds() {
  static const std::vector<KindRow> kinds = {
      {InputLayer{}, "the input of the network, integer codes"},
      {ConvLayer{}, "two-dimensional convolution"},
      {LinearLayer{}, "fully connected layer"},
      {BatchNormLayer{}, "batch normalisation over channels"},
      {ActivationLayer{}, "activation quantizer (with ReLU when unsigned)"},
      {PoolLayer{PoolKind::kMax, {}, {}, {0, 0}}, "largest value of a window"},
      {PoolLayer{PoolKind::kAverage, {0, 0}, {1, 1}, {0, 0}}, "mean of a window"},
      {AddLayer{}, "sum of inputs of equal shape"},
      {ConcatLayer{}, "inputs joined along channels"},
      {ResizeLayer{}, "nearest-neighbour enlargement"},
      {PixelShuffleLayer{}, "depth to space"},
      {FlattenLayer{}, "all elements as channels"},
      {OutputLayer{}, "the result of the network"},
  };
  return kinds;
}

}  // namespace a2q
