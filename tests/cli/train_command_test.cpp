// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;
using Words = std::vector<std::string>;

class TrainCommand : public ::testing::Test {
 protected:
  [[nodiscard]] ProgramResult sample(const Words& more) const {
    return program_.run(TrainProgram::kShort + more);
  }

  TrainProgram program_;
};

TEST_F(TrainCommand, SampleEndsWithTableAndVerdict) {
  const ProgramResult result = sample({"-o", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(
      result.out,
      AllOf(StartsWith("layer "), HasSubstr("smallest P"), HasSubstr("\nconv1 "),
            HasSubstr("\nconv2 "), HasSubstr("\nfc1 "), HasSubstr("\nfc2 "),
            HasSubstr("Certified: no input can overflow, in 144 of 144 channels"),
            HasSubstr("seed 1: 600 training and 200 test images]"), HasSubstr("Results: out\n")));
  // Progress and nothing else: a line an epoch, no control characters where there is no terminal.
  EXPECT_THAT(result.err, MatchesRegex("epoch 1: loss [^\n\r\x1b]*\n"));
  for (const char* name :
       {"spec.toml", "metrics.csv", "metrics.json", "certificate.json", "weights.safetensors"}) {
    EXPECT_TRUE(fs::is_regular_file(program_.path("out") / name)) << name;
  }
}

TEST_F(TrainCommand, JsonIsOneDocument) {
  const ProgramResult result = sample({"-o", "out", "--json", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-train-1");
  EXPECT_EQ(document.at("state"), "finished");
  EXPECT_EQ(document.at("epochs"), 1);
  EXPECT_EQ(document.at("safe"), true);
  EXPECT_EQ(document.at("certified_channels"), 144);
  EXPECT_EQ(document.at("results"), "out");
  ASSERT_EQ(document.at("layers").size(), 4U);
  const json& layer = document.at("layers").at(1);
  EXPECT_EQ(layer.at("layer"), "conv2");
  EXPECT_EQ(layer.at("K"), 400);
  EXPECT_EQ(layer.at("P"), 16);
  EXPECT_EQ(layer.at("l1_budget"), 2047);
  EXPECT_LE(layer.at("largest_l1"), layer.at("l1_budget"));
  EXPECT_LE(layer.at("smallest_safe_P"), layer.at("P"));
}

TEST_F(TrainCommand, FloatPromisesNothing) {
  const ProgramResult result = sample({"-o", "out", "--method", "float"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("nothing to certify"), Not(HasSubstr("Certified"))));
  const ProgramResult again = sample({"-o", "more", "--method", "float", "--json"});
  EXPECT_TRUE(json::parse(again.out).at("safe").is_null());
}

TEST_F(TrainCommand, QatTellsOfAnOverflow) {
  const ProgramResult result = sample({"-o", "out", "--method", "qat", "--accumulator", "8"});
  EXPECT_EQ(result.exit_code, 1) << "a check failed";
  EXPECT_THAT(result.out, AllOf(HasSubstr("OVERFLOW POSSIBLE"), HasSubstr("would be enough")));
}

TEST_F(TrainCommand, PrintConfigShowsValuesAndTheirOrigin) {
  const ProgramResult result = program_.run({"--print-config", "--seed", "9", "--set",
                                             "training.learning_rate=1e-4", "--accumulator", "14"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(StartsWith("# from the built-in sample\n"),
                                HasSubstr("# training.learning_rate = 1e-4 (from --set)\n"),
                                HasSubstr("# training.seed = 9 (from --seed)\n"),
                                HasSubstr("\nseed = 9\n"), HasSubstr("\naccumulator_bits = 14\n")));
  EXPECT_THAT(result.err, IsEmpty());
  EXPECT_FALSE(fs::exists(program_.path("results"))) << "nothing is written";
  // What is printed is a specification itself.
  const std::string spec = program_.write("spec.toml", result.out);
  const ProgramResult again = program_.run({spec, "--print-config"});
  EXPECT_EQ(again.out.substr(again.out.find("\n\n")), result.out.substr(result.out.find("\n\n")));
}

TEST_F(TrainCommand, FlagsWinOverSettings) {
  const ProgramResult result =
      program_.run({"--print-config", "--seed", "9", "--set", "training.seed=4"});
  EXPECT_THAT(result.out, HasSubstr("\nseed = 9\n"));
}

// At P = 16 inputs of 15 bits leave no weight; together with P = 24 they do, in whatever order.
TEST_F(TrainCommand, SettingsThatNeedEachOtherMayComeInAnyOrder) {
  const Words inputs = {"--set", "quant.activation_bits=15"};
  const Words accumulator = {"--set", "quant.accumulator_bits=24"};
  EXPECT_EQ(program_.run(Words{"--print-config"} + inputs).exit_code, 3);
  for (const Words& both : {inputs + accumulator, accumulator + inputs}) {
    const ProgramResult result = program_.run(Words{"--print-config"} + both);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("\nactivation_bits = 15\n"),
                                  HasSubstr("\naccumulator_bits = 24\n")));
  }
}

TEST_F(TrainCommand, EqualSeedsGiveEqualFiles) {
  const auto weights = [&](const std::string& folder, const std::string& seed) {
    const ProgramResult result = sample({"--seed", seed, "--threads", "2", "-o", folder});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return program_.read(folder + "/weights.safetensors");
  };
  const std::string first = weights("first", "5");
  EXPECT_EQ(first, weights("again", "5"));
  EXPECT_NE(first, weights("other", "6"));
  EXPECT_EQ(program_.read("first/certificate.json"), program_.read("again/certificate.json"));
  EXPECT_EQ(program_.read("first/spec.toml"), program_.read("again/spec.toml"));
}

TEST_F(TrainCommand, ResultFolderRepeatsTheRun) {
  ASSERT_EQ(sample({"--seed", "8", "--threads", "2", "-o", "first"}).exit_code, 0);
  const ProgramResult again = program_.run({"first/spec.toml", "--threads", "2", "-o", "again"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(program_.read("first/weights.safetensors"), program_.read("again/weights.safetensors"));
}

TEST_F(TrainCommand, DefaultFolderStaysUnderResults) {
  const ProgramResult result = sample({"--set", "network.name=../../a b\xc3\xb6"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(program_.path("results"))) {
    names.push_back(entry.path().filename().string());
  }
  ASSERT_EQ(names.size(), 1U);
  EXPECT_THAT(names[0], MatchesRegex("------a-b---[0-9]+-[0-9]+"));
}

TEST_F(TrainCommand, FolderWithSpacesAndUmlauts) {
  const ProgramResult result = sample({"-o", "mit Leerzeichen/Größe"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(fs::exists(program_.path("mit Leerzeichen/Größe/spec.toml")));
}

TEST_F(TrainCommand, LostStandardErrorDoesNotStopATraining) {
  for (const char* lost : {"2>/dev/full", "2>&-", "<&- 2>&-"}) {
    const ProgramResult result =
        runProgram(Words{"sh", "-c", std::string("exec \"$0\" train \"$@\" ") + lost, A2Q_BINARY} +
                       TrainProgram::kShort + Words{"--force", "-o", "out"},
                   {.folder = program_.path("")});
    EXPECT_EQ(result.exit_code, 0) << lost;
    EXPECT_THAT(result.out, HasSubstr("Certified")) << lost;
    EXPECT_THAT(program_.read("out/metrics.csv"), StartsWith("phase,epoch,")) << lost;
  }
}

TEST_F(TrainCommand, LostStandardOutputIsAnErrorAfterTheResultsAreKept) {
  for (const char* lost : {">/dev/full", ">&-"}) {
    const ProgramResult result =
        runProgram(Words{"sh", "-c", std::string("exec \"$0\" train \"$@\" ") + lost, A2Q_BINARY} +
                       TrainProgram::kShort + Words{"--force", "-o", "out"},
                   {.folder = program_.path("")});
    EXPECT_EQ(result.exit_code, 7) << lost;
    EXPECT_THAT(result.err, HasSubstr("A2Q-0702: ")) << lost;
    EXPECT_TRUE(fs::exists(program_.path("out/weights.safetensors"))) << lost;
  }
}

// The whole built-in sample, as a newcomer runs it.
TEST_F(TrainCommand, WholeSampleReaches98PerCent) {
  const ProgramResult result = program_.run({"-o", "out", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json document = json::parse(result.out);
  EXPECT_GE(document.at("test_accuracy"), 0.98);
  EXPECT_EQ(document.at("safe"), true);
}

}  // namespace
}  // namespace a2q::testing
