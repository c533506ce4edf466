// SPDX-License-Identifier: GPL-3.0-or-later
// Export of a short run with the built program, as its user would.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ExportCommand : public ::testing::Test {
 protected:
  [[nodiscard]] ProgramResult a2q(std::vector<std::string> words) const {
    return runProgram(std::vector<std::string>{A2Q_BINARY, "export"} + words,
                      {.folder = program_.path("."), .limit = std::chrono::seconds(300)});
  }
  void train(const std::vector<std::string>& more = {}) const {
    const ProgramResult trained =
        program_.run(TrainProgram::kShort + std::vector<std::string>{"-o", "out"} + more);
    ASSERT_EQ(trained.exit_code, 0) << trained.err;
  }

  TrainProgram program_;
};

TEST_F(ExportCommand, WritesBothFormatsAndTellsWhatIsInThem) {
  train();
  const ProgramResult npz = a2q({"out", "-o", "net.npz", "--json"});
  ASSERT_EQ(npz.exit_code, 0) << npz.err;
  const json report = json::parse(npz.out);
  EXPECT_EQ(report["schema"], "a2q-export-1");
  EXPECT_EQ(report["format"], "npz");
  EXPECT_EQ(report["bytes"], fs::file_size(program_.path("net.npz")));
  EXPECT_THAT(program_.read("net.npz"), StartsWith("PK"));
  EXPECT_THAT(program_.read("net.npz"), HasSubstr("a2q-integer-network-1"));

  const ProgramResult qonnx = a2q({"out", "--format", "qonnx", "-o", "net.bin"});
  ASSERT_EQ(qonnx.exit_code, 0) << qonnx.err;
  EXPECT_THAT(qonnx.out, HasSubstr("conv1.weights"));
  EXPECT_THAT(program_.read("net.bin"), HasSubstr("MultiThreshold"));

  ASSERT_EQ(a2q({"out/weights.safetensors", "-o", "again.npz"}).exit_code, 0);
  EXPECT_EQ(program_.read("again.npz"), program_.read("net.npz"));
}

TEST_F(ExportCommand, OverwritesNothingUnasked) {
  train();
  program_.write("net.npz", "mine");
  const ProgramResult refused = a2q({"out", "-o", "net.npz"});
  EXPECT_EQ(refused.exit_code, 7);
  EXPECT_THAT(refused.err, HasSubstr("A2Q-0703"));
  EXPECT_EQ(program_.read("net.npz"), "mine");
  EXPECT_EQ(a2q({"out", "-o", "net.npz", "--force"}).exit_code, 0);
  EXPECT_THAT(program_.read("net.npz"), StartsWith("PK"));
}

TEST_F(ExportCommand, MistakesLeaveNoFile) {
  EXPECT_EQ(a2q({"nowhere", "-o", "net.npz"}).exit_code, 7);
  EXPECT_EQ(a2q({"nowhere", "-o", "net.bin"}).exit_code, 2);
  EXPECT_EQ(a2q({"nowhere", "-o", "net.npz", "--format", "hdf5"}).exit_code, 2);
  train({"--method", "float"});
  EXPECT_EQ(a2q({"out", "-o", "net.npz"}).exit_code, 3);
  EXPECT_FALSE(fs::exists(program_.path("net.npz")));
}

}  // namespace
}  // namespace a2q::testing
