// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/child_output.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

namespace a2q {
namespace {

using namespace std::chrono_literals;

TEST(ChildOutput, IsWhatBothOutputsTell) {
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "echo one; echo two >&2"}, 20s), "one\ntwo\n");
}

TEST(ChildOutput, HasNothingToRead) {
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "cat; echo end"}, 20s), "end\n");
}

TEST(ChildOutput, IsNoneWhereTheProgramFails) {
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "echo one; exit 3"}, 20s), std::nullopt);
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "kill -9 $$"}, 20s), std::nullopt);
  EXPECT_EQ(outputOf("/no/such/program", {}, 20s), std::nullopt);
}

TEST(ChildOutput, IsNoneAfterTheLimitAndNothingIsLeftRunning) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "sleep 60 & sleep 60"}, 200ms), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST(ChildOutput, DoesNotWaitForOneThatIsSilent) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(outputOf("/bin/sh", {"-c", "exec sleep 60 >&- 2>&-"}, 200ms), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST(ChildOutput, KeepsTheBeginningOfALongOne) {
  const auto text = outputOf("/bin/sh", {"-c", "head -c 1000000 /dev/zero | tr '\\0' x"}, 20s);
  ASSERT_TRUE(text);
  EXPECT_GE(text->size(), std::size_t{1} << 16);
  EXPECT_LT(text->size(), std::size_t{1} << 17);
}

TEST(FindProgram, LooksIntoThePathAlone) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "find_program";
  std::filesystem::create_directories(folder / "a2q-folder");
  std::ofstream(folder / "a2q-plain") << "#!/bin/sh\n";
  std::ofstream(folder / "a2q-tool") << "#!/bin/sh\n";
  std::filesystem::permissions(folder / "a2q-tool", std::filesystem::perms::owner_all);
  std::filesystem::permissions(folder / "a2q-plain", std::filesystem::perms::owner_read);
  const std::string before = ::getenv("PATH");
  ::setenv("PATH", ("/nowhere::" + folder.string()).c_str(), 1);
  EXPECT_EQ(findProgram("a2q-tool"), folder / "a2q-tool");
  EXPECT_EQ(findProgram("a2q-plain"), std::nullopt);
  EXPECT_EQ(findProgram("a2q-folder"), std::nullopt);
  EXPECT_EQ(findProgram("sh"), std::nullopt);
  ::setenv("PATH", "", 1);
  EXPECT_EQ(findProgram("a2q-tool"), std::nullopt);
  ::setenv("PATH", before.c_str(), 1);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace a2q
