// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/training/tiny_training.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <stdexcept>

#include "core/data/resample.h"

namespace a2q::testing {

const std::string kTinySpec = R"([network]
name = "tiny"

[[layer]]
name = "image"
kind = "input"
shape = [1, 28, 28]

[[layer]]
name = "conv1"
kind = "conv2d"
filters = 6
kernel = 5
stride = 2

[[layer]]
name = "bn1"
kind = "batch_norm"

[[layer]]
name = "act1"
kind = "activation"

[[layer]]
name = "conv2"
kind = "conv2d"
filters = 12
kernel = 3
stride = 2

[[layer]]
name = "bn2"
kind = "batch_norm"

[[layer]]
name = "act2"
kind = "activation"

[[layer]]
name = "fc1"
kind = "linear"
features = 24

[[layer]]
name = "bn3"
kind = "batch_norm"

[[layer]]
name = "act3"
kind = "activation"

[[layer]]
name = "fc2"
kind = "linear"
features = 10
bias = true

[[layer]]
name = "result"
kind = "output"

[quant]
accumulator_bits = 12

[training]
epochs = 2
batch_size = 32
learning_rate = 1e-2
)";

Experiment experimentOf(const std::string& toml) {
  auto experiment = parseExperiment(toml, "the test's specification");
  if (!experiment) throw std::runtime_error(describe(experiment.error()));
  return std::move(*experiment);
}

Experiment tinyExperiment(Settings settings) {
  Experiment experiment = experimentOf(kTinySpec);
  for (const auto& [key, value] : settings) {
    auto changed = withSetting(experiment, key, value);
    if (!changed) throw std::runtime_error(describe(changed.error()));
    experiment = std::move(*changed);
  }
  return experiment;
}

DataSet digits(std::int64_t train, std::int64_t test) {
  DataSpec spec;
  spec.train_samples = train;
  spec.test_samples = test;
  constexpr std::uint64_t kSeed = 7;
  auto set = loadDataSet(spec, kSeed);
  if (!set) throw std::runtime_error(describe(set.error()));
  return std::move(*set);
}

DataSet brightnessData(Shape shape, std::int64_t classes, std::int64_t count) {
  std::mt19937 engine(5);
  const auto draw = [&] {
    ImageSet set{shape, classes, {}, {}};
    for (std::int64_t i = 0; i < count; ++i) {
      const std::int64_t label = i % classes;
      set.labels.push_back(static_cast<std::uint8_t>(label));
      for (std::int64_t pixel = 0; pixel < shape.size(); ++pixel) {
        const auto code = 200 * label / classes + engine() % 56;
        set.pixels.push_back(static_cast<std::uint8_t>(code));
      }
    }
    return set;
  };
  return {.name = "brightness", .source = "drawn by the test", .train = draw(), .test = draw()};
}

const std::string kSubPixelSpec = R"([network]
name = "sub_pixel"
[[layer]]
name = "image"
kind = "input"
shape = [1, 12, 12]
[[layer]]
name = "c1"
kind = "conv2d"
filters = 8
kernel = 3
padding = 1
[[layer]]
name = "b1"
kind = "batch_norm"
[[layer]]
name = "a1"
kind = "activation"
[[layer]]
name = "c2"
kind = "conv2d"
filters = 4
kernel = 3
padding = 1
bias = true
[[layer]]
name = "shuffle"
kind = "pixel_shuffle"
factor = 2
[[layer]]
name = "enlarged"
kind = "output"
[quant]
method = "a2q"
weight_bits = 6
activation_bits = 6
accumulator_bits = 16
[training]
epochs = 6
batch_size = 8
optimizer = "adam"
learning_rate = 0.01
[data.photos]
factor = 2
patches = 16
)";

DataSet hills(std::int64_t train, std::int64_t test) {
  std::mt19937 engine(9);
  const auto draw = [&](std::int64_t count) {
    PhotoSet set{2, 1, {}};
    for (std::int64_t i = 0; i < count; ++i) {
      const double slope = 0.1 + 0.02 * static_cast<double>(engine() % 20);
      Photo high{{1, 40, 32}, {}};
      for (std::int64_t y = 0; y < 40; ++y) {
        for (std::int64_t x = 0; x < 32; ++x) {
          const double wave = std::sin(slope * static_cast<double>(x)) *
                              std::cos(0.15 * static_cast<double>(y + i));
          high.pixels.push_back(static_cast<std::uint8_t>(std::lround(128 + 100 * wave)));
        }
      }
      Photo low = resizeBicubic(high, {20, 16});
      set.pairs.push_back({"hill", std::move(low), std::move(high)});
    }
    return set;
  };
  DataSet data{.name = "hills", .source = "drawn by the test"};
  data.task = Task::kSuperResolution;
  data.train_photos = draw(train);
  data.test_photos = draw(test);
  return data;
}

Result<RunRecord> train(const Experiment& experiment, const DataSet& data, Recorder& recorder,
                        const RunControl& control, const ComputeOptions& compute) {
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  return (*trainer)->train({experiment, data, compute}, recorder, control);
}

Result<RunRecord> resume(const Checkpoint& checkpoint, const DataSet& data, Recorder& recorder,
                         const RunControl& control) {
  auto trainer = openTrainer();
  if (!trainer) return forward(std::move(trainer));
  const ComputeOptions compute{"cpu", 2};
  return (*trainer)->train({checkpoint.experiment, data, compute, nullptr, &checkpoint}, recorder,
                           control);
}

Result<RunRecord> train(const Experiment& experiment, const DataSet& data) {
  Recorder recorder;
  return train(experiment, data, recorder);
}

std::vector<float> parameter(const RunRecord& record, const std::string& name) {
  for (const NamedTensor& tensor : record.parameters) {
    if (tensor.name != name) continue;
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    return values;
  }
  throw std::out_of_range("no parameter " + name);
}

bool parametersFinite(const RunRecord& record) {
  return std::all_of(
      record.parameters.begin(), record.parameters.end(), [&](const NamedTensor& tensor) {
        const std::vector<float> values = parameter(record, tensor.name);
        return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
      });
}

}  // namespace a2q::testing
