// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/isolated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>
#include <vector>

namespace a2q {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Tell = std::function<void(std::string_view)>;

TEST(Isolated, TellsWhatTheChildTold) {
  const std::string large(300000, 'x');
  int changed = 0;
  const auto output = runIsolated([&](const Tell& tell) {
    changed = 1;
    tell("begin ");
    tell(large);
  });
  ASSERT_TRUE(output);
  EXPECT_THAT(output->failure, IsEmpty());
  EXPECT_EQ(output->text, "begin " + large);
  EXPECT_EQ(changed, 0) << "the child is another process";
}

TEST(Isolated, ACrashIsItsOwn) {
  const auto output = runIsolated([](const Tell& tell) {
    tell("before");
    ::raise(SIGSEGV);
  });
  ASSERT_TRUE(output);
  EXPECT_EQ(output->text, "before");
  EXPECT_THAT(output->failure, HasSubstr("crashed"));
}

TEST(Isolated, HasLittleTime) {
  IsolationLimits limits;
  limits.time = std::chrono::seconds(1);
  const auto output = runIsolated(
      [](const Tell&) { std::this_thread::sleep_for(std::chrono::seconds(30)); }, limits);
  ASSERT_TRUE(output);
  EXPECT_THAT(output->failure, HasSubstr("longer than 1 s"));
}

TEST(Isolated, HasLittleMemory) {
  IsolationLimits limits;
  limits.bytes = std::uint64_t{64} << 20;
  const auto output = runIsolated(
      [](const Tell& tell) {
        std::vector<char> much(std::size_t{256} << 20, 'x');
        tell({much.data(), 1});
      },
      limits);
  ASSERT_TRUE(output);
  EXPECT_THAT(output->failure, HasSubstr("memory"));
}

}  // namespace
}  // namespace a2q
