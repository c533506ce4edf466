// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_diff.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "core/network/sample_experiment.h"
#include "tests/core/project/project_samples.h"

namespace a2q::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

Project changed(const Project& project, const std::string& key, const std::string& value) {
  Project out = project;
  setExperiment(out, *withSetting(*experimentOf(project), key, value));
  return out;
}

TEST(ProjectDiff, TheSameContentHasNoDifference) {
  Project a = sampleProject();
  a.runs = {sampleRun(1), sampleRun(2)};
  a.runs[0].epochs[0].test_loss = std::nan("");
  Project b = a;
  b.modified = "2027-01-01T00:00:00Z";
  b.created = "2020-01-01T00:00:00Z";
  EXPECT_THAT(projectDiff(a, b), IsEmpty());
}

TEST(ProjectDiff, SettingsAreNamedByTheirKeys) {
  const Project a = sampleProject();
  const std::string before = std::to_string(experimentOf(a)->quant.accumulator_bits.bits);
  EXPECT_THAT(projectDiff(a, changed(a, "quant.accumulator_bits", "17")),
              ElementsAre(Difference{"quant.accumulator_bits", before, "17"}));
}

TEST(ProjectDiff, LayersAndOverridesAreSettings) {
  const Project a = sampleProject();
  Experiment experiment = *experimentOf(a);
  std::string name;
  for (LayerSpec& layer : experiment.network.layers) {
    if (auto* conv = std::get_if<ConvLayer>(&layer.kind); conv != nullptr && name.empty()) {
      name = layer.name;
      conv->filters += 1;
    }
  }
  ASSERT_FALSE(name.empty());
  experiment.quant.layers[name].weight_bits = BitWidth{3};
  Project b = a;
  setExperiment(b, experiment);
  const auto found = projectDiff(a, b);
  EXPECT_EQ(found.size(), 2U);
  EXPECT_THAT(found, Contains(Field(&Difference::where, "network.layers." + name + ".filters")));
  EXPECT_THAT(found, Contains(Difference{"quant.layers." + name + ".weight_bits", "", "3"}));
}

TEST(ProjectDiff, ALayerThatIsNotThereHasNoSettings) {
  const Project a = sampleProject();
  Experiment experiment = *experimentOf(a);
  auto& layers = experiment.network.layers;
  const auto act = std::ranges::find_if(layers, [](const LayerSpec& layer) {
    return std::holds_alternative<ActivationLayer>(layer.kind);
  });
  ASSERT_NE(act, layers.end());
  (act + 1)->inputs = {"more"};
  layers.insert(act + 1, {"more", act->kind, {act->name}});
  Project b = a;
  setExperiment(b, experiment);
  ASSERT_TRUE(experimentOf(b)) << describe(experimentOf(b).error());
  EXPECT_THAT(projectDiff(a, b),
              Contains(Difference{"network.layers.more.kind", "", "activation"}));
}

TEST(ProjectDiff, RunsAreMatchedByTheirUuid) {
  Project a = sampleProject();
  a.runs = {sampleRun(1), sampleRun(2)};
  Project b = a;
  b.runs = {a.runs[1], sampleRun(3)};
  b.runs[0].name = "renamed";
  b.runs[0].epochs[1].test_loss = 7;
  b.runs[0].safe.reset();
  EXPECT_THAT(projectDiff(a, b),
              ElementsAre(Difference{"run run-1", "finished, 2 epochs, 70.00 %", ""},
                          Difference{"run run-2, name", "run-2", "renamed"},
                          Difference{"run run-2, safe", "yes", ""},
                          Difference{"run run-2, epoch 2, test_loss", "0", "7"},
                          Difference{"run run-3", "", "finished, 2 epochs, 70.00 %"}));
}

TEST(ProjectDiff, TheOrderOfRunsIsContent) {
  Project a = sampleProject();
  a.runs = {sampleRun(1), sampleRun(2)};
  Project b = a;
  std::swap(b.runs[0], b.runs[1]);
  EXPECT_THAT(projectDiff(a, b),
              ElementsAre(Difference{"order of the runs", "run-1, run-2", "run-2, run-1"}));
}

TEST(ProjectDiff, BuildsAndUnknownPartsCount) {
  const Project a = sampleProject();
  Project b = a;
  b.builds["1234"].attributes["lut"] = integerValue(7);
  b.unknown.attributes["later"] = integerValue(1);
  b.specification["hardware"] = "[hardware]\nboard = \"x\"\n";
  const auto found = projectDiff(a, b);
  EXPECT_EQ(found.size(), 4U);
  EXPECT_THAT(found, Contains(Difference{"hardware, line 2", "", "board = \"x\""}));
  EXPECT_THAT(found, Contains(Field(&Difference::where, "build 1234")));
  EXPECT_THAT(found, Contains(Field(&Difference::where, "unknown content")));
}

TEST(RunDiff, TimesAndNamesAreNoResults) {
  ProjectRun a = sampleRun(1);
  ProjectRun b = sampleRun(2);
  b.seconds = 99;
  b.created = "2027-01-01T00:00:00Z";
  b.epochs[0].seconds = 3;
  b.record = ObjectRef{"00", 1};
  EXPECT_THAT(runDiff(a, b), IsEmpty());
  b.seed = 4;
  b.epochs.pop_back();
  b.epochs[0].worst_margin_bits = 0.5;
  const auto found = runDiff(a, b);
  EXPECT_THAT(found, Contains(Field(&Difference::where, "seed")));
  EXPECT_THAT(found, Contains(Difference{"epoch 1, worst_margin_bits", "", "0.5"}));
  EXPECT_THAT(found, Contains(Difference{"epoch 2, test_score", "0.7", ""}));
}

TEST(SpecificationDiff, ATextThatCannotBeReadIsComparedByLines) {
  EXPECT_THAT(specificationDiff("a\nb\nc\n", "a\nx\nc\n"),
              ElementsAre(Difference{"specification, line 2", "b", "x"}));
  EXPECT_THAT(specificationDiff("a\nc\n", "a\nb\nc\n"),
              ElementsAre(Difference{"specification, line 2", "", "b"}));
  const std::string sample(sampleSpecification());
  EXPECT_THAT(specificationDiff(sample, "# written otherwise\n" + sample), IsEmpty());
}

}  // namespace
}  // namespace a2q::testing
