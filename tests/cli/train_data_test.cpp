// SPDX-License-Identifier: GPL-3.0-or-later
// Needs the original files of MNIST; skipped without A2Q_DATA_DIR.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

TEST(TrainMnist, LenetReaches98PerCentWithEveryChannelCertified) {
  const char* const root = std::getenv("A2Q_DATA_DIR");
  if (root == nullptr || *root == '\0') {
    GTEST_SKIP() << "A2Q_DATA_DIR is not set: it names the folder that holds mnist, the original "
                    "IDX files in it.";
  }
  const TrainProgram program;
  const std::string spec = A2Q_PROJECTS_DIR "/lenet_mnist.toml";
  const ProgramResult result = program.run({spec, "--epochs", "5", "--json", "-o", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto document = nlohmann::json::parse(result.out);
  EXPECT_GE(document.at("test_accuracy"), 0.98);
  EXPECT_LE(document.at("epochs"), 5);
  EXPECT_EQ(document.at("safe"), true);
  for (const std::size_t hidden : {1U, 2U}) {
    const auto& layer = document.at("layers").at(hidden);
    EXPECT_EQ(layer.at("method"), "a2q");
    EXPECT_EQ(layer.at("M"), 4);
    EXPECT_EQ(layer.at("N"), 4);
    EXPECT_EQ(layer.at("P"), 12);
    EXPECT_LE(layer.at("smallest_safe_P"), 12);
  }
  const auto certificate = nlohmann::json::parse(program.read("out/certificate.json"));
  for (const auto& layer : certificate.at("layers")) {
    for (const auto& channel : layer.at("channels")) EXPECT_EQ(channel.at("safe"), true);
  }
}

}  // namespace
}  // namespace a2q::testing
