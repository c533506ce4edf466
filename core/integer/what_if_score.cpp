// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/what_if_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/integer/fast/fast_engine.h"
#include "core/integer/integer_evaluation.h"
#include "core/integer/lowering.h"

namespace a2q {
namespace {

using Clock = std::chrono::steady_clock;

/// An engine that asks its evaluation to stop once its time is over.
class TimedEngine : public IntegerEngine {
 public:
  TimedEngine(IntegerEngine& engine, Clock::time_point end, std::stop_source& stop)
      : engine_(engine), end_(end), stop_(stop) {}

  IntegerTensor run(std::span<const std::int32_t> codes, std::int64_t samples, const Shape& shape,
                    const IntegerProbe* probe) override {
    IntegerTensor result = engine_.run(codes, samples, shape, probe);
    if (Clock::now() >= end_) stop_.request_stop();
    return result;
  }

 private:
  IntegerEngine& engine_;
  Clock::time_point end_;
  std::stop_source& stop_;
};

/// Thresholds of the lowered network: 2^N − 1 for every channel of an activation.
std::int64_t thresholdCount(const TrainedNetwork& network) {
  std::int64_t count = 0;
  for (const TrainedActivation& activation : network.activations) {
    const std::int64_t levels = activation.format.maximum() - activation.format.minimum();
    count += levels * network.graph.nodes[activation.node].output.channels;
  }
  return count;
}

ImageSet firstImages(const ImageSet& images, std::int64_t count) {
  ImageSet out{images.shape, images.classes, {}, {}};
  const std::int64_t kept = std::min(count, images.count());
  out.pixels.assign(images.pixels.begin(), images.pixels.begin() + kept * images.shape.size());
  out.labels.assign(images.labels.begin(), images.labels.begin() + kept);
  return out;
}

PhotoSet firstPhotos(const PhotoSet& photos, std::int64_t count) {
  PhotoSet out{photos.factor, photos.channels, {}};
  out.pairs.assign(photos.pairs.begin(), photos.pairs.begin() + std::min(count, photos.count()));
  return out;
}

}  // namespace

DataSet firstTestSamples(const DataSet& data, std::int64_t samples) {
  DataSet out;
  out.name = data.name;
  out.source = data.source;
  out.task = data.task;
  out.test = firstImages(data.test, samples);
  out.test_photos = firstPhotos(data.test_photos, samples);
  out.class_names = data.class_names;
  return out;
}

Result<EvalResult> previewScore(const TrainedNetwork& network, const DataSet& data,
                                const ScoreLimits& limits, const std::stop_token& stop) {
  const Clock::time_point end = Clock::now() + limits.time;
  if (limits.samples > 0) {
    return previewScore(network, firstTestSamples(data, limits.samples),
                        {limits.time, 0, limits.threads}, stop);
  }
  constexpr std::int64_t kMostThresholds = 2'000'000;
  if (const std::int64_t count = thresholdCount(network); count > kMostThresholds) {
    return fail(ErrorCode::kNotLowered, "the network takes too long to lower for a preview",
                fmt::format("its activations have {} thresholds, 2^N - 1 in every channel", count),
                "Lower N, or train and evaluate.");
  }
  auto lowered = lowerToIntegers(network);
  if (!lowered) return forward(std::move(lowered));
  FastEngine fast(*lowered, {.threads = limits.threads});
  std::stop_source over;
  const std::stop_callback asked(stop, [&over] { over.request_stop(); });
  TimedEngine engine(fast, end, over);
  Experiment experiment;
  experiment.network = network.network;
  return evaluateIntegers(engine, *lowered, experiment, data, DataPart::kTest,
                          RunControl{over.get_token(), nullptr});
}

}  // namespace a2q
