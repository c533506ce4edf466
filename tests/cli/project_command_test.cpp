// SPDX-License-Identifier: GPL-3.0-or-later
// Projects without a training: new, info, runs, diff and export by the built program.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/project/project_file.h"
#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ProjectCommand : public ::testing::Test {
 protected:
  [[nodiscard]] ProgramResult a2q(std::vector<std::string> words,
                                  std::vector<std::string> environment = {}) const {
    return runProgram(std::vector<std::string>{A2Q_BINARY} + words,
                      {.environment = std::move(environment), .folder = program_.path(".")});
  }
  [[nodiscard]] json document(std::vector<std::string> words, int exit_code = 0) const {
    words.emplace_back("--json");
    const ProgramResult result = a2q(std::move(words));
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    return json::parse(result.out, nullptr, false);
  }
  void make(const std::string& name, const std::vector<std::string>& more = {}) const {
    const ProgramResult made = a2q(std::vector<std::string>{"new", name} + more);
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  /// Puts runs into a project as a training would.
  void addRuns(const std::string& name) const {
    auto file = ProjectFile::open(program_.path(name), ProjectAccess::kWrite);
    ASSERT_TRUE(file) << describe(file.error());
    Project project = file->saved();
    for (const double score : {0.25, 0.75}) {
      ProjectRun run;
      run.name = newRunName(project);
      run.uuid = "00000000-0000-4000-8000-00000000000" + std::to_string(project.runs.size());
      run.created = "2026-11-23T11:00:00Z";
      run.state = project.runs.empty() ? ProjectRunState::kTraining : ProjectRunState::kFinished;
      run.specification = writeExperiment(*experimentOf(project));
      run.epochs.emplace_back();
      run.epochs.back().epoch = 1;
      run.epochs.back().test_score = score;
      run.epochs.back().train_loss = 1.5;
      run.data_source = "made, \"up\"";
      run.seconds = 12.25;
      project.runs.push_back(run);
    }
    ASSERT_TRUE(file->save(project));
  }

  TrainProgram program_;
};

TEST_F(ProjectCommand, NewMakesAProjectFromTheBuiltInSample) {
  const json made = document({"new", "größe 1.a2q"});
  EXPECT_EQ(made["schema"], "a2q-new-1");
  EXPECT_EQ(made["network"], "lenet_digits");
  const json info = document({"info", "größe 1.a2q"});
  EXPECT_EQ(info["schema"], "a2q-info-1");
  EXPECT_EQ(info["kind"], "project");
  EXPECT_EQ(info["network"], "lenet_digits");
  EXPECT_EQ(info["project"]["uuid"], made["uuid"]);
  EXPECT_EQ(info["project"]["owner"], nullptr);
  EXPECT_EQ(info["project"]["storage"]["place"], "inside");
  EXPECT_EQ(info["project"]["bytes"], fs::file_size(program_.path("größe 1.a2q")));
}

TEST_F(ProjectCommand, NewTakesTemplatesSpecificationsAndSettings) {
  make("tfc.a2q", {"--template", "tfc_mnist", "--set", "quant.accumulator_bits=14"});
  const ProgramResult info = a2q({"info", "tfc.a2q"});
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(info.out, StartsWith("Project "));
  EXPECT_THAT(info.out, HasSubstr("in use by  nobody"));
  EXPECT_THAT(info.out, HasSubstr("tfc_mnist"));
  EXPECT_THAT(std::string(document({"info", "tfc.a2q"})["specification"]),
              HasSubstr("accumulator_bits = 14"));
  make("own.a2q", {"--spec", A2Q_PROJECTS_DIR "/optdigits_tfc.toml"});
  EXPECT_EQ(document({"info", "own.a2q"})["network"], "optdigits_tfc");
}

TEST_F(ProjectCommand, EverySampleIsATemplate) {
  const json list = document({"new", "--list"});
  EXPECT_EQ(list["schema"], "a2q-templates-1");
  std::size_t samples = 0;
  for (const auto& entry : fs::directory_iterator(A2Q_PROJECTS_DIR)) {
    if (entry.path().extension() == ".toml") ++samples;
  }
  EXPECT_EQ(list["templates"].size(), samples);
  for (const json& one : list["templates"]) {
    EXPECT_FALSE(std::string(one["summary"]).empty()) << one;
  }
  const ProgramResult text = a2q({"new", "--list"});
  EXPECT_THAT(text.out, HasSubstr("lenet_digits"));
}

TEST_F(ProjectCommand, MistakesOfNewLeaveNoFile) {
  const ProgramResult near = a2q({"new", "x.a2q", "--template", "tfc_mnst"});
  EXPECT_EQ(near.exit_code, 2);
  EXPECT_THAT(near.err, HasSubstr("Did you mean 'tfc_mnist'?"));
  EXPECT_EQ(a2q({"new"}).exit_code, 2);
  EXPECT_THAT(a2q({"new", "x"}).err, HasSubstr("x.a2q"));
  EXPECT_EQ(a2q({"new", "x.a2q", "--set", "quant.acumulator_bits=3"}).exit_code, 2);
  EXPECT_EQ(a2q({"new", "x.a2q", "--spec", "none.toml"}).exit_code, 7);
  EXPECT_EQ(a2q({"new", "x.a2q", "--spec", "a.toml", "--template", "b"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(program_.path("x.a2q")));
}

TEST_F(ProjectCommand, NewOverwritesNothingUnasked) {
  make("x.a2q");
  const std::string before = program_.read("x.a2q");
  const ProgramResult refused = a2q({"new", "x.a2q"});
  EXPECT_EQ(refused.exit_code, 7);
  EXPECT_THAT(refused.err, HasSubstr("A2Q-0703"));
  EXPECT_EQ(program_.read("x.a2q"), before);
  make("x.a2q", {"--force"});
  EXPECT_NE(program_.read("x.a2q"), before);
}

TEST_F(ProjectCommand, RunsListsThemAndTellsWhichWereInterrupted) {
  make("x.a2q");
  EXPECT_THAT(a2q({"runs", "x.a2q"}).out, HasSubstr("no runs yet"));
  addRuns("x.a2q");
  const ProgramResult text = a2q({"runs", "x.a2q"});
  EXPECT_THAT(text.out, HasSubstr("interrupted"));
  EXPECT_THAT(text.out, HasSubstr("75.00 %"));
  const json runs = document({"runs", "x.a2q", "--sort", "score"});
  EXPECT_EQ(runs["schema"], "a2q-runs-1");
  ASSERT_EQ(runs["runs"].size(), 2U);
  EXPECT_EQ(runs["runs"][0]["name"], "run-2");
  EXPECT_EQ(runs["runs"][0]["number"], 2);
  EXPECT_EQ(runs["runs"][0]["P"], 16);
  EXPECT_EQ(runs["runs"][1]["state"], "interrupted");
  EXPECT_EQ(runs["runs"][1]["safe"], nullptr);
  EXPECT_EQ(document({"runs", "x.a2q"})["runs"][0]["name"], "run-1");
}

TEST_F(ProjectCommand, ARunThatIsTrainedIsNotInterrupted) {
  make("x.a2q");
  addRuns("x.a2q");
  const auto held = ProjectFile::open(program_.path("x.a2q"), ProjectAccess::kWrite);
  ASSERT_TRUE(held);
  EXPECT_EQ(document({"runs", "x.a2q"})["runs"][0]["state"], "training");
  EXPECT_NE(document({"info", "x.a2q"})["project"]["owner"], nullptr);
}

TEST_F(ProjectCommand, TheHistoryIsExported) {
  make("x.a2q");
  addRuns("x.a2q");
  ASSERT_EQ(a2q({"export", "x.a2q", "-o", "e.csv"}).exit_code, 0);
  const std::string csv = program_.read("e.csv");
  EXPECT_THAT(csv, StartsWith("run,phase,epoch,metric,train_loss,"));
  EXPECT_THAT(csv, HasSubstr("\nrun-1,main,1,accuracy,1.5,0,0,0.25,0,0,,,0\n"));
  ASSERT_EQ(a2q({"export", "x.a2q", "-o", "s.csv", "--series", "summary", "--run", "2"}).exit_code,
            0);
  EXPECT_THAT(program_.read("s.csv"), HasSubstr("\nrun-2,2,"));
  EXPECT_THAT(program_.read("s.csv"), Not(HasSubstr("run-1")));
  ASSERT_EQ(a2q({"export", "x.a2q", "-o", "h.json"}).exit_code, 0);
  const json history = json::parse(program_.read("h.json"));
  EXPECT_EQ(history["schema"], "a2q-history-1");
  EXPECT_EQ(history["runs"][1]["epoch_records"][0]["test_score"], 0.75);
  EXPECT_EQ(history["runs"][1]["data"], "made, \"up\"");
}

TEST_F(ProjectCommand, AnExportThatDoesNotFitSaysSo) {
  make("x.a2q");
  addRuns("x.a2q");
  EXPECT_THAT(a2q({"export", "x.a2q", "-o", "n.npz", "--series", "steps"}).err,
              HasSubstr("npz holds no series"));
  EXPECT_THAT(a2q({"export", "folder", "-o", "n.csv"}).err, HasSubstr("is no project"));
  EXPECT_THAT(a2q({"export", "x.a2q", "-o", "n.csv", "--run", "none"}).err,
              HasSubstr("run-1, run-2"));
  EXPECT_THAT(a2q({"export", "x.a2q", "-o", "n.npz"}).err,
              HasSubstr("none of its runs has weights"));
  EXPECT_EQ(a2q({"export", "x.a2q", "-o", "n.txt"}).exit_code, 2);
  EXPECT_FALSE(fs::exists(program_.path("n.csv")));
}

TEST_F(ProjectCommand, AProjectIsHandedOverAsOneFile) {
  make("x.a2q");
  addRuns("x.a2q");
  const json report = document({"export", "x.a2q", "-o", "one.a2q"});
  EXPECT_EQ(report["format"], "a2q");
  EXPECT_EQ(report["bytes"], fs::file_size(program_.path("one.a2q")));
  EXPECT_EQ(document({"diff", "x.a2q", "one.a2q"})["same"], true);
  EXPECT_EQ(a2q({"export", "x.a2q", "-o", "one.a2q"}).exit_code, 7);
  EXPECT_EQ(a2q({"export", "x.a2q", "-o", "one.a2q", "--force"}).exit_code, 0);
  EXPECT_EQ(a2q({"export", "x.a2q", "-o", "two.a2q", "--run", "1"}).exit_code, 2);
  EXPECT_EQ(a2q({"export", "folder", "-o", "two.a2q"}).exit_code, 2);
}

TEST_F(ProjectCommand, DiffTellsWhatDiffers) {
  make("a.a2q");
  fs::copy_file(program_.path("a.a2q"), program_.path("b.a2q"));
  EXPECT_THAT(a2q({"diff", "a.a2q", "b.a2q"}).out, HasSubstr("are the same"));
  EXPECT_EQ(document({"diff", "a.a2q", "b.a2q"})["same"], true);
  make("b.a2q", {"--force", "--set", "quant.accumulator_bits=12"});
  addRuns("b.a2q");
  const json found = document({"diff", "a.a2q", "b.a2q"}, 1);
  EXPECT_EQ(found["schema"], "a2q-diff-1");
  EXPECT_EQ(found["differences"][0]["where"], "quant.accumulator_bits");
  EXPECT_EQ(found["differences"][1]["where"], "run run-1");
  EXPECT_EQ(found["differences"][1]["a"], nullptr);
  const ProgramResult runs = a2q({"diff", "b.a2q", "--run", "1", "--run", "2"});
  EXPECT_EQ(runs.exit_code, 1);
  EXPECT_THAT(runs.out, HasSubstr("epoch 1, test_score"));
  EXPECT_EQ(a2q({"diff", "b.a2q", "--run", "1", "--run", "1"}).exit_code, 0);
  EXPECT_EQ(a2q({"diff", "b.a2q"}).exit_code, 2);
}

TEST_F(ProjectCommand, WhatIsNoProjectIsRefused) {
  program_.write("x.a2q", "no project");
  for (const char* command : {"info", "runs"}) {
    const ProgramResult result = a2q({command, "x.a2q"});
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_TRUE(result.out.empty());
  }
  EXPECT_EQ(a2q({"runs", "nowhere.a2q"}).exit_code, 7);
}

}  // namespace
}  // namespace a2q::testing
