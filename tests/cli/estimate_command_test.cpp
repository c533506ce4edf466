// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

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
  const ProgramResult four =
      estimate({sample("optdigits_tfc"), "--model", "finn", "--device", "ulx3s-85f"});
  EXPECT_EQ(four.exit_code, 0) << four.err;
  EXPECT_THAT(four.out, HasSubstr("no error is known for look-up tables of 4 inputs"));
}

TEST(EstimateCommand, WhatAModelDoesNotKnowIsNull) {
  const json finn = estimateJson({"--model", "finn"});
  EXPECT_TRUE(finn.at("plan").at("resources").at("ff").is_null());
  EXPECT_TRUE(finn.at("plan").at("high").at("ff").is_null());
  for (const json& layer : finn.at("layers")) EXPECT_TRUE(layer.at("resources").at("ff").is_null());
  EXPECT_EQ(finn.at("totals").at("ff"), 106400);
  EXPECT_GT(estimateJson({}).at("plan").at("resources").at("ff"), 0);
}

TEST(EstimateCommand, TheTableSpeaksAsTheFoldingFileDoes) {
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-words.toml";
  std::ofstream(path) << "[layer.conv1]\nthresholds = \"binary_search\"\n";
  const ProgramResult result = estimate({"--folding", path.string()});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("  binary_search"));
  std::ofstream(path) << "[layer.conv1]\nthresholds = \"search\"\n";
  const ProgramResult other = estimate({"--folding", path.string()});
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, HasSubstr("Did you mean 'binary_search'?"));
  std::filesystem::remove(path);
}

TEST(EstimateCommand, WhatALayerDoesNotHaveCannotBeChosen) {
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-choices.toml";
  const std::vector<std::pair<std::string, std::string>> faults = {
      {"pool1", "weights = \"block\""},
      {"image", "weights = \"logic\""},
      {"fc2", "thresholds = \"parallel\""}};
  for (const auto& [layer, line] : faults) {
    std::ofstream(path) << "[layer." << layer << "]\n" << line << "\n";
    const ProgramResult result = estimate({"--folding", path.string()});
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_THAT(result.err, AllOf(HasSubstr("'" + line.substr(0, line.find(' ')) + "'"),
                                  HasSubstr("layer '" + layer + "'")));
  }
  std::filesystem::remove(path);
}

TEST(EstimateCommand, AreaOnIce40IsCalledWhatItIs) {
  const ProgramResult result = estimate({sample("optdigits_tfc"), "--device", "icebreaker",
                                         "--utilisation", "99.5", "--policy", "a2q"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("  LC  "), HasSubstr("own folding: LC"),
                                Not(HasSubstr("LUT")), HasSubstr("99.5 % may be used")));
}

/// The specification of a network of one layer.
std::string networkWith(const std::string& layer) {
  return R"([network]
name = "one"
[[layer]]
name = "in"
kind = "input"
shape = [1, 28, 28]
bits = 8
[[layer]]
name = "between"
)" + layer +
         R"(
[[layer]]
name = "out"
kind = "output"
[quant]
method = "a2q"
weight_bits = 4
activation_bits = 4
accumulator_bits = 16
[data]
set = "mnist"
)";
}

TEST(EstimateCommand, A2qIsNamedWhereItApplies) {
  EXPECT_THAT(estimate({}).out, HasSubstr("a2q here is the target P"));
  const auto path = std::filesystem::temp_directory_path() / "a2q-estimate-one.toml";
  std::ofstream(path) << networkWith("kind = \"linear\"\nfeatures = 4");
  const ProgramResult one = estimate({path.string()});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_THAT(one.out,
              AllOf(HasSubstr("the exact range is not known."), Not(HasSubstr("a2q here is"))));
  std::filesystem::remove(path);
}

TEST(EstimateCommand, AToolThatDoesNotTellItsVersionIsStoppedAtOnce) {
  const auto folder = std::filesystem::temp_directory_path() / "a2q-estimate-tools";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "yosys") << "#!/bin/sh\necho $$ > " << (folder / "asked").string()
                                  << "\nexec sleep 1000\n";
  std::filesystem::permissions(folder / "yosys", std::filesystem::perms::owner_all);
  const auto asked = [&] {
    std::ifstream in(folder / "asked");
    int number = 0;
    in >> number;
    return number;
  };
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    std::filesystem::remove(folder / "asked");
    RunningProgram program(
        {A2Q_BINARY, "estimate", "--verify"},
        {.environment = {"XDG_DATA_HOME=/nowhere", "PATH=" + folder.string() + ":/usr/bin:/bin"},
         .limit = std::chrono::seconds(15)});
    for (int i = 0; i < 1000 && asked() == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_GT(asked(), 0);
    program.sendSignal(signal);
    const ProgramResult result = program.finish();
    EXPECT_FALSE(result.timed_out);
    EXPECT_EQ(result.exit_code, 128 + signal) << result.err;
    for (int i = 0; i < 1000 && ::kill(asked(), 0) == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_NE(::kill(asked(), 0), 0);
  }
  std::filesystem::remove_all(folder);
}

TEST(DevicesCommand, ListsDevicesAndBoards) {
  const ProgramResult text = runProgram({A2Q_BINARY, "devices"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("ice40up5k"), HasSubstr("icebreaker"),
                              HasSubstr("arty-a7-35t"), HasSubstr("lfe5u-85f")));
  const ProgramResult result = runProgram({A2Q_BINARY, "devices", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-devices-1");
  EXPECT_GE(document.at("devices").size(), 10U);
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
  std::ofstream(path) << networkWith("kind = \"flatten\"");
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
        Fault{{"--device", "arty"}, 2, "Did you mean 'arty-a7-35t'?"},
        Fault{{"--device", "artya7"}, 2, "Did you mean 'arty-a7-35t'?"},
        Fault{{"--policy", "mini"}, 2, "did you mean 'minimised'?"},
        Fault{{"--model", "finm"}, 2, "did you mean 'finn'?"},
        Fault{{"--clock", "1e308"}, 2, "from 0.001 to 2000 MHz"},
        Fault{{"--clock", "100000"}, 2, "from 0.001 to 2000 MHz"},
        Fault{{"--clock", "-1"}, 2, "from 0.001 to 2000 MHz"},
        Fault{{"--folding", "/tmp"}, 7, "it is a folder"},
        Fault{{"--run", "last"}, 2, "the sample is a specification"},
        Fault{{sample("lenet_mnist"), "--run", "last"}, 2, "is a specification, which has no runs"},
        Fault{{"--jobs", "2"}, 2, "without --verify"},
        Fault{{"--fps", "-1"}, 2, "Give --fps a number above 0."},
        Fault{{"--utilisation", "101"}, 2, "at most 100"},
        Fault{{"--fps", "0"}, 2, "more than 0"},
        Fault{{"--policy", "minimised"}, 2, "trained weights"},
        Fault{{"--device", "ice40hx1k"}, 1, "smallest other device found to hold it"},
        Fault{{"/nowhere.toml"}, 7, "A2Q-0701"}}) {
    const ProgramResult result = estimate(fault.words);
    EXPECT_EQ(result.exit_code, fault.exit_code) << result.err;
    EXPECT_THAT(result.err, HasSubstr(fault.text));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

}  // namespace
}  // namespace a2q::testing
