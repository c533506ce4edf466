// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/diagnosis/findings.h"

namespace a2q {
namespace {

using ::testing::HasSubstr;

// Lines of /proc/PID/maps.
constexpr const char* kReference =
    "7f00-7f01 r-xp 00000000 08:01 42 /usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0\n";
constexpr const char* kOpenBlas =
    "7f00-7f01 r-xp 00000000 08:01 42 "
    "/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3\n";

TEST(Blas, IsToldByTheMappedFiles) {
  EXPECT_EQ(blasFinding(kReference).state, FindingState::kWarning);
  EXPECT_THAT(blasFinding(kReference).remedy, HasSubstr("libopenblas0"));
  EXPECT_EQ(blasFinding(kOpenBlas).state, FindingState::kOk);
  EXPECT_EQ(blasFinding(kOpenBlas).detail, "OpenBLAS");
  EXPECT_EQ(blasFinding("7f00-7f01 r-xp 0 08:01 42 /opt/libmkl_rt.so.2\n").detail, "Intel MKL");
  EXPECT_EQ(blasFinding("7f00-7f01 r-xp 0 08:01 42 /opt/libtorch_cpu.so\n").state,
            FindingState::kOk);
}

TEST(Folder, IsSoundWhereItCanBeMade) {
  const auto place = std::filesystem::path(::testing::TempDir()) / "not" / "there" / "yet";
  const Finding finding = folderFinding("Settings", place, "XDG_CONFIG_HOME");
  EXPECT_THAT(finding.detail, HasSubstr("GiB free"));
  EXPECT_FALSE(std::filesystem::exists(place));
}

TEST(Folder, SaysWhichVariableMovesIt) {
  const auto file = std::filesystem::path(::testing::TempDir()) / "a_file";
  std::ofstream(file) << "x";
  const Finding blocked = folderFinding("Settings", file / "below", "XDG_CONFIG_HOME");
  EXPECT_EQ(blocked.state, FindingState::kWarning);
  EXPECT_THAT(blocked.remedy, HasSubstr("XDG_CONFIG_HOME"));
  const Finding nowhere = folderFinding("Settings", {}, "XDG_CONFIG_HOME");
  EXPECT_EQ(nowhere.state, FindingState::kWarning);
  EXPECT_THAT(nowhere.remedy, HasSubstr("HOME or XDG_CONFIG_HOME"));
  std::filesystem::remove(file);
}

TEST(Verdict, IsAboutWhatIsNeededAlone) {
  std::vector<Finding> findings = {{"A", "one", FindingState::kOk, "here"},
                                   {"A", "two", FindingState::kOptional, "not here", "Get it."},
                                   {"B", "three", FindingState::kWarning, "slow"}};
  EXPECT_FALSE(lacksSomething(findings));
  const std::string text = diagnosisText(findings);
  EXPECT_EQ(text,
            "A\n"
            "  ok        one    here\n"
            "  optional  two    not here\n"
            "            Get it.\n"
            "\nB\n"
            "  warning   three  slow\n");
  findings.push_back({"B", "four", FindingState::kMissing, "gone"});
  EXPECT_TRUE(lacksSomething(findings));
}

}  // namespace
}  // namespace a2q
