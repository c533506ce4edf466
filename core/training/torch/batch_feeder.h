// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <array>
#include <cstdint>
#include <future>
#include <span>
#include <vector>

#include "core/data/data_set.h"
#include "core/network/experiment.h"

namespace a2q {

/// A batch as the network sees it: x [B, C, H, W] channels-last, code · scale; the target is
/// classes [B] (int64) or images [B, C, H, W], data value / 255.
struct Batch {
  torch::Tensor x;
  torch::Tensor target;
  [[nodiscard]] std::int64_t samples() const { return x.size(0); }
};

/// The input layer's codes as the reals that a fake-quantized network sees: code · scale.
class InputEncoder {
 public:
  explicit InputEncoder(const InputLayer& layer);

  /// Planar values (row-major C × H × W) to channels-last reals (H × W × C).
  void encode(std::span<const std::uint8_t> values, std::int64_t channels, float* out) const;
  /// The data value that stands for 0, for padding.
  [[nodiscard]] std::uint8_t zero() const { return zero_; }

 private:
  std::array<float, 256> table_{};
  std::uint8_t zero_ = 0;
};

/// Gathers the batches of the training part, augmented, in an order that depends on nothing but
/// seed and epoch; the next batch is prepared by a thread of its own while the last one trains.
class BatchFeeder {
 public:
  /// `input` is the shape of one sample of the network.
  BatchFeeder(const DataSet& data, const Experiment& experiment, const InputLayer& input,
              torch::Device device);

  [[nodiscard]] std::int64_t batches() const;
  /// A new random order (Fisher–Yates); next() begins with batch `first`, from 0.
  void start(std::int64_t epoch, std::int64_t first);
  /// The batch after the last one; at most batches() − first times.
  [[nodiscard]] Batch next();

 private:
  [[nodiscard]] Batch gather(std::int64_t index) const;
  void gatherImages(std::span<const std::int64_t> samples, Batch& batch) const;
  void gatherPatches(std::span<const std::int64_t> samples, Batch& batch) const;

  const DataSet& data_;
  AugmentSpec augment_;
  InputEncoder encoder_;
  Shape shape_;
  std::uint64_t seed_;
  std::int64_t batch_size_;
  torch::Device device_;
  std::int64_t epoch_ = 0;
  std::int64_t next_ = 0;
  std::vector<std::int64_t> order_;
  std::future<Batch> prepared_;
};

}  // namespace a2q
