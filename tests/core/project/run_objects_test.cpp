// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/run_objects.h"

#include <gmock/gmock.h>

#include "core/bounds/certificate_json.h"
#include "core/network/sample_experiment.h"
#include "tests/core/project/run_samples.h"

namespace a2q::testing {
namespace {

void expectSameLayer(const LayerSnapshot& read, const LayerSnapshot& written) {
  EXPECT_EQ(read.layer, written.layer);
  EXPECT_EQ(read.accumulator, written.accumulator);
  ASSERT_EQ(read.budget.has_value(), written.budget.has_value());
  if (read.budget) {
    EXPECT_TRUE(read.budget->numerator == written.budget->numerator);
    EXPECT_TRUE(read.budget->denominator == written.budget->denominator);
  }
  EXPECT_EQ(read.inputs, written.inputs);
  EXPECT_EQ(read.k, written.k);
  EXPECT_EQ(read.zeros, written.zeros);
  EXPECT_EQ(read.channels, written.channels);
  EXPECT_EQ(read.levels, written.levels);
}

void expectSameWeights(const IntegerWeights& read, const IntegerWeights& written) {
  EXPECT_EQ(read.layer, written.layer);
  EXPECT_EQ(read.channels, written.channels);
  EXPECT_EQ(read.k, written.k);
  EXPECT_EQ(read.weight_bits, written.weight_bits);
  EXPECT_EQ(read.input_format, written.input_format);
  EXPECT_EQ(read.input_range, written.input_range);
  EXPECT_EQ(read.accumulator, written.accumulator);
  EXPECT_EQ(read.rule, written.rule);
  EXPECT_EQ(read.values, written.values);
}

void expectRoundTrip(const StoredRun& written) {
  const DataTree tree = runTree(written);
  const auto read = storedRunOf(tree);
  ASSERT_TRUE(read) << describe(read.error());
  const RunRecord& record = read->record;
  EXPECT_EQ(record.experiment, written.record.experiment);
  EXPECT_EQ(record.state, written.record.state);
  EXPECT_EQ(record.state_cause, written.record.state_cause);
  EXPECT_EQ(record.data_source, written.record.data_source);
  EXPECT_EQ(record.backend, written.record.backend);
  EXPECT_EQ(record.metric, written.record.metric);
  EXPECT_EQ(record.seconds, written.record.seconds);
  expectSame(record.steps, written.record.steps);
  EXPECT_EQ(record.epochs, written.record.epochs);
  expectSame(record.parameters, written.record.parameters);
  ASSERT_EQ(record.weights.size(), written.record.weights.size());
  for (std::size_t i = 0; i < record.weights.size(); ++i) {
    expectSameWeights(record.weights[i], written.record.weights[i]);
  }
  EXPECT_EQ(certificateJson(record.certificate), certificateJson(written.record.certificate));
  ASSERT_EQ(read->snapshots.size(), written.snapshots.size());
  for (std::size_t i = 0; i < read->snapshots.size(); ++i) {
    EXPECT_EQ(read->snapshots[i].phase, written.snapshots[i].phase);
    EXPECT_EQ(read->snapshots[i].epoch, written.snapshots[i].epoch);
    ASSERT_EQ(read->snapshots[i].layers.size(), written.snapshots[i].layers.size());
    for (std::size_t k = 0; k < read->snapshots[i].layers.size(); ++k) {
      expectSameLayer(read->snapshots[i].layers[k], written.snapshots[i].layers[k]);
    }
  }
  EXPECT_EQ(runTree(*read), tree);
}

TEST(RunObjects, ARunIsKeptToTheBit) { expectRoundTrip(awkwardRun()); }

TEST(RunObjects, ARunWithoutAnythingIsKept) {
  StoredRun run;
  run.record.experiment = *parseExperiment(sampleSpecification(), "sample");
  expectRoundTrip(run);
  run.record.steps = ScalarSeries({"loss"});
  expectRoundTrip(run);
}

TEST(RunObjects, EveryStateIsKept) {
  StoredRun run = awkwardRun();
  for (const RunState state :
       {RunState::kFinished, RunState::kStopped, RunState::kDiverged, RunState::kOutOfMemory}) {
    run.record.state = state;
    EXPECT_EQ(storedRunOf(runTree(run))->record.state, state);
  }
}

TEST(RunObjects, ACheckpointIsKeptToTheBit) {
  const Checkpoint written = awkwardCheckpoint();
  const DataTree tree = checkpointTree(written);
  const auto read = checkpointOf(tree);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->experiment, written.experiment);
  EXPECT_EQ(read->position, written.position);
  const auto values = [](const EpochSums& sums) {
    return std::vector<double>{sums.loss, sums.score, sums.samples, sums.penalty, sums.seconds};
  };
  EXPECT_TRUE(sameBits(values(read->sums), values(written.sums)));
  EXPECT_EQ(read->seconds, written.seconds);
  expectSame(read->steps, written.steps);
  EXPECT_EQ(read->epochs, written.epochs);
  expectSame(read->parameters, written.parameters);
  expectSame(read->optimizer, written.optimizer);
  EXPECT_EQ(checkpointTree(*read), tree);
}

TEST(RunObjects, WeightsTakeTheNarrowestTypeThatHoldsThem) {
  const DataTree tree = runTree(awkwardRun());
  const auto& weights = tree.groups.at("weights").arrays;
  EXPECT_EQ(weights.at("head%2F1").value.type, ElementType::kInt8);
  EXPECT_EQ(weights.at("%2E.").value.type, ElementType::kInt16);
  EXPECT_EQ(weights.at("Another").value.type, ElementType::kInt32);
}

TEST(RunObjects, TablesNameTheirColumns) {
  const DataTree tree = runTree(awkwardRun());
  EXPECT_EQ(textsOf(tree.arrays.at("steps").attributes.at("columns")),
            awkwardRun().record.steps.columns());
  const auto columns = textsOf(tree.arrays.at("epochs").attributes.at("columns"));
  ASSERT_TRUE(columns);
  EXPECT_THAT(*columns, ::testing::Contains("test_score"));
  EXPECT_EQ(textsOf(tree.arrays.at("epochs").attributes.at("phases")),
            (std::vector<std::string>{"float", "main"}));
}

TEST(RunObjects, ANewerObjectSaysSo) {
  DataTree tree = runTree(awkwardRun());
  tree.attributes["schema"] = textValue("a2q-run-2");
  EXPECT_EQ(storedRunOf(tree).error().code, ErrorCode::kFileNewer);
  tree.attributes["schema"] = textValue("somebody's");
  EXPECT_EQ(storedRunOf(tree).error().code, ErrorCode::kFileFormat);
  EXPECT_EQ(checkpointOf(runTree(awkwardRun())).error().code, ErrorCode::kFileFormat);
}

TEST(RunObjects, TheVerdictFollowsFromTheIntegers) {
  StoredRun run = awkwardRun();
  run.record.weights.front().accumulator = BitWidth{4};
  const auto read = storedRunOf(runTree(run));
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->record.certificate.layers.front().safe());
}

}  // namespace
}  // namespace a2q::testing
