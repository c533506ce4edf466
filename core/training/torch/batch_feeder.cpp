// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/batch_feeder.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <utility>

namespace a2q {

BatchFeeder::BatchFeeder(const ImageSet& images, double scale, std::int64_t batch_size,
                         torch::Device device)
    : images_(images),
      scale_(static_cast<float>(scale)),
      batch_size_(batch_size),
      device_(device),
      order_(static_cast<std::size_t>(images.count())) {
  std::iota(order_.begin(), order_.end(), 0);
}

std::int64_t BatchFeeder::batches() const {
  return (images_.count() + batch_size_ - 1) / batch_size_;
}

void BatchFeeder::shuffle(std::uint64_t seed, std::int64_t epoch) {
  std::iota(order_.begin(), order_.end(), 0);
  std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                         static_cast<std::uint32_t>(epoch)};
  // The engine is the same everywhere; std::shuffle and the distributions are not.
  std::mt19937_64 engine(sequence);
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[engine() % i]);
}

Batch BatchFeeder::batch(std::int64_t index) const {
  const std::int64_t first = index * batch_size_;
  const std::int64_t count = std::min(batch_size_, images_.count() - first);
  const Shape& shape = images_.shape;
  torch::Tensor x = torch::empty({count, shape.channels, shape.height, shape.width});
  torch::Tensor labels = torch::empty({count}, torch::kInt64);
  auto* values = x.data_ptr<float>();
  auto* classes = labels.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t sample = order_[static_cast<std::size_t>(first + i)];
    for (const std::uint8_t code : images_.image(sample)) {
      *values++ = static_cast<float>(code) * scale_;
    }
    classes[i] = images_.labels[static_cast<std::size_t>(sample)];
  }
  return {x.to(device_).contiguous(at::MemoryFormat::ChannelsLast), labels.to(device_)};
}

}  // namespace a2q
