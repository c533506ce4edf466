// SPDX-License-Identifier: GPL-3.0-or-later
// Stop, resume, look at and evaluate runs with the built program, as its user would.
#include <gmock/gmock.h>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

const std::vector<std::string> kFourEpochs = {
    "--epochs", "4", "--set", "data.train_samples=600", "--set", "data.test_samples=200"};

class RunCommands : public ::testing::Test {
 protected:
  /// Another command in the same folder.
  [[nodiscard]] ProgramResult a2q(std::vector<std::string> words) const {
    return runProgram(std::vector<std::string>{A2Q_BINARY} + words,
                      {.folder = program_.path("."), .limit = std::chrono::seconds(300)});
  }
  [[nodiscard]] std::vector<json> events(const std::string& name) const {
    std::ifstream file(program_.path(name));
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
  }
  [[nodiscard]] static std::int64_t count(const std::vector<json>& lines,
                                          const std::string& event) {
    return std::count_if(lines.begin(), lines.end(),
                         [&](const json& line) { return line.at("event") == event; });
  }

  TrainProgram program_;
};

TEST_F(RunCommands, AKilledRunGoesOnToTheSameBytes) {
  const ProgramResult whole = program_.run(kFourEpochs + std::vector<std::string>{"-o", "whole"});
  ASSERT_EQ(whole.exit_code, 0) << whole.err;
  RunningProgram killed = program_.start(kFourEpochs + std::vector<std::string>{"-o", "killed"});
  ASSERT_TRUE(killed.waitFor("epoch 2: "));
  const fs::path checkpoint = program_.path("killed/checkpoint.safetensors");
  for (int i = 0; i < 1000 && !fs::exists(checkpoint); ++i) usleep(10'000);
  killed.sendSignal(SIGKILL);
  EXPECT_EQ(killed.finish().exit_code, 128 + SIGKILL);
  ASSERT_FALSE(fs::exists(program_.path("killed/weights.safetensors")));

  const ProgramResult info = a2q({"info", "killed"});
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("Checkpoint: next is batch 1 of epoch"));

  const ProgramResult resumed = a2q({"resume", "killed"});
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_THAT(resumed.err, HasSubstr("Going on with epoch"));
  EXPECT_EQ(program_.read("killed/weights.safetensors"),
            program_.read("whole/weights.safetensors"));
  EXPECT_EQ(program_.read("killed/certificate.json"), program_.read("whole/certificate.json"));
}

TEST_F(RunCommands, AStoppedRunSaysHowToGoOn) {
  RunningProgram running = program_.start({"--epochs", "1000", "--set", "data.train_samples=600",
                                           "--set", "data.test_samples=200", "-o", "out"});
  ASSERT_TRUE(running.waitFor("epoch 1: "));
  running.sendSignal(SIGTERM);
  const ProgramResult stopped = running.finish();
  EXPECT_EQ(stopped.exit_code, 143);
  EXPECT_THAT(stopped.err, HasSubstr("a2q resume 'out'"));
  const ProgramResult resumed = a2q({"resume", "out", "--epochs", "1"});
  EXPECT_EQ(resumed.exit_code, 2);
  EXPECT_THAT(resumed.err, HasSubstr("is finished"));
}

// A signal while scales and statistics are measured must not leave half of them behind.
TEST_F(RunCommands, AStopBetweenThePhasesGoesOnToTheSameBytes) {
  const std::vector<std::string> recipe = {"--epochs",       "1",
                                           "--float-epochs", "1",
                                           "--set",          "data.train_samples=600",
                                           "--set",          "data.test_samples=100",
                                           "--set",          "training.batch_size=8"};
  ASSERT_EQ(program_.run(recipe + std::vector<std::string>{"-o", "whole"}).exit_code, 0);
  RunningProgram running = program_.start(recipe + std::vector<std::string>{"-o", "out"});
  ASSERT_TRUE(running.waitFor("float epoch 1: "));
  running.sendSignal(SIGTERM);
  EXPECT_EQ(running.finish().exit_code, 143);
  const ProgramResult resumed = a2q({"resume", "out"});
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_EQ(program_.read("out/weights.safetensors"), program_.read("whole/weights.safetensors"));
}

TEST_F(RunCommands, ResumeWritesTheResultsAKillTookAway) {
  ASSERT_EQ(program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out"}).exit_code,
            0);
  const std::string weights = program_.read("out/weights.safetensors");
  fs::remove(program_.path("out/weights.safetensors"));
  fs::remove(program_.path("out/certificate.json"));
  const ProgramResult resumed = a2q({"resume", "out"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_EQ(program_.read("out/weights.safetensors"), weights);
  EXPECT_TRUE(fs::exists(program_.path("out/certificate.json")));
}

TEST_F(RunCommands, DamageIsNoticed) {
  ASSERT_EQ(program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out"}).exit_code,
            0);
  for (const char* name : {"out/checkpoint.safetensors", "out/weights.safetensors"}) {
    std::string bytes = program_.read(name);
    bytes[bytes.size() - 100] = static_cast<char>(bytes[bytes.size() - 100] ^ 1);
    program_.write("damaged.safetensors", bytes);
    const ProgramResult evaluated = a2q({"eval", "damaged.safetensors"});
    EXPECT_EQ(evaluated.exit_code, 3);
    EXPECT_THAT(evaluated.err, HasSubstr("is damaged"));
  }
}

TEST_F(RunCommands, APipeWithoutAReaderIsAnError) {
  ASSERT_EQ(::mkfifo(program_.path("pipe").c_str(), 0600), 0);
  const ProgramResult result = program_.run(
      TrainProgram::kShort + std::vector<std::string>{"-o", "out", "--events", "pipe"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("nobody reads this pipe"));
}

TEST_F(RunCommands, TwoCannotTrainIntoOneFolder) {
  RunningProgram running = program_.start({"--epochs", "1000", "--set", "data.train_samples=600",
                                           "--set", "data.test_samples=200", "-o", "out"});
  ASSERT_TRUE(running.waitFor("epoch 1: "));
  for (int i = 0; i < 1000 && !fs::exists(program_.path("out/checkpoint.safetensors")); ++i) {
    usleep(10'000);
  }
  const ProgramResult second = a2q({"resume", "out"});
  EXPECT_EQ(second.exit_code, 7);
  EXPECT_THAT(second.err, HasSubstr("another process trains into 'out'"));
  running.sendSignal(SIGTERM);
  EXPECT_EQ(running.finish().exit_code, 143);
}

TEST_F(RunCommands, SaturatedInputsAreTold) {
  const ProgramResult result = program_.run(
      TrainProgram::kShort + std::vector<std::string>{"-o", "out", "--set", "layer.image.bits=4"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("The input layer saturates"));
  EXPECT_THAT(result.err, HasSubstr("A step of 17"));
}

TEST_F(RunCommands, ResumeRefusesWhatItCannotChange) {
  ASSERT_EQ(program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out"}).exit_code,
            0);
  for (const char* setting : {"quant.weight_bits=3", "training.seed=9", "training.batch_size=7"}) {
    const ProgramResult refused = a2q({"resume", "out", "--epochs", "2", "--set", setting});
    EXPECT_EQ(refused.exit_code, 2) << setting;
    EXPECT_THAT(refused.err, HasSubstr("cannot change at a resume"));
  }
  const ProgramResult longer =
      a2q({"resume", "out", "--epochs", "2", "--set", "training.learning_rate=1e-4"});
  EXPECT_EQ(longer.exit_code, 0) << longer.err;
  EXPECT_EQ(json::parse(program_.read("out/metrics.json")).at("epochs").size(), 2U);
  EXPECT_EQ(a2q({"resume", "nowhere"}).exit_code, 7);
}

TEST_F(RunCommands, EventsTellEverything) {
  const ProgramResult result = program_.run(
      {"--epochs", "2", "--float-epochs", "1", "--set", "data.train_samples=600", "--set",
       "data.test_samples=200", "-o", "out", "--events", "events.jsonl", "--tensorboard", "board"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::vector<json> lines = events("events.jsonl");
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines.front().at("schema"), "a2q-events-1");
  EXPECT_EQ(lines.back().at("event"), "end");
  EXPECT_EQ(lines.back().at("state"), "finished");
  EXPECT_EQ(lines.back().at("safe"), true);
  EXPECT_EQ(count(lines, "step"), 15);  // 600 samples, 128 a batch, three epochs
  EXPECT_EQ(count(lines, "epoch"), 3);
  EXPECT_GE(count(lines, "snapshot"), 2);
  EXPECT_GE(count(lines, "checkpoint"), 4);
  for (const json& line : lines) {
    if (line.at("event") != "snapshot" || line.at("layers").empty()) continue;
    const json& layer = line.at("layers").at(1);
    std::int64_t weights = 0;
    for (const json& bin : layer.at("levels")) weights += bin.get<std::int64_t>();
    EXPECT_EQ(weights,
              layer.at("K").get<std::int64_t>() * static_cast<std::int64_t>(layer.at("l1").size()));
    EXPECT_EQ(layer.at("levels").at(7), layer.at("zeros")) << "the middle of 15 levels is zero";
  }
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(program_.path("board"))) {
    ++files;
    EXPECT_THAT(entry.path().filename().string(), HasSubstr("tfevents"));
    EXPECT_GT(fs::file_size(entry.path()), 1000U);
  }
  EXPECT_EQ(files, 1U);
  const std::string steps = program_.read("out/steps.csv");
  EXPECT_EQ(std::count(steps.begin(), steps.end(), '\n'), 16);
}

TEST_F(RunCommands, EvalRepeatsTheTestOfTheTraining) {
  const ProgramResult trained =
      program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out", "--json"});
  ASSERT_EQ(trained.exit_code, 0) << trained.err;
  const double accuracy = json::parse(trained.out).at("test_accuracy");
  const auto evaluated = [&](std::vector<std::string> words) {
    const ProgramResult result = a2q(std::vector<std::string>{"eval", "out", "--json"} + words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
  };
  EXPECT_EQ(evaluated({}).at("accuracy"), accuracy);
  EXPECT_EQ(evaluated({}).at("samples"), 200);
  EXPECT_EQ(evaluated({"--split", "train"}).at("part"), "train");
  EXPECT_EQ(evaluated({"--accumulator", "16"}).at("overflows"), 0);
  EXPECT_GT(evaluated({"--accumulator", "8"}).at("overflows"), 0);
  EXPECT_EQ(evaluated({"--float"}).at("arithmetic"), "float weights");
  EXPECT_EQ(a2q({"eval", "out", "--float", "--accumulator", "8"}).exit_code, 2);
  EXPECT_EQ(a2q({"eval", "nowhere"}).exit_code, 7);
  program_.write("bad.safetensors", "no tensors here");
  EXPECT_EQ(a2q({"eval", "bad.safetensors"}).exit_code, 3);
}

TEST_F(RunCommands, IntegersAreVerifiedAndEvaluated) {
  ASSERT_EQ(program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out"}).exit_code,
            0);
  const ProgramResult verified = a2q({"verify", "out", "--json"});
  ASSERT_EQ(verified.exit_code, 0) << verified.err;
  const json report = json::parse(verified.out);
  EXPECT_EQ(report.at("schema"), "a2q-verify-1");
  EXPECT_EQ(report.at("verified"), true);
  EXPECT_GE(report.at("samples"), 200);
  for (const json& layer : report.at("layers")) EXPECT_EQ(layer.at("mismatches"), 0) << layer;

  const auto integers = [&](std::vector<std::string> words) {
    const ProgramResult result = a2q(std::vector<std::string>{"eval", "out", "--json"} + words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
  };
  const json fast = integers({"--integer"});
  const json reference = integers({"--engine", "reference"});
  EXPECT_EQ(fast.at("loss"), reference.at("loss"));
  EXPECT_EQ(fast.at("accuracy"), integers({"--overflow", "saturate"}).at("accuracy"));

  // Too narrow an accumulator breaks the agreement, and the place is named.
  const ProgramResult narrow = a2q({"verify", "out", "--accumulator", "5", "--samples", "20"});
  EXPECT_EQ(narrow.exit_code, 1) << narrow.err;
  EXPECT_THAT(narrow.out, HasSubstr("First mismatch: layer "));
  EXPECT_EQ(a2q({"verify", "out", "--accumulator", "5", "--engine", "fast"}).exit_code, 2);
}

TEST_F(RunCommands, AFloatNetworkHasNoIntegersToVerify) {
  ASSERT_EQ(
      program_
          .run(TrainProgram::kShort + std::vector<std::string>{"-o", "float", "--method", "float"})
          .exit_code,
      0);
  const ProgramResult verified = a2q({"verify", "float"});
  EXPECT_EQ(verified.exit_code, 3);
  EXPECT_THAT(verified.err, HasSubstr("a float network has no integers"));
}

TEST_F(RunCommands, FloatWeightsOfARunStartAnother) {
  ASSERT_EQ(
      program_
          .run(TrainProgram::kShort + std::vector<std::string>{"-o", "float", "--method", "float"})
          .exit_code,
      0);
  const ProgramResult tuned =
      program_.run(TrainProgram::kShort +
                   std::vector<std::string>{"-o", "tuned", "--from", "float/weights.safetensors"});
  EXPECT_EQ(tuned.exit_code, 0) << tuned.err;
  EXPECT_THAT(tuned.err, HasSubstr("tensors have the names of this network"));
  const ProgramResult missing = program_.run({"--from", "nowhere.pt"});
  EXPECT_EQ(missing.exit_code, 7) << missing.err;
}

TEST_F(RunCommands, InfoShowsASpecification) {
  const std::string spec = std::string(A2Q_PROJECTS_DIR) + "/resnet18_cifar.toml";
  const ProgramResult text = a2q({"info", spec});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("11173962 parameters"));
  const ProgramResult document = a2q({"info", spec, "--json"});
  EXPECT_EQ(json::parse(document.out).at("schema"), "a2q-info-1");
}

}  // namespace
}  // namespace a2q::testing
