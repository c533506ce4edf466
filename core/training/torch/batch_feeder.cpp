// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/batch_feeder.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <utility>

#include "core/data/augment.h"
#include "core/data/input_codes.h"

namespace a2q {
namespace {

std::int64_t samplesOf(const DataSet& data, const DataSpec& spec) {
  return data.task == Task::kSuperResolution ? data.train_photos.count() * spec.photos.patches
                                             : data.train.count();
}

torch::Tensor emptyBatch(std::int64_t count, const Shape& shape) {
  return torch::empty({count, shape.channels, shape.height, shape.width},
                      torch::TensorOptions().memory_format(at::MemoryFormat::ChannelsLast));
}

/// Targets are small against the network: planar values / 255, as they are.
void toReals(std::span<const std::uint8_t> values, float* out) {
  constexpr float kScale = 1.0F / 255.0F;
  for (const std::uint8_t value : values) *out++ = static_cast<float>(value) * kScale;
}

}  // namespace

InputEncoder::InputEncoder(const InputLayer& layer) {
  const InputCodes codes(layer);
  zero_ = codes.zero();
  for (std::size_t value = 0; value < table_.size(); ++value) {
    const std::int32_t code = codes[static_cast<std::uint8_t>(value)];
    table_[value] = static_cast<float>(code * layer.scale);
  }
}

void InputEncoder::encode(std::span<const std::uint8_t> values, std::int64_t channels,
                          float* out) const {
  const std::size_t plane = values.size() / static_cast<std::size_t>(channels);
  for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
    const std::uint8_t* from = values.data() + c * plane;
    float* to = out + c;
    for (std::size_t i = 0; i < plane; ++i, to += channels) *to = table_[from[i]];
  }
}

BatchFeeder::BatchFeeder(const DataSet& data, const Experiment& experiment, const InputLayer& input,
                         torch::Device device)
    : data_(data),
      augment_(experiment.data.augment),
      encoder_(input),
      shape_(input.shape),
      seed_(experiment.training.seed),
      batch_size_(experiment.training.batch_size),
      device_(device),
      order_(static_cast<std::size_t>(samplesOf(data, experiment.data))) {}

std::int64_t BatchFeeder::batches() const {
  return (static_cast<std::int64_t>(order_.size()) + batch_size_ - 1) / batch_size_;
}

void BatchFeeder::start(std::int64_t epoch, std::int64_t first) {
  prepared_ = {};
  epoch_ = epoch;
  next_ = first;
  std::iota(order_.begin(), order_.end(), 0);
  std::seed_seq sequence{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32),
                         static_cast<std::uint32_t>(epoch)};
  // The engine is the same everywhere; std::shuffle and the distributions are not.
  std::mt19937_64 engine(sequence);
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[engine() % i]);
}

Batch BatchFeeder::next() {
  Batch batch = prepared_.valid() ? prepared_.get() : gather(next_);
  if (++next_ < batches()) {
    prepared_ = std::async(std::launch::async, [this, index = next_] { return gather(index); });
  }
  return {batch.x.to(device_), batch.target.to(device_)};
}

Batch BatchFeeder::gather(std::int64_t index) const {
  const std::int64_t first = index * batch_size_;
  const auto all = static_cast<std::int64_t>(order_.size());
  const std::int64_t count = std::min(batch_size_, all - first);
  Batch batch{emptyBatch(count, shape_), {}};
  const auto samples =
      std::span(order_).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
  if (data_.task == Task::kClassification) {
    gatherImages(samples, batch);
  } else {
    gatherPatches(samples, batch);
  }
  return batch;
}

void BatchFeeder::gatherImages(std::span<const std::int64_t> samples, Batch& batch) const {
  batch.target = torch::empty({static_cast<std::int64_t>(samples.size())}, torch::kInt64);
  auto* classes = batch.target.data_ptr<std::int64_t>();
  auto* values = batch.x.data_ptr<float>();
  std::vector<std::uint8_t> image(static_cast<std::size_t>(shape_.size()));
  for (const std::int64_t sample : samples) {
    augmentImage(data_.train, augment_, {seed_, epoch_, sample}, encoder_.zero(), image);
    encoder_.encode(image, shape_.channels, values);
    values += image.size();
    *classes++ = data_.train.labels[static_cast<std::size_t>(sample)];
  }
}

void BatchFeeder::gatherPatches(std::span<const std::int64_t> samples, Batch& batch) const {
  const std::int64_t factor = data_.train_photos.factor;
  const Shape big{shape_.channels, shape_.height * factor, shape_.width * factor};
  batch.target = torch::empty(
      {static_cast<std::int64_t>(samples.size()), big.channels, big.height, big.width});
  auto* targets = batch.target.data_ptr<float>();
  auto* values = batch.x.data_ptr<float>();
  std::vector<std::uint8_t> low(static_cast<std::size_t>(shape_.size()));
  std::vector<std::uint8_t> high(static_cast<std::size_t>(big.size()));
  for (const std::int64_t sample : samples) {
    cutPatch(data_.train_photos, {shape_.height, shape_.width}, augment_, {seed_, epoch_, sample},
             low, high);
    encoder_.encode(low, shape_.channels, values);
    toReals(high, targets);
    values += low.size();
    targets += high.size();
  }
}

}  // namespace a2q
