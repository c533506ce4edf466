// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "core/base/result.h"

namespace a2q {
namespace {

TEST(ErrorTable, NumbersAreUniqueRisingAndPrintable) {
  int last = 0;
  for (const ErrorInfo& info : errorTable()) {
    EXPECT_GT(info.number, last);
    EXPECT_LE(info.number, 9999);
    last = info.number;
  }
}

TEST(ErrorTable, EveryCodeStandsThereOnce) {
  std::multiset<int> codes;
  for (const ErrorInfo& info : errorTable()) codes.insert(static_cast<int>(info.code));
  // kInternal is the last enumerator, so that a code without a row leaves a gap here.
  for (int code = 0; code <= static_cast<int>(ErrorCode::kInternal); ++code) {
    EXPECT_EQ(codes.count(code), 1U) << "code " << code;
  }
  EXPECT_EQ(codes.size(), static_cast<std::size_t>(ErrorCode::kInternal) + 1);
}

TEST(ErrorTable, EveryRowHelps) {
  for (const ErrorInfo& info : errorTable()) {
    EXPECT_FALSE(info.title.empty()) << info.number;
    EXPECT_FALSE(info.remedy.empty()) << info.number;
    EXPECT_NE(info.exit_code, ExitCode::kOk) << info.number;
    EXPECT_EQ(errorInfo(info.code).number, info.number);
  }
}

TEST(MakeError, TakesTheRemedyOfTheTableUnlessGiven) {
  EXPECT_EQ(makeError(ErrorCode::kExists, "m").remedy, errorInfo(ErrorCode::kExists).remedy);
  EXPECT_EQ(makeError(ErrorCode::kExists, "m", "c", "r").remedy, "r");
}

TEST(Describe, LeavesEmptyPartsOut) {
  EXPECT_EQ(describe({ErrorCode::kMismatch, "m", "c", "r"}), "A2Q-0102: m\n  why: c\n  do:  r");
  EXPECT_EQ(describe({ErrorCode::kMismatch, "m", "", ""}), "A2Q-0102: m");
}

TEST(Result, FailureIsHandedOnUnchanged) {
  Result<int> inner = fail(ErrorCode::kReadFailed, "m", "c", "r");
  const Result<std::string> outer = forward(std::move(inner));
  ASSERT_FALSE(outer.has_value());
  EXPECT_EQ(outer.error().code, ErrorCode::kReadFailed);
  EXPECT_EQ(outer.error().cause, "c");
}

}  // namespace
}  // namespace a2q
