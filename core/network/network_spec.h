// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bounds/integer_format.h"
#include "core/network/shape.h"

namespace a2q {

/// The network's input: integer codes of `format`, each standing for code · scale. This is the
/// normalisation, and exactly what hardware does: with a data set's 8-bit value p,
/// code = clip(⌊(p − offset)/step + 1/2⌋, format).
struct InputLayer {
  Shape shape;
  IntegerFormat format{{8}, Signedness::kUnsigned};
  double scale = 1.0 / 255.0;
  std::int64_t offset = 0;  ///< the data value that becomes code 0
  std::int64_t step = 1;    ///< data values per code
  bool operator==(const InputLayer&) const = default;
};

/// Two-dimensional convolution, zero padding; groups = channels makes it depthwise.
struct ConvLayer {
  std::int64_t filters = 0;
  Extent kernel;
  Extent stride{1, 1};
  Extent padding{0, 0};
  std::int64_t groups = 1;
  bool bias = false;
  bool operator==(const ConvLayer&) const = default;
};

/// Fully connected layer over the flattened input.
struct LinearLayer {
  std::int64_t features = 0;
  bool bias = false;
  bool operator==(const LinearLayer&) const = default;
};

/// Batch normalisation over channels.
struct BatchNormLayer {
  double epsilon = 1e-5;
  double momentum = 0.1;
  bool operator==(const BatchNormLayer&) const = default;
};

/// Activation quantizer with a learned scale per tensor. Unsigned includes the ReLU; in a float
/// network it is the ReLU (unsigned) or nothing (signed). `share` names another activation layer
/// whose scale (and bits) this one uses, so that both outputs can be added as integers.
struct ActivationLayer {
  Signedness sign = Signedness::kUnsigned;
  std::string share;
  bool operator==(const ActivationLayer&) const = default;
};

enum class PoolKind { kMax, kAverage };

/// Pooling; kernel {0, 0} means the whole plane (global).
struct PoolLayer {
  PoolKind kind = PoolKind::kMax;
  Extent kernel;
  Extent stride;
  Extent padding{0, 0};
  bool operator==(const PoolLayer&) const = default;
};

/// Element-wise sum of two or more inputs of equal shape.
struct AddLayer {
  bool operator==(const AddLayer&) const = default;
};

/// Concatenation along channels.
struct ConcatLayer {
  bool operator==(const ConcatLayer&) const = default;
};

/// Nearest-neighbour enlargement by an integer factor.
struct ResizeLayer {
  std::int64_t factor = 2;
  bool operator==(const ResizeLayer&) const = default;
};

/// Depth to space: r²·C × H × W becomes C × rH × rW.
struct PixelShuffleLayer {
  std::int64_t factor = 2;
  bool operator==(const PixelShuffleLayer&) const = default;
};

/// C × H × W becomes C·H·W × 1 × 1, in that order.
struct FlattenLayer {
  bool operator==(const FlattenLayer&) const = default;
};

/// The end of the network; its input is the result.
struct OutputLayer {
  bool operator==(const OutputLayer&) const = default;
};

using LayerKind =
    std::variant<InputLayer, ConvLayer, LinearLayer, BatchNormLayer, ActivationLayer, PoolLayer,
                 AddLayer, ConcatLayer, ResizeLayer, PixelShuffleLayer, FlattenLayer, OutputLayer>;

/// A named layer and the names of the layers that feed it, in order.
struct LayerSpec {
  std::string name;
  LayerKind kind;
  std::vector<std::string> inputs;
  bool operator==(const LayerSpec&) const = default;
};

/// The one description of a network: an acyclic graph of named layers, one input, one output.
struct NetworkSpec {
  std::string name;
  std::vector<LayerSpec> layers;
  bool operator==(const NetworkSpec&) const = default;
};

/// True for the layers that own an accumulator per output channel (convolution, linear).
[[nodiscard]] bool hasWeights(const LayerSpec& layer);

/// The word a specification uses for the kind: "conv2d", "activation", "max_pool", ...
[[nodiscard]] std::string_view kindName(const LayerKind& kind);

}  // namespace a2q
