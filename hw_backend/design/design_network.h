// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/bounds/accumulator_policy.h"
#include "core/integer/integer_network.h"
#include "core/network/experiment.h"
#include "core/network/shape.h"

namespace a2q {

/// What a layer of a design does; each becomes a few blocks.
enum class DesignOperation {
  kSource,      ///< codes enter
  kDense,       ///< dot products over all channels, one accumulator per output channel
  kDepthwise,   ///< dot products of each channel alone
  kThresholds,  ///< that did not join the dot products in front of them
  kPool,        ///< maximum or sum
  kAdd,         ///< element-wise sum of two streams or more
  kConcat,      ///< channels of two streams or more, one after the other
  kUpsample,    ///< every pixel and every row `factor` times
  kShuffle,     ///< depth to space
};

/// The accumulator widths a layer with weights can be given.
struct AccumulatorChoice {
  BitWidth data_type;                 ///< the bound of K, M and N
  std::optional<BitWidth> minimised;  ///< exact range of the weights; none: they are not known
  std::optional<BitWidth> target;     ///< P it was trained for, or is to be
  bool operator==(const AccumulatorChoice&) const = default;
};

/// One layer of a design, apart from how far it is unfolded: all that its blocks follow from. It
/// knows no weights, so that a specification alone has a design.
struct DesignLayer {
  std::string name;
  DesignOperation operation = DesignOperation::kSource;
  std::vector<std::size_t> inputs;  ///< positions of layers in front of this one
  std::size_t readers = 0;          ///< layers that take what this one gives
  Shape input;                      ///< of the (first) input; n × 1 × 1 where it is flattened
  Shape output;
  std::vector<IntegerFormat> input_formats;  ///< one each input
  IntegerFormat output_format;               ///< codes, sums, or accumulators of P bits
  Extent kernel;
  Extent stride;
  Extent padding{0, 0};
  BitWidth weights;                         ///< M, of kDense and kDepthwise
  BitWidth accumulator;                     ///< P, likewise; of kThresholds the bits they compare
  std::optional<IntegerFormat> thresholds;  ///< codes they give, where thresholds are part of it
  AccumulatorChoice choice;
  bool sums = false;                ///< a pool that adds
  std::int64_t factor = 1;          ///< of kUpsample and kShuffle, along each side
  std::vector<std::int64_t> parts;  ///< of kConcat: channels of each input
  /// Positions of the IntegerNetwork's nodes that it computes, one after the other; none where the
  /// design is from a specification.
  std::vector<std::size_t> nodes;
  bool operator==(const DesignLayer&) const = default;

  [[nodiscard]] bool hasWeights() const {
    return operation == DesignOperation::kDense || operation == DesignOperation::kDepthwise;
  }
  /// Whether a sliding window stands in front of it.
  [[nodiscard]] bool hasWindow() const {
    return kernel != Extent{1, 1} || stride != Extent{1, 1} || padding != Extent{0, 0};
  }
  [[nodiscard]] std::int64_t taps() const { return kernel.height * kernel.width; }
  /// Dot products' K = MW of a dense layer, over [kh][kw][channel].
  [[nodiscard]] std::int64_t matrixWidth() const { return taps() * input.channels; }
  /// Positions of the output plane: vectors a sample.
  [[nodiscard]] std::int64_t pixels() const { return output.height * output.width; }
};

/// A network as hardware sees it, in topological order; the first layer is the only source, the
/// last one gives the result: codes, or accumulators whose scale the host knows.
struct DesignNetwork {
  std::string name;
  std::vector<DesignLayer> layers;
  bool trained = false;  ///< weights were known: exact ranges are
};

/// The narrowest format that holds the codes of all.
[[nodiscard]] IntegerFormat commonFormat(const std::vector<IntegerFormat>& formats);

/// From a lowered network. Thresholds join the dot products that nothing else reads; flatten is
/// only the order of weights; scores are left to the host. Errors: kNotInLibrary, naming the layer
/// that has no block (grouped convolutions, a maximum of signed codes with padding), or because no
/// layer is left to build.
[[nodiscard]] Result<DesignNetwork> designNetwork(const IntegerNetwork& network);

/// From a specification alone: the layers that lowering would give (but for sign changes of
/// channels that more than one layer reads). Errors: as above; kNotLowered for a float network.
[[nodiscard]] Result<DesignNetwork> designNetwork(const Experiment& experiment);

/// Widths of all layers with weights under a policy, and formats that follow from them. A2Q takes
/// the target, never more than the exact range (or, without weights, the data-type bound) asks for.
/// Errors: kUsage where the network cannot have that policy: no weights, or no layer with a target.
[[nodiscard]] Result<DesignNetwork> underPolicy(const DesignNetwork& network,
                                                AccumulatorPolicy policy);

}  // namespace a2q
