// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Measurements of the person who runs the tests do not count.
ProgramResult estimate(std::vector<std::string> words, const std::string& data = "/nowhere") {
  words.insert(words.begin(), {A2Q_BINARY, "estimate"});
  return runProgram(std::move(words), {.environment = {"XDG_DATA_HOME=" + data}});
}

std::string sample(const std::string& name) {
  return std::string(A2Q_PROJECTS_DIR) + "/" + name + ".toml";
}

json estimateJson(std::vector<std::string> words) {
  words.emplace_back("--json");
  const ProgramResult result = estimate(std::move(words));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-estimate-1");
  return document;
}

TEST(EstimateCommand, ShowsLayersPoliciesAndSources) {
  const ProgramResult result = estimate({});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("lenet_digits on XC7Z020"), HasSubstr("conv2"),
                    HasSubstr("Bottleneck: "), HasSubstr("fixed32"), HasSubstr("fitted to "),
                    HasSubstr("Yosys 0.23"), HasSubstr("policy minimised needs trained weights")));
}

TEST(EstimateCommand, ThePublishedModelTellsHowFarItWasOff) {
  const ProgramResult result = estimate({"--model", "finn"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("synthesis was seen from"));
}

TEST(EstimateCommand, DamagedMeasurementsOfYourOwnAreNamed) {
  const auto data = std::filesystem::temp_directory_path() / "a2q-estimate-data";
  std::filesystem::create_directories(data / "a2q" / "calibration");
  std::ofstream(data / "a2q" / "calibration" / "gowin.csv")
      << "# family gowin\n# tool mine\nheld_out,lut,ff,bram,dsp,block\n1,2\n";
  const ProgramResult result = estimate({"--device", "tang-nano-9k"}, data.string());
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, AllOf(HasSubstr("gowin.csv, line 4"), HasSubstr("a2q calibrate")));
  std::filesystem::remove_all(data);
}

TEST(EstimateCommand, FixedAccumulatorsReallyCostMore) {
  const json document = estimateJson({sample("lenet_mnist"), "--device", "arty-a7-100t"});
  EXPECT_EQ(document.at("device"), "xc7a100t");
  EXPECT_EQ(document.at("policy"), "a2q");
  const json& policies = document.at("policies");
  ASSERT_EQ(policies.size(), 4U);
  const auto lut = [&](int i) {
    return policies.at(i).at("same_folding").at("resources").at("lut").get<double>();
  };
  EXPECT_EQ(policies.at(0).at("policy"), "fixed32");
  EXPECT_GT(lut(0), lut(1));
  EXPECT_GE(lut(1), lut(3));
  EXPECT_TRUE(policies.at(2).at("own_folding").is_null());
  EXPECT_EQ(document.at("totals").at("lut"), 63400);
}

TEST(EstimateCommand, ARateWithTheLeastArea) {
  const std::vector<std::string> fast = {sample("lenet_mnist"), "--policy", "datatype", "--clock",
                                         "100"};
  const json highest = estimateJson(fast);
  auto words = fast;
  words.insert(words.end(), {"--fps", "500"});
  const json slow = estimateJson(words);
  EXPECT_EQ(slow.at("clock_hz"), 100e6);
  EXPECT_GE(slow.at("plan").at("samples_per_second"), 500);
  EXPECT_LT(slow.at("plan").at("resources").at("lut"),
            highest.at("plan").at("resources").at("lut"));
}

TEST(EstimateCommand, FoldingsAreTakenAndWritten) {
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-folding.toml";
  std::filesystem::remove(path);
  const json first = estimateJson({sample("lenet_mnist"), "--policy", "datatype", "--set-folding",
                                   "conv2=4,2", "-o", path.string()});
  const json& conv2 = first.at("layers").at(2);
  EXPECT_EQ(conv2.at("layer"), "conv2");
  EXPECT_EQ(conv2.at("pe"), 4);
  EXPECT_EQ(conv2.at("simd"), 2);
  EXPECT_EQ(conv2.at("cycles"), 32 / 4 * 400 / 2 * 100);
  const json again =
      estimateJson({sample("lenet_mnist"), "--policy", "datatype", "--folding", path.string()});
  EXPECT_EQ(again.at("plan").at("interval_cycles"), first.at("plan").at("interval_cycles"));
  const ProgramResult twice = estimate({sample("lenet_mnist"), "-o", path.string()});
  EXPECT_EQ(twice.exit_code, 7);
  EXPECT_THAT(twice.err, HasSubstr("--force"));
  std::filesystem::remove(path);
}

TEST(EstimateCommand, ALayerWithoutABlockIsNamed) {
  std::ifstream in(sample("lenet_mnist"));
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::string filters = "filters = 32\n";
  const auto at = text.find(filters);
  ASSERT_NE(at, std::string::npos);
  text.insert(at, "groups = 2\n");
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-grouped.toml";
  std::ofstream(path) << text;
  const ProgramResult result = estimate({path.string()});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, HasSubstr("layer 'conv2' has no hardware block yet"));
  EXPECT_THAT(result.out, IsEmpty());
  std::filesystem::remove(path);
}

TEST(EstimateCommand, ANetworkWithNothingToBuildIsRefused) {
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-nothing.toml";
  std::ofstream(path) << R"([network]
name = "nothing"
[[layer]]
name = "in"
kind = "input"
shape = [1, 28, 28]
bits = 8
[[layer]]
name = "flat"
kind = "flatten"
[[layer]]
name = "out"
kind = "output"
[quant]
method = "a2q"
weight_bits = 4
activation_bits = 4
accumulator_bits = 12
[data]
set = "mnist"
)";
  const ProgramResult result = estimate({path.string()});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_THAT(result.err, AllOf(HasSubstr("A2Q-0224: the network has no layer to build"),
                                HasSubstr("do:  Add a layer")));
  EXPECT_THAT(result.out, IsEmpty());
  std::filesystem::remove(path);
}

TEST(EstimateCommand, TheClockFollowsFromTheSlowestPath) {
  const json document = estimateJson({sample("optdigits_tfc"), "--device", "icebreaker",
                                      "--utilisation", "100", "--policy", "a2q"});
  const json& clock = document.at("plan").at("clock");
  EXPECT_EQ(document.at("clock_hz"), clock.at("hz"));
  EXPECT_LT(clock.at("low_hz"), clock.at("hz"));
  EXPECT_GT(clock.at("high_hz"), clock.at("hz"));
  EXPECT_GT(clock.at("hz"), 5e6);
  EXPECT_LT(clock.at("hz"), 60e6);
  EXPECT_THAT(clock.at("source").get<std::string>(), HasSubstr("nextpnr-ice40"));
  EXPECT_FALSE(clock.at("path").get<std::string>().empty());
}

TEST(EstimateCommand, EnlargingNetworksHaveADesign) {
  for (const char* name : {"espcn_bsd300", "unet_bsd300"}) {
    const json document = estimateJson({sample(name), "--device", "xc7z020"});
    EXPECT_GT(document.at("plan").at("samples_per_second"), 100) << name;
    EXPECT_EQ(document.at("policies").size(), 4U);
  }
}

struct Fault {
  std::vector<std::string> words;
  int exit_code;
  const char* text;
};

TEST(EstimateCommand, FaultsAreNamed) {
  for (const Fault& fault :
       {Fault{{"--device", "icebraker"}, 2, "Did you mean 'icebreaker'?"},
        Fault{{"--set-folding", "conv2=5"}, 2, "The nearest legal value is 4 or 8"},
        Fault{{"--set-folding", "conv22=4"}, 2, "Did you mean 'conv2'?"},
        Fault{{"--utilisation", "101"}, 2, "at most 100"}, Fault{{"--fps", "0"}, 2, "more than 0"},
        Fault{{"--policy", "minimised"}, 2, "trained weights"},
        Fault{{"--device", "ice40hx1k"}, 1, "smallest device that holds it"},
        Fault{{"/nowhere.toml"}, 7, "A2Q-0701"}}) {
    const ProgramResult result = estimate(fault.words);
    EXPECT_EQ(result.exit_code, fault.exit_code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(fault.text));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

}  // namespace
}  // namespace a2q::testing
