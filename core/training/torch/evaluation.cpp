// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/evaluation.h"

#include <torch/nn/functional/padding.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "core/data/psnr.h"
#include "core/network/size_granularity.h"
#include "core/training/torch/scoring.h"

namespace a2q {
namespace {

using torch::Tensor;

constexpr std::int64_t kBatch = 250;

Batch imageBatch(const ImageSet& images, const InputEncoder& encoder, std::int64_t first) {
  const std::int64_t count = std::min(kBatch, images.count() - first);
  const Shape& shape = images.shape;
  Batch batch{torch::empty({count, shape.channels, shape.height, shape.width},
                           torch::TensorOptions().memory_format(at::MemoryFormat::ChannelsLast)),
              torch::empty({count}, torch::kInt64)};
  auto* values = batch.x.data_ptr<float>();
  for (std::int64_t i = 0; i < count; ++i) {
    encoder.encode(images.image(first + i), shape.channels, values);
    values += shape.size();
    batch.target.data_ptr<std::int64_t>()[i] = images.labels[static_cast<std::size_t>(first + i)];
  }
  return batch;
}

void evaluateImages(GraphModel& model, const ImageSet& images, const InputEncoder& encoder,
                    torch::Device device, const RunControl& control, EvalResult& result) {
  double loss = 0;
  double correct = 0;
  for (std::int64_t first = 0; first < images.count() && control.proceed(); first += kBatch) {
    const Batch batch = imageBatch(images, encoder, first);
    const Tensor target = batch.target.to(device);
    const Tensor output = model.forward(batch.x.to(device), NormMode::kRunningStatistics);
    const auto mean = taskLoss(Task::kClassification, output, target).item<double>();
    loss += mean * static_cast<double>(batch.samples());
    correct += scoreSum(Task::kClassification, output, target, mean);
    result.samples += batch.samples();
  }
  if (result.samples == 0) return;
  result.loss = loss / static_cast<double>(result.samples);
  result.score = correct / static_cast<double>(result.samples);
}

Tensor photoInput(const Photo& photo, const InputEncoder& encoder) {
  Tensor x = torch::empty({1, photo.shape.channels, photo.shape.height, photo.shape.width},
                          torch::TensorOptions().memory_format(at::MemoryFormat::ChannelsLast));
  encoder.encode(photo.pixels, photo.shape.channels, x.data_ptr<float>());
  return x;
}

Tensor photoTarget(const Photo& photo) {
  const Shape& shape = photo.shape;
  auto* pixels = const_cast<std::uint8_t*>(photo.pixels.data());  // from_blob only reads
  return torch::from_blob(pixels, {1, shape.channels, shape.height, shape.width}, torch::kUInt8)
             .to(torch::kFloat32) /
         255;
}

/// An output whose values are data values / 255, as the 8-bit image it is.
std::vector<std::uint8_t> toPixels(const Tensor& output) {
  const Tensor rounded =
      (output * 255).round().clamp(0, 255).to(torch::kUInt8).contiguous().view({-1});
  const auto* from = rounded.data_ptr<std::uint8_t>();
  return {from, from + rounded.numel()};
}

void evaluatePhotos(GraphModel& model, const NetworkGraph& graph, const PhotoSet& photos,
                    const InputEncoder& encoder, torch::Device device, const RunControl& control,
                    EvalResult& result) {
  const std::int64_t granularity = sizeGranularity(graph);
  double loss = 0;
  for (const PhotoPair& pair : photos.pairs) {
    if (!control.proceed()) break;
    const std::int64_t height = pair.low.shape.height;
    const std::int64_t width = pair.low.shape.width;
    const Tensor padded = torch::replication_pad2d(
        photoInput(pair.low, encoder),
        {0, missingToMultiple(width, granularity), 0, missingToMultiple(height, granularity)});
    const Tensor whole = model.forward(padded.contiguous(at::MemoryFormat::ChannelsLast).to(device),
                                       NormMode::kRunningStatistics);
    const Tensor output = whole.narrow(2, 0, height * photos.factor)
                              .narrow(3, 0, width * photos.factor)
                              .to(torch::kCPU);
    const Tensor target = photoTarget(pair.high);
    loss += taskLoss(Task::kSuperResolution, output, target).item<double>();
    result.photo_scores.push_back(
        psnr(toPixels(output), pair.high.pixels, pair.high.shape, photos.factor));
    ++result.samples;
  }
  if (result.samples == 0) return;
  result.loss = loss / static_cast<double>(result.samples);
  result.score = std::accumulate(result.photo_scores.begin(), result.photo_scores.end(), 0.0) /
                 static_cast<double>(result.samples);
}

}  // namespace

EvalResult evaluateModel(GraphModel& model, const NetworkGraph& graph, const InputLayer& input,
                         const DataSet& data, DataPart part, torch::Device device,
                         const RunControl& control) {
  const torch::NoGradGuard guard;
  const auto start = std::chrono::steady_clock::now();
  const InputEncoder encoder(input);
  EvalResult result;
  result.metric = metricOf(data.task);
  if (data.task == Task::kClassification) {
    evaluateImages(model, imagesOf(data, part), encoder, device, control, result);
  } else {
    evaluatePhotos(model, graph, photosOf(data, part), encoder, device, control, result);
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace a2q
