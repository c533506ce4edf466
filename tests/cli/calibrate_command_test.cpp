// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

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
using ::testing::Not;

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

  /// The file of measurements that the program brings.
  static std::string brought(const std::string& family) {
    std::ifstream in(fs::path(A2Q_PROJECTS_DIR).parent_path() / "resources" / "calibration" /
                     (family + ".csv"));
    return {std::istreambuf_iterator<char>(in), {}};
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
  EXPECT_THAT(plan.at("source").get<std::string>(), HasSubstr("fitted to 544 blocks"));
}

TEST_F(CalibrateCommand, MeasurementsOfYourOwnTakePrecedence) {
  std::string text = brought("gowin");
  text.replace(0, text.find("\nheld_out"), "# family gowin\n# tool a tool of mine");
  const std::vector<std::string> report = {"calibrate", "--family", "gowin", "--report"};
  EXPECT_THAT(run(report).out, HasSubstr("Measurements that the program brings."));
  measured("gowin", text);
  const std::string place = (home_ / "a2q" / "calibration" / "gowin.csv").string();
  const ProgramResult result = run(report);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("gowin with a tool of mine"), HasSubstr(place)));
  const ProgramResult estimate =
      run({"estimate", std::string(A2Q_PROJECTS_DIR) + "/optdigits_tfc.toml", "--device",
           "tang-nano-20k"});
  EXPECT_EQ(estimate.exit_code, 0) << estimate.err;
  EXPECT_THAT(estimate.out, HasSubstr("your own measurements, " + place));
}

TEST_F(CalibrateCommand, MeasurementsOfAnotherFamilyOrCutOffAreRefused) {
  const std::vector<std::string> report = {"calibrate", "--family", "xc7", "--report"};
  measured("xc7", brought("ice40"));
  const ProgramResult other = run(report);
  EXPECT_EQ(other.exit_code, 3);
  EXPECT_THAT(other.err, AllOf(HasSubstr("of the family ice40, not of xc7"),
                               HasSubstr("'a2q calibrate --family xc7', or remove the file")));
  const std::string whole = brought("xc7");
  std::size_t at = 0;
  for (int line = 0; line < 50; ++line) at = whole.find('\n', at) + 1;
  for (const std::size_t end : {at, whole.rfind("\nproduct") + 1}) {
    measured("xc7", whole.substr(0, end));
    const ProgramResult cut = run({"estimate"});
    EXPECT_EQ(cut.exit_code, 3);
    EXPECT_THAT(cut.err, AllOf(HasSubstr("xc7.csv: the measurements are not complete"),
                               HasSubstr("'a2q calibrate --family xc7', or remove the file")));
  }
}

TEST_F(CalibrateCommand, ANamedPipeInPlaceOfMeasurementsIsRefused) {
  measured("xc7", "");
  const std::string file = (home_ / "a2q" / "calibration" / "xc7.csv").string();
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  const ProgramResult result = run({"estimate"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, AllOf(HasSubstr("xc7.csv"), HasSubstr("no regular file")));
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
  const ProgramResult unmeasured = run({"calibrate", "--clocks", "ulx3s-85f", "--report"});
  EXPECT_EQ(unmeasured.exit_code, 3);
  EXPECT_THAT(unmeasured.err,
              AllOf(HasSubstr("lfe5u-85f"), HasSubstr("does not know how to place"),
                    HasSubstr("takes its delays from elsewhere"), Not(HasSubstr("Measure them"))));
}

TEST_F(CalibrateCommand, ClocksOfAnotherDeviceAreRefused) {
  const fs::path folder = home_ / "a2q" / "calibration" / "clocks";
  fs::create_directories(folder);
  std::ofstream(folder / "ice40up5k.csv")
      << "# device ice40hx8k\n# tool mine\nheld_out,mhz,block\n0,50,fork width=8\n";
  const ProgramResult result = run({"calibrate", "--clocks", "icebreaker", "--report"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, AllOf(HasSubstr("of ice40hx8k, not of ice40up5k"),
                                HasSubstr("a2q calibrate --clocks ice40up5k")));
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
