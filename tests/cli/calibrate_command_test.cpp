// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// With a home of its own: measurements of the person who runs the tests do not count.
class CalibrateCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    auto name = (fs::temp_directory_path() / "a2q-calibrate-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    home_ = name;
  }
  void TearDown() override { fs::remove_all(home_); }

  [[nodiscard]] ProgramResult run(std::vector<std::string> words,
                                  const std::string& path = "/usr/bin:/bin") const {
    words.insert(words.begin(), A2Q_BINARY);
    return runProgram(std::move(words),
                      {.environment = {"XDG_DATA_HOME=" + home_.string(),
                                       "XDG_CACHE_HOME=" + home_.string(), "PATH=" + path}});
  }

  /// Measurements of a person's own.
  void measured(const std::string& family, const std::string& text) const {
    const fs::path folder = home_ / "a2q" / "calibration";
    fs::create_directories(folder);
    std::ofstream(folder / (family + ".csv")) << text;
  }

  fs::path home_;
};

TEST_F(CalibrateCommand, ReportsTheErrorsOnWhatTheModelNeverSaw) {
  const ProgramResult result = run({"calibrate", "--family", "ice40", "--report"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("ice40 with Yosys 0.23"), HasSubstr("held out"),
                                HasSubstr("MVAU"), HasSubstr("depthwise unit")));
}

TEST_F(CalibrateCommand, TheShippedModelsAreNoWorseThanTheyAre) {
  for (const char* family : {"ice40", "ecp5", "xc7", "gowin"}) {
    const ProgramResult result = run({"calibrate", "--family", family, "--report", "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const auto document = nlohmann::json::parse(result.out);
    EXPECT_EQ(document.at("schema"), "a2q-calibration-1");
    ASSERT_EQ(document.at("blocks").size(), 12U);
    for (const auto& block : document.at("blocks")) {
      const auto& lut = block.at("lut");
      EXPECT_GT(lut.at("held_out").at("blocks"), 0) << family << block;
      // Where nearly all weights are zero, Yosys takes other memories than the rule says.
      const auto others = block.at("other_memories").get<double>();
      const double most = block.at("block") == "MVAU" ? 0.02 : 0;
      EXPECT_LE(others, most * block.at("measured").get<double>()) << family << block;
      EXPECT_LT(lut.at("fitted").at("median"), 0.05) << family << block;
      EXPECT_LT(lut.at("held_out").at("median"), 0.075) << family << block;
      EXPECT_LT(block.at("ff").at("held_out").at("median"), 0.06) << family << block;
      EXPECT_LE(lut.at("interval").at(0), 1) << family << block;
      EXPECT_GE(lut.at("interval").at(1), 1) << family << block;
    }
  }
}

TEST_F(CalibrateCommand, EstimatesUseIt) {
  const std::string network = std::string(A2Q_PROJECTS_DIR) + "/optdigits_tfc.toml";
  const ProgramResult result =
      run({"estimate", network, "--device", "icebreaker", "--model", "calibrated", "--fps", "100",
           "--utilisation", "100", "--policy", "a2q", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto plan = nlohmann::json::parse(result.out).at("plan");
  EXPECT_GT(plan.at("resources").at("ff"), 0);
  EXPECT_LE(plan.at("low").at("lut"), plan.at("resources").at("lut"));
  EXPECT_GE(plan.at("high").at("lut"), plan.at("resources").at("lut"));
  EXPECT_THAT(plan.at("source").get<std::string>(), HasSubstr("fitted to 528 blocks"));
}

TEST_F(CalibrateCommand, MeasurementsOfYourOwnTakePrecedence) {
  measured("gowin",
           "# family gowin\n# tool a tool of mine\nheld_out,lut,ff,bram,dsp,block\n"
           "0,20,18,0,0,fork width=16\n0,12,10,0,0,fork width=8\n");
  const ProgramResult result = run({"calibrate", "--family", "gowin", "--report"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("gowin with a tool of mine"));
}

TEST_F(CalibrateCommand, ADamagedFileIsNamedWithItsLine) {
  measured("gowin", "# family gowin\n# tool mine\nheld_out,lut,ff,bram,dsp,block\n1,2\n");
  const ProgramResult result = run({"calibrate", "--family", "gowin", "--report"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, AllOf(HasSubstr("gowin.csv, line 4"), HasSubstr("a2q calibrate")));
  EXPECT_THAT(result.out, IsEmpty());
}

TEST_F(CalibrateCommand, WithoutYosysItSaysWhatToInstall) {
  const ProgramResult calibrate = run({"calibrate", "--family", "ice40"}, home_.string());
  EXPECT_EQ(calibrate.exit_code, 4);
  EXPECT_THAT(calibrate.err, AllOf(HasSubstr("yosys"), HasSubstr("apt")));
  const ProgramResult verify = run({"estimate", "--verify"}, home_.string());
  EXPECT_EQ(verify.exit_code, 4);
  EXPECT_THAT(verify.err, HasSubstr("yosys"));
  EXPECT_THAT(verify.out, IsEmpty());
}

TEST_F(CalibrateCommand, ReportsTheDelaysOfPlacedBlocks) {
  const ProgramResult text = run({"calibrate", "--clocks", "icebreaker", "--report"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("ice40up5k with"), HasSubstr("ns a carry")));
  const ProgramResult json = run({"calibrate", "--clocks", "ice40hx8k", "--report", "--json"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  const auto document = nlohmann::json::parse(json.out);
  EXPECT_EQ(document.at("schema"), "a2q-clocks-1");
  EXPECT_GT(document.at("level_ns"), document.at("carry_ns"));
}

TEST_F(CalibrateCommand, TakesAFamilyOrADevice) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"calibrate"}, {"calibrate", "--family", "ice40", "--clocks", "icebreaker"}}) {
    const ProgramResult result = run(words);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("--family"), HasSubstr("--clocks")));
  }
  const ProgramResult unplaced = run({"calibrate", "--clocks", "arty-a7-35t"});
  EXPECT_EQ(unplaced.exit_code, 2);
  EXPECT_THAT(unplaced.err, HasSubstr("xc7a35t"));
}

TEST_F(CalibrateCommand, WithoutNextpnrItSaysWhatToInstall) {
  std::ofstream(home_ / "yosys") << "#!/bin/sh\necho 'Yosys 0.0'\n";
  fs::permissions(home_ / "yosys", fs::perms::owner_all);
  const ProgramResult result = run({"calibrate", "--clocks", "icebreaker"}, home_.string());
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_THAT(result.err, AllOf(HasSubstr("nextpnr-ice40"), HasSubstr("apt")));
}

TEST_F(CalibrateCommand, NothingIsOverwrittenUnasked) {
  std::ofstream(home_ / "there.csv") << "mine";
  const ProgramResult result =
      run({"calibrate", "--family", "ice40", "-o", (home_ / "there.csv").string()});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("--force"));
}

}  // namespace
}  // namespace a2q::testing
