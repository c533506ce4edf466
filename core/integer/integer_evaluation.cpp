// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/integer_evaluation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/data/input_codes.h"
#include "core/data/psnr.h"
#include "core/network/size_granularity.h"
#include "core/training/data_fit.h"

namespace a2q {
namespace {

constexpr std::int64_t kBatch = 128;

/// The first of the largest scores.
std::int64_t classOf(std::span<const std::int64_t> scores) {
  return std::max_element(scores.begin(), scores.end()) - scores.begin();
}

/// −log of the share that softmax gives the right class.
double crossEntropy(std::span<const std::int64_t> scores, double scale, std::int64_t label) {
  const std::int64_t largest = scores[static_cast<std::size_t>(classOf(scores))];
  double sum = 0;
  for (const std::int64_t score : scores) {
    sum += std::exp(static_cast<double>(score - largest) * scale);
  }
  const std::int64_t below = largest - scores[static_cast<std::size_t>(label)];
  return std::log(sum) + static_cast<double>(below) * scale;
}

class Evaluation {
 public:
  Evaluation(IntegerEngine& engine, const IntegerNetwork& network, const NetworkGraph& graph,
             const RunControl& control)
      : engine_(engine),
        input_(std::get<CodeInput>(network.nodes.front().operation).layer),
        codes_(input_),
        scale_(network.nodes.back().scale.value_or(1)),
        granularity_(sizeGranularity(graph)),
        control_(control) {}

  EvalResult run(const ImageSet& images) {
    EvalResult result;
    result.metric = Metric::kAccuracy;
    std::vector<std::int32_t> batch;
    for (std::int64_t first = 0; first < images.count() && control_.proceed(); first += kBatch) {
      const std::int64_t count = std::min(kBatch, images.count() - first);
      batch.resize(static_cast<std::size_t>(count * images.shape.size()));
      for (std::int64_t i = 0; i < count; ++i) {
        codes_.encode(images.image(first + i), batch.data() + i * images.shape.size());
      }
      const IntegerTensor out = engine_.run(batch, count, images.shape);
      const auto classes = static_cast<std::size_t>(out.shape.size());
      for (std::int64_t i = 0; i < count; ++i) {
        const auto scores =
            std::span(out.values).subspan(static_cast<std::size_t>(i) * classes, classes);
        const std::int64_t label = images.labels[static_cast<std::size_t>(first + i)];
        result.loss += crossEntropy(scores, scale_, label);
        result.score += classOf(scores) == label ? 1 : 0;
      }
      result.samples += count;
    }
    return averaged(std::move(result));
  }

  EvalResult run(const PhotoSet& photos) {
    EvalResult result;
    result.metric = Metric::kPsnr;
    for (const PhotoPair& pair : photos.pairs) {
      if (!control_.proceed()) break;
      const std::vector<std::uint8_t> enlarged = enlarge(pair, photos.factor);
      result.photo_scores.push_back(
          psnr(enlarged, pair.high.pixels, pair.high.shape, photos.factor));
      result.score += result.photo_scores.back();
      constexpr double kPeak = 255.0;
      double squares = 0;
      for (std::size_t i = 0; i < enlarged.size(); ++i) {
        const double difference = (enlarged[i] - pair.high.pixels[i]) / kPeak;
        squares += difference * difference;
      }
      result.loss += squares / static_cast<double>(enlarged.size());
      ++result.samples;
    }
    return averaged(std::move(result));
  }

 private:
  static EvalResult averaged(EvalResult result) {
    if (result.samples == 0) return result;
    result.loss /= static_cast<double>(result.samples);
    result.score /= static_cast<double>(result.samples);
    return result;
  }

  /// The photograph through the network: padded by its last row and column to a size the network
  /// takes, and cut back to `factor` times its own.
  std::vector<std::uint8_t> enlarge(const PhotoPair& pair, std::int64_t factor) {
    const Shape& low = pair.low.shape;
    const Shape padded{low.channels, low.height + missingToMultiple(low.height, granularity_),
                       low.width + missingToMultiple(low.width, granularity_)};
    std::vector<std::int32_t> codes;
    codes.reserve(static_cast<std::size_t>(padded.size()));
    for (std::int64_t c = 0; c < padded.channels; ++c) {
      for (std::int64_t y = 0; y < padded.height; ++y) {
        const std::int64_t row = (c * low.height + std::min(y, low.height - 1)) * low.width;
        for (std::int64_t x = 0; x < padded.width; ++x) {
          const std::int64_t at = row + std::min(x, low.width - 1);
          codes.push_back(codes_[pair.low.pixels[static_cast<std::size_t>(at)]]);
        }
      }
    }
    const IntegerTensor out = engine_.run(codes, 1, padded);
    const Shape& high = pair.high.shape;
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(high.size()));
    for (std::int64_t c = 0; c < high.channels; ++c) {
      for (std::int64_t y = 0; y < low.height * factor; ++y) {
        const auto row = out.values.begin() + (c * out.shape.height + y) * out.shape.width;
        for (std::int64_t x = 0; x < low.width * factor; ++x) pixels.push_back(pixelOf(row[x]));
      }
    }
    return pixels;
  }

  /// The 8-bit value of a code of the result: itself, when it was lowered to pixels.
  [[nodiscard]] std::uint8_t pixelOf(std::int64_t code) const {
    constexpr double kPeak = 255.0;
    const double value = std::nearbyint(static_cast<double>(code) * (scale_ * kPeak));
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, kPeak));
  }

  IntegerEngine& engine_;
  const InputLayer& input_;
  InputCodes codes_;
  double scale_;
  std::int64_t granularity_;
  const RunControl& control_;
};

}  // namespace

Result<EvalResult> evaluateIntegers(IntegerEngine& engine, const IntegerNetwork& network,
                                    const Experiment& experiment, const DataSet& data,
                                    DataPart part, const RunControl& control) {
  const auto start = std::chrono::steady_clock::now();
  auto graph = inferShapes(experiment.network);
  if (!graph) return forward(std::move(graph));
  auto fits = checkFit(experiment.network, *graph, data, part);
  if (!fits) return forward(std::move(fits));
  Evaluation evaluation(engine, network, *graph, control);
  EvalResult result = data.task == Task::kClassification ? evaluation.run(imagesOf(data, part))
                                                         : evaluation.run(photosOf(data, part));
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

std::int64_t overflowCount(const std::vector<LayerObservation>& layers) {
  std::int64_t count = 0;
  for (const LayerObservation& layer : layers) {
    for (const ChannelObservation& channel : layer.channels) count += channel.overflows;
  }
  return count;
}

}  // namespace a2q
