// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/bounds/certificate.h"
#include "core/network/quant_plan.h"
#include "core/training/run_record.h"
#include "core/training/trained_network.h"

namespace a2q {

/// What the integers of a layer amount to; exact.
struct NormFacts {
  std::int64_t largest_l1 = 0;      ///< ‖q‖₁ of the channel `worst`
  std::size_t worst = 0;            ///< the first channel with the largest ‖q‖₁
  AccumulatorRange range;           ///< union over the channels
  BitWidth smallest;                ///< the least P that never overflows
  std::optional<Margin> l1_margin;  ///< of the largest ‖q‖₁ in the budget
  std::optional<Margin> margin;     ///< of `range` in P
  std::optional<double> share;      ///< largest ‖q‖₁ / budget
  double sparsity = 0;              ///< share of zero weights, 0..1
  bool safe = true;                 ///< inside P, decided with integers; true for a free layer
};

/// A layer with weights under one set of M, N, P; the norms where there are weights.
struct LayerFacts {
  std::string layer;
  std::int64_t channels = 0;
  DotLength k = 0;
  BitWidth weight_bits;
  IntegerFormat input_format;
  IntegerRange input_range;
  std::optional<BitWidth> accumulator;
  std::optional<L1Rule> rule;  ///< none: QAT
  std::optional<L1Budget> budget;
  BitWidth data_type_bound;
  std::optional<NormFacts> norms;
};

/// The sums of the channels of one layer, and how many of its weights are zero.
struct LayerSums {
  std::vector<SignedSums> channels;
  std::int64_t zeros = 0;
};

/// The layers of a plan, without norms; none for a float network.
[[nodiscard]] std::vector<LayerFacts> plannedFacts(const NetworkSpec& network,
                                                   const NetworkGraph& graph,
                                                   const QuantPlan& plan);

/// The facts of every layer of a trained network.
[[nodiscard]] std::vector<LayerFacts> trainedFacts(const TrainedNetwork& trained);

/// The norms of sums under the M, N and P of `facts`; without channels there are none.
[[nodiscard]] std::optional<NormFacts> normFacts(const LayerFacts& facts, const LayerSums& sums);

/// Whether a person would see the same.
[[nodiscard]] bool sameFacts(const LayerFacts& a, const LayerFacts& b);

}  // namespace a2q
