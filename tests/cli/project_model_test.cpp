// SPDX-License-Identifier: GPL-3.0-or-later
// Runs of a project where a trained network is asked for, by the built program.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ProjectModel : public ::testing::Test {
 protected:
  [[nodiscard]] ProgramResult a2q(std::vector<std::string> words) const {
    return runProgram(std::vector<std::string>{A2Q_BINARY} + words,
                      {.folder = program_.path("."), .limit = std::chrono::seconds(300)});
  }
  [[nodiscard]] json document(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const ProgramResult result = a2q(std::move(words));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out, nullptr, false);
  }
  void train(const std::vector<std::string>& more) const {
    const ProgramResult trained = program_.run(TrainProgram::kShort + more);
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
  }
  /// A project with two runs, and the first of them once more as a folder.
  void prepare() const {
    ASSERT_EQ(a2q({"new", "x.a2q"}).exit_code, 0);
    train({"x.a2q"});
    train({"x.a2q", "--accumulator", "12"});
    train({"-o", "out"});
  }

  TrainProgram program_;
};

TEST_F(ProjectModel, GivesWhatTheFolderOfARunGives) {
  prepare();
  const json folder = document({"eval", "out"});
  const json first = document({"eval", "x.a2q", "--run", "run-1"});
  EXPECT_EQ(first["loss"], folder["loss"]);
  EXPECT_NE(document({"eval", "x.a2q"})["loss"], folder["loss"]);
  EXPECT_EQ(document({"certify", "x.a2q", "--run", "1"})["certificate"],
            document({"certify", "out"})["certificate"]);
  ASSERT_EQ(a2q({"export", "out", "-o", "a.npz"}).exit_code, 0);
  ASSERT_EQ(a2q({"export", "x.a2q", "--run", "1", "-o", "b.npz"}).exit_code, 0);
  EXPECT_EQ(program_.read("a.npz"), program_.read("b.npz"));
}

TEST_F(ProjectModel, IsVerifiedCertifiedAndWitnessed) {
  prepare();
  EXPECT_EQ(document({"verify", "x.a2q", "--samples", "20"})["verified"], true);
  const json certified = document({"certify", "x.a2q"});
  EXPECT_EQ(certified["stored_certificate"]["state"], "matches");
  EXPECT_THAT(std::string(certified["file"]), HasSubstr("x.a2q:run-2"));
  EXPECT_EQ(a2q({"witness", "x.a2q", "conv2", "0", "--run", "last"}).exit_code, 0);
}

TEST_F(ProjectModel, ItsStepsAreExported) {
  prepare();
  ASSERT_EQ(a2q({"export", "x.a2q", "-o", "steps.csv", "--series", "steps"}).exit_code, 0);
  const std::string csv = program_.read("steps.csv");
  EXPECT_THAT(csv, HasSubstr("\nrun-1,5,"));
  EXPECT_THAT(csv, HasSubstr("\nrun-2,5,"));
  ASSERT_EQ(
      a2q({"export", "x.a2q", "-o", "steps.json", "--series", "steps", "--run", "1"}).exit_code, 0);
  const json history = json::parse(program_.read("steps.json"));
  EXPECT_EQ(history["runs"][0]["steps"]["rows"].size(), 5U);
}

TEST_F(ProjectModel, ATrainingBeginsFromARun) {
  prepare();
  train({"--from", "x.a2q", "--from-run", "1", "-o", "fine"});
  train({"--from", "out", "-o", "same"});
  EXPECT_EQ(document({"eval", "fine"})["loss"], document({"eval", "same"})["loss"]);
  EXPECT_EQ(program_.run({"--from-run", "1"}).exit_code, 2);
  EXPECT_EQ(program_.run({"--from", "x.a2q", "--from-run", "9"}).exit_code, 2);
}

TEST_F(ProjectModel, ARunIsNamedOnlyInAProject) {
  prepare();
  EXPECT_THAT(a2q({"eval", "out", "--run", "1"}).err, HasSubstr("is no project"));
  const ProgramResult unknown = a2q({"eval", "x.a2q", "--run", "run-7"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("run-1, run-2"));
}

}  // namespace
}  // namespace a2q::testing
