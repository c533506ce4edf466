// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace a2q {

enum class OptimizerKind { kSgd, kAdam };
enum class ScheduleKind { kConstant, kStep, kExponential, kCosine };

/// Learning rate over the epochs: step multiplies by `factor` every `every` epochs, exponential
/// every epoch; cosine falls to zero at the last one.
struct ScheduleSpec {
  ScheduleKind kind = ScheduleKind::kCosine;
  double factor = 0.1;
  std::int64_t every = 30;
  bool operator==(const ScheduleSpec&) const = default;
};

/// How a network is trained.
struct TrainSpec {
  std::int64_t epochs = 5;
  std::int64_t batch_size = 128;
  OptimizerKind optimizer = OptimizerKind::kAdam;
  double learning_rate = 2e-3;
  double momentum = 0.9;       ///< of SGD
  double weight_decay = 1e-5;  ///< not on scales, norms and biases
  double penalty = 1e-3;       ///< λ of the A2Q penalty
  ScheduleSpec schedule;
  std::uint64_t seed = 1;
  bool operator==(const TrainSpec&) const = default;
};

/// What a network is trained on: "digits" (built in), "mnist", "fashion-mnist" or "cifar10".
struct DataSpec {
  std::string set = "digits";
  std::string path;                ///< folder of the set; empty: A2Q_DATA_DIR/<set>
  std::int64_t train_samples = 0;  ///< at most so many; 0: all (digits: 12,000)
  std::int64_t test_samples = 0;   ///< at most so many; 0: all (digits: 2,000)
  bool operator==(const DataSpec&) const = default;
};

}  // namespace a2q
