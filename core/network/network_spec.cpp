// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/network_spec.h"

#include <fmt/format.h>

namespace a2q {
namespace {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace

std::string toString(const Shape& shape) {
  return fmt::format("{}×{}×{}", shape.channels, shape.height, shape.width);
}

bool hasWeights(const LayerSpec& layer) {
  return std::holds_alternative<ConvLayer>(layer.kind) ||
         std::holds_alternative<LinearLayer>(layer.kind);
}

std::string_view kindName(const LayerKind& kind) {
  using Word = std::string_view;
  return std::visit(Overloaded{
                        [](const InputLayer&) -> Word { return "input"; },
                        [](const ConvLayer&) -> Word { return "conv2d"; },
                        [](const LinearLayer&) -> Word { return "linear"; },
                        [](const BatchNormLayer&) -> Word { return "batch_norm"; },
                        [](const ActivationLayer&) -> Word { return "activation"; },
                        [](const PoolLayer& pool) -> Word {
                          return pool.kind == PoolKind::kMax ? "max_pool" : "average_pool";
                        },
                        [](const AddLayer&) -> Word { return "add"; },
                        [](const ConcatLayer&) -> Word { return "concat"; },
                        [](const ResizeLayer&) -> Word { return "resize_nearest"; },
                        [](const PixelShuffleLayer&) -> Word { return "pixel_shuffle"; },
                        [](const FlattenLayer&) -> Word { return "flatten"; },
                        [](const OutputLayer&) -> Word { return "output"; },
                    },
                    kind);
}

}  // namespace a2q
