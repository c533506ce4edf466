// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q {

/// What an accumulator does with a sum that does not fit.
enum class Overflow {
  kExact,     ///< it is as wide as it must be
  kWrap,      ///< two's complement, modulo 2^P
  kSaturate,  ///< stops at the end of its range, at every addition
};

/// Integers of a batch: [samples, C, H, W], row-major.
struct IntegerTensor {
  std::int64_t samples = 0;
  Shape shape;
  std::vector<std::int64_t> values;
};

/// The accumulators of a simulation.
struct AccumulatorMode {
  Overflow overflow = Overflow::kExact;
  /// P of every layer that has a target; none: the target of each. Layers without one are exact.
  std::optional<BitWidth> width;
};

/// What one output channel's accumulator went through. Products are added one at a time, in the
/// order of the weights.
struct ChannelObservation {
  std::int64_t overflows = 0;  ///< sums of which at least one addition left P bits
  std::int64_t low = 0;        ///< least running sum, before wrapping or saturation
  std::int64_t high = 0;       ///< largest
};

struct LayerObservation {
  std::size_t node = 0;  ///< position in IntegerNetwork::nodes
  std::vector<ChannelObservation> channels;
};

/// Sees the result of every node right after it was computed.
using IntegerProbe = std::function<void(std::size_t node, const IntegerTensor& value)>;

/// Runs an IntegerNetwork. All modes of all engines give the same integers wherever no accumulator
/// overflows.
class IntegerEngine {
 public:
  virtual ~IntegerEngine() = default;
  /// Codes of `samples` inputs of `shape` in, [samples, C, H, W]; what the last node gives out.
  /// The codes must lie in the input's format, and `shape` must be the network's or, for a network
  /// of convolutions, another size.
  [[nodiscard]] virtual IntegerTensor run(std::span<const std::int32_t> codes, std::int64_t samples,
                                          const Shape& shape,
                                          const IntegerProbe* probe = nullptr) = 0;
};

/// The definition of "bit-exact": plain 64-bit integers, one product after the other, with a choice
/// of accumulators.
class ReferenceEngine : public IntegerEngine {
 public:
  explicit ReferenceEngine(const IntegerNetwork& network, AccumulatorMode mode = {},
                           int threads = 1);
  [[nodiscard]] IntegerTensor run(std::span<const std::int32_t> codes, std::int64_t samples,
                                  const Shape& shape, const IntegerProbe* probe = nullptr) override;
  /// Of every dot product, over all runs so far.
  [[nodiscard]] const std::vector<LayerObservation>& observations() const { return observations_; }

 private:
  const IntegerNetwork& network_;
  AccumulatorMode mode_;
  int threads_;
  std::vector<LayerObservation> observations_;
};

}  // namespace a2q
