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
using ::testing::Not;

/// A folder of programs that goes with the test.
class DoctorCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    auto name = (fs::temp_directory_path() / "a2q-doctor-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void program(const std::string& name, const std::string& script) const {
    std::ofstream(folder_ / name) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(folder_ / name, fs::perms::owner_all);
  }

  [[nodiscard]] nlohmann::json document(std::vector<std::string> environment) const {
    const ProgramResult result =
        runProgram({A2Q_BINARY, "doctor", "--json"}, {.environment = std::move(environment)});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    return nlohmann::json::parse(result.out);
  }

  fs::path folder_;
};

nlohmann::json findingOf(const nlohmann::json& document, const std::string& what) {
  for (const auto& finding : document.at("findings")) {
    if (finding.at("what") == what) return finding;
  }
  ADD_FAILURE() << what << " was not looked at";
  return {};
}

TEST_F(DoctorCommand, FindsTheLibrariesOfThisBuild) {
  const auto found = document({});
  EXPECT_EQ(found.at("schema"), "a2q-doctor-1");
  EXPECT_EQ(found.at("sound"), true);
  for (const char* const library : {"LibTorch", "HDF5", "Transfer", "Exchange"}) {
    EXPECT_EQ(findingOf(found, library).at("state"), "ok") << library;
  }
  EXPECT_THAT(findingOf(found, "LibTorch").at("detail").get<std::string>(), HasSubstr("LibTorch "));
  EXPECT_EQ(findingOf(found, "digits").at("detail"), "built in");
  EXPECT_EQ(findingOf(found, "BLAS").at("group"), "Libraries");
}

TEST_F(DoctorCommand, TellsToolsFromThePath) {
  program("yosys", "echo 'Yosys 9.99'");
  program("verilator", "echo 'no display' >&2; exit 1");
  const auto found = document({"PATH=" + folder_.string()});
  EXPECT_EQ(findingOf(found, "yosys").at("state"), "ok");
  EXPECT_THAT(findingOf(found, "yosys").at("detail").get<std::string>(), HasSubstr("Yosys 9.99"));
  EXPECT_EQ(findingOf(found, "verilator").at("state"), "warning");
  EXPECT_EQ(findingOf(found, "nextpnr-ice40").at("state"), "optional");
  EXPECT_THAT(findingOf(found, "nextpnr-ice40").at("remedy").get<std::string>(),
              HasSubstr("apt-get install nextpnr-ice40"));
  EXPECT_EQ(found.at("sound"), true);
}

TEST_F(DoctorCommand, WarnsOfSpinningThreadsAndOfFoldersThatCannotBe) {
  const auto usual = document({"XDG_CONFIG_HOME=" + folder_.string()});
  EXPECT_EQ(findingOf(usual, "Settings").at("state"), "ok");
  program("a_file", "");
  const auto found = document(
      {"OMP_WAIT_POLICY=active", "XDG_CONFIG_HOME=" + (folder_ / "a_file" / "below").string()});
  EXPECT_EQ(findingOf(found, "OMP_WAIT_POLICY").at("state"), "warning");
  EXPECT_EQ(findingOf(found, "Settings").at("state"), "warning");
}

TEST_F(DoctorCommand, FindsDataSetsWhereTheVariableSays) {
  const fs::path place = folder_ / "fashion-mnist";
  fs::create_directories(place);
  for (const char* const file : {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                 "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
    std::ofstream(place / file) << "x";
  }
  const auto found = document(
      {"A2Q_DATA_DIR=" + folder_.string(), "XDG_CACHE_HOME=" + (folder_ / "cache").string()});
  EXPECT_EQ(findingOf(found, "fashion-mnist").at("detail"), place.string());
  EXPECT_EQ(findingOf(found, "mnist").at("state"), "optional");
  EXPECT_EQ(findingOf(found, "mnist").at("remedy"), "a2q data fetch mnist");
}

// Without its libraries beside it the program says what is missing, and with which exit code.
TEST_F(DoctorCommand, ExitsWithFourWhenALibraryIsMissing) {
  fs::create_directories(folder_ / "lib");
  fs::copy_file(A2Q_CORE_LIBRARY, folder_ / "lib" / fs::path(A2Q_CORE_LIBRARY).filename());
  const ProgramResult result = runProgram(
      {A2Q_BINARY, "doctor"}, {.environment = {"LD_LIBRARY_PATH=" + (folder_ / "lib").string()}});
  EXPECT_EQ(result.exit_code, 4) << result.out << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("  missing   LibTorch"), HasSubstr("  missing   HDF5"),
                                HasSubstr("Something that is needed is missing")));
}

TEST_F(DoctorCommand, TextNamesEveryGroup) {
  const ProgramResult result = runProgram({A2Q_BINARY, "doctor"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  for (const char* const group :
       {"Program\n", "\nLibraries\n", "\nMachine\n", "\nFolders\n", "\nData sets\n",
        "\nFor hardware work\n", "\nEverything that is needed is here.\n"}) {
    EXPECT_THAT(result.out, HasSubstr(group));
  }
  EXPECT_THAT(result.out, Not(HasSubstr("missing ")));
}

}  // namespace
}  // namespace a2q::testing
