// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/data_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/log.h"

namespace a2q {
namespace {

tl::unexpected<Error> noSamples(const DataSet& data, DataPart part) {
  return fail(ErrorCode::kDataShape,
              fmt::format("the data '{}' have no {} samples", data.name,
                          part == DataPart::kTrain ? "training" : "test"),
              data.source, "Choose another data set with data.set.");
}

Status checkImages(const NetworkSpec& network, const NetworkGraph& graph, const DataSet& data,
                   const ImageSet& images) {
  const Shape& input = graph.nodes.front().output;
  if (!(images.shape == input)) {
    return fail(ErrorCode::kDataShape,
                fmt::format("the network '{}' takes {} inputs, the data '{}' has {}", network.name,
                            toString(input), data.name, toString(images.shape)));
  }
  const Shape& output = graph.nodes.back().output;
  if (output.size() != output.channels || output.channels < images.classes) {
    return fail(ErrorCode::kDataShape,
                fmt::format("the network '{}' gives {} outputs, the data '{}' has {} classes",
                            network.name, toString(output), data.name, images.classes));
  }
  return {};
}

/// A layer that only works for one size of image; null when there is none.
const LayerSpec* layerOfFixedSize(const NetworkSpec& network) {
  for (const LayerSpec& layer : network.layers) {
    const auto* pool = std::get_if<PoolLayer>(&layer.kind);
    const bool whole_plane = pool != nullptr && pool->kernel == Extent{0, 0};
    if (std::holds_alternative<LinearLayer>(layer.kind) ||
        std::holds_alternative<FlattenLayer>(layer.kind) || whole_plane) {
      return &layer;
    }
  }
  return nullptr;
}

Status checkPhotos(const NetworkSpec& network, const NetworkGraph& graph, const DataSet& data,
                   const PhotoSet& photos) {
  const Shape& input = graph.nodes.front().output;
  const Shape wanted{photos.channels, input.height * photos.factor, input.width * photos.factor};
  if (input.channels != photos.channels || !(graph.nodes.back().output == wanted)) {
    return fail(
        ErrorCode::kDataShape,
        fmt::format("the network '{}' makes {} from {}, the data '{}' need {} from {}",
                    network.name, toString(graph.nodes.back().output), toString(input), data.name,
                    toString(wanted), toString(Shape{photos.channels, input.height, input.width})),
        fmt::format("super-resolution by {}", photos.factor));
  }
  if (const LayerSpec* layer = layerOfFixedSize(network); layer != nullptr) {
    return fail(ErrorCode::kDataShape,
                fmt::format("the network '{}' cannot enlarge photographs", network.name),
                fmt::format("its layer '{}' ({}) works for one size only", layer->name,
                            kindName(layer->kind)),
                "Use convolutions, resize and pixel shuffle.");
  }
  for (const PhotoPair& pair : photos.pairs) {
    if (pair.low.shape.height >= input.height && pair.low.shape.width >= input.width) continue;
    return fail(
        ErrorCode::kDataShape,
        fmt::format("the photograph '{}' is smaller than a patch", pair.name),
        fmt::format("down-scaled it has {}, a patch {}", toString(pair.low.shape), toString(input)),
        "Give the input layer a smaller shape.");
  }
  return {};
}

}  // namespace

void warnOfClippedInputs(const NetworkSpec& network, const NetworkGraph& graph,
                         const DataSet& data) {
  std::array<std::int64_t, 256> counts{};
  for (const std::uint8_t value : data.train.pixels) ++counts[value];
  for (const PhotoPair& pair : data.train_photos.pairs) {
    for (const std::uint8_t value : pair.low.pixels) ++counts[value];
  }
  const auto& input = std::get<InputLayer>(network.layers[graph.nodes.front().layer].kind);
  std::int64_t clipped = 0;
  std::int64_t all = 0;
  std::int64_t least_step = input.step;
  for (std::int64_t value = 0; value < 256; ++value) {
    const std::int64_t count = counts[static_cast<std::size_t>(value)];
    all += count;
    const std::int64_t shifted = value - input.offset;
    const std::int64_t limit = shifted > 0 ? input.format.maximum() : input.format.minimum();
    if (count == 0 || std::abs(shifted) <= std::abs(limit) * input.step + input.step / 2) continue;
    clipped += count;
    // The least step with v/step + 1/2 < limit + 1.
    const std::int64_t step = 2 * std::abs(shifted) / (2 * std::abs(limit) + 1) + 1;
    if (limit != 0) least_step = std::max(least_step, step);
  }
  if (clipped == 0) return;
  log(LogLevel::kWarning,
      fmt::format("The input layer saturates {:.1f} % of the data: codes from {} to {} at step {}, "
                  "offset {}. A step of {} would take what lies on their side of the offset.",
                  100.0 * static_cast<double>(clipped) / static_cast<double>(all),
                  input.format.minimum(), input.format.maximum(), input.step, input.offset,
                  least_step));
}

Status checkFit(const NetworkSpec& network, const NetworkGraph& graph, const DataSet& data,
                DataPart part) {
  const bool train = part == DataPart::kTrain;
  if (data.task == Task::kClassification) {
    const ImageSet& images = train ? data.train : data.test;
    if (auto fits = checkImages(network, graph, data, images); !fits) return fits;
    return images.count() > 0 ? Status{} : noSamples(data, part);
  }
  const PhotoSet& photos = train ? data.train_photos : data.test_photos;
  if (photos.count() == 0) return noSamples(data, part);
  return checkPhotos(network, graph, data, photos);
}

}  // namespace a2q
