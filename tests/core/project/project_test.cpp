// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include <gmock/gmock.h>

#include <cmath>

#include "core/base/identity.h"
#include "core/network/sample_experiment.h"
#include "core/project/stored/member_name.h"

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Experiment sample() { return *parseExperiment(sampleSpecification(), "sample"); }

ProjectRun runWith(const std::string& name, const std::string& uuid, ProjectRunState state,
                   std::optional<double> score) {
  ProjectRun run;
  run.name = name;
  run.uuid = uuid;
  run.state = state;
  if (score) {
    run.epochs.emplace_back();
    run.epochs.back().test_score = *score;
  }
  return run;
}

Project withRuns() {
  Project project = newProject(sample());
  project.runs = {
      runWith("run-1", "abcd1111-0000", ProjectRunState::kFinished, 0.7),
      runWith("run-3", "abcd2222-0000", ProjectRunState::kFinished, 0.9),
      runWith("wide", "12340000-0000", ProjectRunState::kDiverged, 0.95),
      runWith("none", "ffff0000-0000", ProjectRunState::kFinished, {}),
      runWith("odd", "eeee0000-0000", ProjectRunState::kFinished, std::nan("")),
  };
  return project;
}

TEST(ProjectValue, ANewOneHasAnIdentityAndItsSpecification) {
  const Project project = newProject(sample());
  EXPECT_TRUE(isUuid(project.uuid));
  EXPECT_EQ(project.created, project.modified);
  EXPECT_EQ(project.specification.size(), 4U);
  const auto experiment = experimentOf(project);
  ASSERT_TRUE(experiment) << describe(experiment.error());
  EXPECT_EQ(*experiment, sample());
}

TEST(ProjectValue, SettingTheExperimentKeepsOtherSections) {
  Project project = newProject(sample());
  project.specification["hardware"] = "[hardware]\n";
  Experiment changed = sample();
  changed.quant.accumulator_bits = {13};
  setExperiment(project, changed);
  EXPECT_EQ(*experimentOf(project), changed);
  EXPECT_EQ(project.specification.at("hardware"), "[hardware]\n");
}

TEST(ProjectValue, ABadSpecificationIsAnErrorOfItsOwn) {
  Project project = newProject(sample());
  project.specification["quant"] = "[quant]\nacumulator_bits = 3\n";
  const auto experiment = experimentOf(project);
  ASSERT_FALSE(experiment);
  EXPECT_EQ(experiment.error().code, ErrorCode::kSpecValue);
}

TEST(ProjectValue, ARunIsFoundByNameNumberUuidLastAndBest) {
  const Project project = withRuns();
  EXPECT_EQ(findRun(project, "run-3"), 1U);
  EXPECT_EQ(findRun(project, "1"), 0U);
  EXPECT_EQ(findRun(project, "5"), 4U);
  EXPECT_EQ(findRun(project, "abcd2"), 1U);
  EXPECT_EQ(findRun(project, "1234"), 2U);
  EXPECT_EQ(findRun(project, "last"), 4U);
  EXPECT_EQ(findRun(project, "best"), 1U);
}

TEST(ProjectValue, ARunThatIsNotThereIsAnErrorWithWhatThereIs) {
  const Project project = withRuns();
  for (const char* name : {"6", "0", "-1", "abc", "abcd", "nothing", ""}) {
    const auto found = findRun(project, name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().code, ErrorCode::kUsage);
    EXPECT_THAT(found.error().remedy, HasSubstr("run-1, run-3, wide, none, odd"));
  }
  EXPECT_THAT(findRun(project, "abcd").error().cause, HasSubstr("2 runs"));
  EXPECT_FALSE(findRun(newProject(sample()), "last"));
}

TEST(ProjectValue, ANewRunTakesTheFirstFreeNumber) {
  Project project = withRuns();
  EXPECT_EQ(newRunName(project), "run-2");
  EXPECT_EQ(newRunName(newProject(sample())), "run-1");
}

TEST(ProjectValue, EveryObjectIsNamedOnce) {
  Project project = withRuns();
  project.runs[0].record = ObjectRef{"aa", 7};
  project.runs[0].last_checkpoint = ObjectRef{"bb", 8};
  project.runs[1].best_checkpoint = ObjectRef{"bb", 8};
  project.unknown.groups["later"].objects["thing"] = "cc";
  project.builds["b"].objects["report"] = "aa";
  EXPECT_THAT(objectsOf(project),
              ElementsAre(ObjectRef{"aa", 7}, ObjectRef{"bb", 8}, ObjectRef{"cc", 0}));
}

TEST(ProjectValue, StatesHaveTheirWords) {
  EXPECT_EQ(runStateName(ProjectRunState::kTraining), "training");
  for (const RunState state :
       {RunState::kFinished, RunState::kStopped, RunState::kDiverged, RunState::kOutOfMemory}) {
    EXPECT_EQ(runStateName(runStateOf(state)), stateName(state));
  }
}

TEST(MemberName, IsReversibleAndNoPath) {
  for (const char* name : {"conv1", "a/b", "/", ".", "..", "...", "", "%", "%2F", "a.b", "größe",
                           "tab\there", " ", "%%", "\x7f"}) {
    const std::string member = memberName(name);
    EXPECT_EQ(nameOfMember(member), name) << member;
    EXPECT_FALSE(member.empty());
    EXPECT_EQ(member.find('/'), std::string::npos);
    EXPECT_NE(member, ".");
  }
  EXPECT_EQ(memberName("conv1.bias"), "conv1.bias");
  EXPECT_EQ(memberName(std::string("a\0b", 3)), "a%00b");
}

TEST(MemberName, OnlyWhatItGivesIsTaken) {
  for (const char* member : {"", ".", "..", "a/b", "%2f", "%41", "%2", "a%", "%zz", "%+1"}) {
    EXPECT_FALSE(nameOfMember(member)) << member;
  }
}

}  // namespace
}  // namespace a2q::testing
