// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "core/data/data_set.h"

namespace a2q {

/// A batch as the network sees it: x [B, C, H, W] channels-last, code · scale; labels [B] (int64).
struct Batch {
  torch::Tensor x;
  torch::Tensor labels;
};

/// Gathers batches of an image set in an order that depends on nothing but seed and epoch.
class BatchFeeder {
 public:
  BatchFeeder(const ImageSet& images, double scale, std::int64_t batch_size, torch::Device device);

  [[nodiscard]] std::int64_t batches() const;
  /// A new random order (Fisher–Yates).
  void shuffle(std::uint64_t seed, std::int64_t epoch);
  /// The batch at `index`, 0 ≤ index < batches(); the last one may be smaller.
  [[nodiscard]] Batch batch(std::int64_t index) const;

 private:
  const ImageSet& images_;
  float scale_;
  std::int64_t batch_size_;
  torch::Device device_;
  std::vector<std::int64_t> order_;
};

}  // namespace a2q
