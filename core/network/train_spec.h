// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/network/shape.h"

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

/// Float training before the quantized one: the quantized network then starts from its weights.
struct FloatPhase {
  std::int64_t epochs = 0;   ///< 0: none, the quantized network trains from scratch
  double learning_rate = 0;  ///< 0: as training.learning_rate
  bool operator==(const FloatPhase&) const = default;
};

/// How a network is trained.
struct TrainSpec {
  std::int64_t epochs = 5;
  std::int64_t batch_size = 128;
  OptimizerKind optimizer = OptimizerKind::kAdam;
  double learning_rate = 2e-3;
  double momentum = 0.9;        ///< of SGD
  double weight_decay = 1e-5;   ///< not on scales, norms and biases
  double penalty = 1e-3;        ///< λ of the A2Q penalty
  double gradient_clip = 0;     ///< largest L2 norm of the whole gradient; 0: not clipped
  std::int64_t early_stop = 0;  ///< epochs without a better test result before the end; 0: never
  std::int64_t calibration_batches = 16;  ///< that measure statistics when float weights are given
  ScheduleSpec schedule;
  FloatPhase float_phase;
  std::uint64_t seed = 1;
  bool operator==(const TrainSpec&) const = default;
};

/// Random changes of training images, a pure function of seed, epoch and sample.
struct AugmentSpec {
  std::int64_t pad = 0;  ///< zeros added at each side before a crop of the old size
  bool flip = false;     ///< left and right swapped, every second time
  bool turn = false;     ///< by 0, 90, 180 or 270 degrees; needs square images or patches
  bool operator==(const AugmentSpec&) const = default;
};

enum class Downscale { kBicubic, kArea };
enum class Colour { kLuminance, kRgb };

/// How photographs become low- and high-resolution pairs for super-resolution.
struct PhotoSpec {
  std::int64_t factor = 3;
  Downscale downscale = Downscale::kBicubic;
  Colour colour = Colour::kLuminance;
  std::int64_t patches =
      32;  ///< random patches a photograph and epoch, of the network's input size
  bool operator==(const PhotoSpec&) const = default;
};

/// What a network is trained on; the names are those of dataSetNames().
struct DataSpec {
  std::string set = "digits";
  std::string path;                ///< folder of the set; empty: see loadDataSet()
  std::int64_t train_samples = 0;  ///< at most so many; 0: all (digits: 12,000)
  std::int64_t test_samples = 0;   ///< at most so many; 0: all (digits: 2,000)
  Extent size{0, 0};  ///< of folders of images: what they are scaled to; 0: as they are
  AugmentSpec augment;
  PhotoSpec photos;
  bool operator==(const DataSpec&) const = default;
};

}  // namespace a2q
