// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/project/run_samples.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/network/sample_experiment.h"
#include "core/training/tensor_types.h"

namespace a2q::testing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Experiment sample() { return *parseExperiment(sampleSpecification(), "sample"); }

std::vector<EpochRecord> awkwardEpochs() {
  EpochRecord epoch;
  epoch.phase = TrainPhase::kFloat;
  epoch.metric = Metric::kPsnr;
  epoch.epoch = 3;
  epoch.train_loss = 0.1 + 0.2;
  epoch.train_score = -0.0;
  epoch.test_loss = 1e-310;
  epoch.test_score = kInfinity;
  epoch.worst_margin_bits = -kInfinity;
  epoch.seconds = std::nextafter(1.0, 2.0);
  return {epoch, EpochRecord{}};
}

ScalarSeries awkwardSteps() {
  ScalarSeries steps({"loss", "\"odd\", name", "l1 of a/b"});
  for (int i = 0; i < 1500; ++i) {
    steps.append(std::vector<double>{i / 7.0, i % 3 == 0 ? kNan : -1.0 / (i + 1), -kInfinity});
  }
  return steps;
}

std::vector<NamedTensor> awkwardTensors() {
  return {countedTensor("z.first", TensorType::kFloat32, {2, 3}),
          countedTensor("a/b", TensorType::kFloat64, {1}),
          countedTensor(".", TensorType::kInt32, {2, 1, 2}),
          countedTensor("", TensorType::kInt64, {}),
          countedTensor("50%2F", TensorType::kUint8, {5}),
          countedTensor("empty", TensorType::kFloat32, {0, 7}),
          countedTensor("größe", TensorType::kFloat32, {3})};
}

std::vector<IntegerWeights> awkwardWeights() {
  IntegerWeights narrow{"head/1", 2, 3, {8}, {{4}}, {0, 15}, BitWidth{12}, L1Rule::kA2q, {}};
  narrow.values = {1, -2, 3, 0, -128, 127};
  IntegerWeights middle{"..", 1, 2, {12}, {{8}, Signedness::kSigned}, {-100, 127}, {}, {}, {}};
  middle.values = {128, -2000};
  IntegerWeights wide{"Another", 1, 2, {32}, {{1}}, {0, 1}, BitWidth{40}, L1Rule::kA2qPlus, {}};
  wide.values = {std::numeric_limits<std::int32_t>::min(), 70000};
  return {narrow, middle, wide};
}

LayerSnapshot snapshotOf(const std::string& name, std::int64_t channels, std::int64_t levels) {
  LayerSnapshot layer;
  layer.layer = name;
  layer.accumulator = BitWidth{64};
  layer.inputs = {-128, 127};
  layer.budget = l1Budget(L1Rule::kA2qPlus, {64}, {{1}});
  layer.k = 25;
  layer.zeros = 4;
  for (std::int64_t i = 0; i < channels; ++i) layer.channels.push_back({i * 7, 100 - i});
  for (std::int64_t i = 0; i < levels; ++i) layer.levels.push_back(i * i);
  return layer;
}

std::vector<EpochSnapshot> awkwardSnapshots() {
  LayerSnapshot free = snapshotOf("conv/1", 3, 0);
  free.accumulator.reset();
  free.budget.reset();
  return {{TrainPhase::kFloat, 1, {}},
          {TrainPhase::kMain, 1, {snapshotOf("rows", 4, 15), free}},
          {TrainPhase::kMain, 2, {snapshotOf("conv/1", 2, 7), snapshotOf("rows", 4, 15)}},
          {TrainPhase::kMain, 3, {LayerSnapshot{}}}};
}

}  // namespace

NamedTensor countedTensor(std::string name, TensorType type, std::vector<std::int64_t> shape) {
  NamedTensor out{std::move(name), type, std::move(shape), {}};
  const std::size_t bytes = static_cast<std::size_t>(*elementCount(out.shape)) * elementSize(type);
  out.bytes.resize(bytes);
  for (std::size_t i = 0; i < bytes; ++i) out.bytes[i] = static_cast<std::byte>(i * 37 + 1);
  return out;
}

StoredRun awkwardRun() {
  StoredRun run;
  RunRecord& record = run.record;
  record.experiment = sample();
  record.state = RunState::kDiverged;
  record.state_cause = "the loss is no number";
  record.data_source = "/data/größe set";
  record.backend = "LibTorch 1.13.1";
  record.metric = Metric::kPsnr;
  record.seconds = 1e300;
  record.steps = awkwardSteps();
  record.epochs = awkwardEpochs();
  record.weights = awkwardWeights();
  record.parameters = awkwardTensors();
  record.certificate = certify(record.weights);
  run.snapshots = awkwardSnapshots();
  return run;
}

Checkpoint awkwardCheckpoint() {
  Checkpoint out;
  out.experiment = sample();
  out.position = {TrainPhase::kFloat, 7, 31};
  out.sums = {0.1 + 0.2, kNan, 1e-310, -0.0, kInfinity};
  out.seconds = 1e300;
  out.steps = awkwardSteps();
  out.epochs = awkwardEpochs();
  out.parameters = awkwardTensors();
  out.optimizer = {countedTensor("a/b.momentum", TensorType::kFloat32, {2})};
  return out;
}

void expectSame(const std::vector<NamedTensor>& read, const std::vector<NamedTensor>& written) {
  ASSERT_EQ(read.size(), written.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].name, written[i].name);
    EXPECT_EQ(read[i].type, written[i].type) << read[i].name;
    EXPECT_EQ(read[i].shape, written[i].shape) << read[i].name;
    EXPECT_EQ(read[i].bytes, written[i].bytes) << read[i].name;
  }
}

void expectSame(const ScalarSeries& read, const ScalarSeries& written) {
  EXPECT_EQ(read.columns(), written.columns());
  ASSERT_EQ(read.rows(), written.rows());
  for (std::size_t i = 0; i < read.rows(); ++i) {
    EXPECT_TRUE(sameBits(read.row(i), written.row(i))) << i;
  }
}

bool sameBits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

}  // namespace a2q::testing
