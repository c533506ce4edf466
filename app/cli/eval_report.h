// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/integer/integer_engine.h"
#include "core/integer/integer_network.h"
#include "core/training/trainer.h"

namespace a2q::cli {

/// What was evaluated, for the report.
struct EvalReport {
  const TrainedModel& model;
  const DataSet& data;
  DataPart part = DataPart::kTest;
  std::string arithmetic = {};  ///< "float weights", "fake-quantized, a2q", "integers, a2q"
  EvalResult result = {};
  /// Of an evaluation in integers with accumulators of P bits: "wrap around at 12 bits", and what
  /// they went through.
  std::string accumulators = {};
  std::vector<LayerObservation> observations = {};
  const IntegerNetwork* network = nullptr;  ///< names of the observed nodes
};

[[nodiscard]] std::string evalText(const EvalReport& report);

/// Schema a2q-eval-1.
[[nodiscard]] nlohmann::ordered_json evalJson(const EvalReport& report);

}  // namespace a2q::cli
