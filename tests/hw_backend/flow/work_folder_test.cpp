// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/work_folder.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/hw_backend/flow/test_tools.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using flow_test::contentOf;
using flow_test::eventually;

/// A process that makes a work folder, tells its name in a file, and waits.
pid_t startOwner(const fs::path& told) {
  const pid_t owner = ::fork();
  if (owner != 0) return owner;
  const auto made = WorkFolder::make();
  if (!made || !made->write({{"file", "content"}})) ::_exit(1);
  std::ofstream(told) << made->path().string() << std::endl;
  while (true) ::pause();
}

TEST(WorkFolder, IsThereAsLongAsItsValue) {
  fs::path path;
  {
    auto made = WorkFolder::make();
    ASSERT_TRUE(made);
    const WorkFolder moved = std::move(*made);
    path = moved.path();
    ASSERT_TRUE(moved.write({{"a", "1"}}));
    EXPECT_EQ(contentOf(path / "a"), "1");
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(WorkFolder, OnlyThoseOfDeadProcessesAreRemoved) {
  const auto mine = WorkFolder::make();
  ASSERT_TRUE(mine);
  const fs::path told = mine->path() / "told";
  const pid_t owner = startOwner(told);
  ASSERT_GT(owner, 0);
  ASSERT_TRUE(eventually([&] { return contentOf(told).ends_with('\n'); }));
  std::string other = contentOf(told);
  other.pop_back();
  removeLeftWorkFolders();
  EXPECT_TRUE(fs::exists(fs::path(other) / "file"));
  ::kill(owner, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(owner, &status, 0), owner);
  EXPECT_TRUE(fs::exists(other));
  removeLeftWorkFolders();
  EXPECT_FALSE(fs::exists(other));
  EXPECT_TRUE(fs::exists(told));
}

}  // namespace
}  // namespace a2q
