// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/bounds/accumulator_bounds.h"

namespace a2q {

/// The integer weights of one layer, one accumulator per output channel: row-major, channels × K.
struct IntegerWeights {
  std::string layer;
  std::int64_t channels = 0;
  DotLength k = 0;
  BitWidth weight_bits;
  IntegerFormat input_format;           ///< as the L1 rules see it (N, sign)
  IntegerRange input_range;             ///< the codes that really occur, inside input_format
  std::optional<BitWidth> accumulator;  ///< the target P; none: the layer is free
  std::optional<L1Rule> rule;           ///< the rule it was trained under; none: QAT
  std::vector<std::int32_t> values;

  [[nodiscard]] std::span<const std::int32_t> channel(std::int64_t index) const {
    return std::span(values).subspan(static_cast<std::size_t>(index * k),
                                     static_cast<std::size_t>(k));
  }
};

/// The exact facts of one output channel.
struct ChannelBound {
  SignedSums sums;
  AccumulatorRange range;
  BitWidth smallest;  ///< the least P that never overflows
  bool safe = true;   ///< inside the target P, decided with integers; true for a free layer
};

/// The exact facts of one layer; `worst` is the channel with the largest ‖q‖₁.
struct LayerBound {
  std::string layer;
  DotLength k = 0;
  BitWidth weight_bits;
  IntegerFormat input_format;
  IntegerRange input_range;
  std::optional<BitWidth> accumulator;
  std::optional<L1Rule> rule;      ///< it was trained under; none: QAT
  std::optional<L1Budget> budget;  ///< of the rule at P; none for a free or a QAT layer
  BitWidth data_type_bound;
  std::vector<ChannelBound> channels;
  std::size_t worst = 0;
  AccumulatorRange range;        ///< union over the channels
  BitWidth smallest;             ///< maximum over the channels
  std::optional<Margin> margin;  ///< of `range` in P; none for a free layer
  double sparsity = 0;           ///< share of zero weights, 0..1
  std::string weight_hash;       ///< weightHash() of what all this was computed from

  [[nodiscard]] bool safe() const;
};

/// Whether the fields fit together: channels ≥ 1, 1 ≤ K < 2^32, channels × K values of M ≤ 32 bits,
/// 1 ≤ N ≤ 32, 1 ≤ P ≤ 126, and an input range that contains zero and lies inside the format.
[[nodiscard]] bool isConsistent(const IntegerWeights& weights);

/// The facts of one layer. Throws std::invalid_argument when the weights are not consistent: a
/// certificate about malformed weights must never come out as safe.
[[nodiscard]] LayerBound layerBound(const IntegerWeights& weights);

/// The verdict on a network: safe when every channel of every layer with a target P is.
struct Certificate {
  std::vector<LayerBound> layers;
  [[nodiscard]] bool safe() const;
  /// The least margin in bits over the layers with a target; none when there is no such layer.
  [[nodiscard]] std::optional<double> worstMarginBits() const;
};

/// The facts of every layer, in the order given; throws as layerBound() does.
[[nodiscard]] Certificate certify(std::span<const IntegerWeights> layers);

}  // namespace a2q
