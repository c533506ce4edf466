// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ProgramResult bounds(std::vector<std::string> words) {
  words.insert(words.begin(), {A2Q_BINARY, "bounds"});
  return runProgram(std::move(words));
}

ProgramResult bounds(int k, int m, int n, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"--k",      std::to_string(k), "--weights", std::to_string(m),
                                    "--inputs", std::to_string(n)};
  words.insert(words.end(), more.begin(), more.end());
  return bounds(words);
}

json answers(int k, int m, int n, std::vector<std::string> more = {}) {
  more.emplace_back("--json");
  const ProgramResult result = bounds(k, m, n, more);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, IsEmpty());
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-bounds-1");
  return document.at("answers");
}

TEST(BoundsCommand, PublishedDataTypeBounds) {
  EXPECT_EQ(answers(1024, 3, 3).at("data_type_bound").at("bits"), 17);
  EXPECT_EQ(answers(4608, 3, 3).at("data_type_bound").at("bits"), 19);
  EXPECT_EQ(answers(576, 3, 3).at("data_type_bound").at("bits"), 16);
  EXPECT_EQ(answers(64, 4, 2).at("data_type_bound").at("bits"), 13);
  EXPECT_EQ(answers(784, 4, 8).at("data_type_bound").at("bits"), 22);
  EXPECT_EQ(answers(576, 4, 4).at("data_type_bound").at("bits"), 18);
  EXPECT_EQ(answers(576, 4, 4, {"--signed"}).at("data_type_bound").at("bits"), 17);
}

TEST(BoundsCommand, BudgetsAreExactFractions) {
  const json got = answers(576, 4, 4, {"--accumulator", "16"});
  EXPECT_EQ(got.at("a2q_budget").at("numerator"), 32767);
  EXPECT_EQ(got.at("a2q_budget").at("denominator"), 16);
  EXPECT_EQ(got.at("a2q_budget").at("floor"), 2047);
  EXPECT_EQ(got.at("a2q_plus_budget").at("numerator"), 65534);
  EXPECT_EQ(got.at("a2q_plus_budget").at("denominator"), 15);
  EXPECT_EQ(got.at("a2q_plus_budget").at("floor"), 4368);
  EXPECT_EQ(got.at("accumulator_range").at("low"), -32768);
  EXPECT_EQ(got.at("accumulator_range").at("high"), 32767);
  EXPECT_EQ(got.at("largest_k").at("k"), 255);
}

TEST(BoundsCommand, L1AddsLeastWidthsMarginsAndWorstCases) {
  const json got = answers(576, 4, 4, {"--accumulator", "16", "--l1", "1000"});
  EXPECT_EQ(got.at("a2q_least_accumulator").at("bits"), 15);
  EXPECT_EQ(got.at("a2q_plus_least_accumulator").at("bits"), 14);
  EXPECT_NEAR(got.at("a2q_margin").at("bits").get<double>(), 1.0342, 1e-4);
  EXPECT_NEAR(got.at("a2q_margin").at("percent").get<double>(), 51.17, 1e-2);
  EXPECT_EQ(got.at("a2q_margin").at("allowed"), true);
  EXPECT_EQ(got.at("worst_case").at("high"), 15000);
  EXPECT_EQ(got.at("worst_case_zero_centred").at("high"), 7500);
  EXPECT_EQ(answers(576, 4, 4, {"--l1", "0"}).at("a2q_margin").at("bits"), "inf");
}

TEST(BoundsCommand, EveryAnswerNamesSourceFormulaAndNumbers) {
  const json got = answers(576, 4, 4, {"--accumulator", "16", "--l1", "3000"});
  EXPECT_EQ(got.size(), 11U);
  for (const auto& [key, answer] : got.items()) {
    EXPECT_TRUE(answer.at("source") == "exact" || answer.at("source") == "bound") << key;
    EXPECT_FALSE(answer.at("formula").get<std::string>().empty()) << key;
    EXPECT_FALSE(answer.at("numbers").get<std::string>().empty()) << key;
  }
}

TEST(BoundsCommand, IntegersBeyondTwoToThe53AreText) {
  EXPECT_EQ(answers(1, 4, 4, {"--accumulator", "54"}).at("accumulator_range").at("low"),
            -9007199254740992);
  EXPECT_EQ(answers(1, 4, 4, {"--accumulator", "55"}).at("accumulator_range").at("low"),
            "-18014398509481984");
  EXPECT_EQ(answers(1, 4, 4, {"--accumulator", "126"}).at("accumulator_range").at("high"),
            "42535295865117307932921825928971026431");
}

TEST(BoundsCommand, TextShowsTheFormulaWithTheNumbers) {
  const ProgramResult result = bounds(576, 4, 4);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("P = 18 (the data-type bound)"), HasSubstr("18 bits  [bound]"),
                    HasSubstr("576 * 2^(4-0) * 2^(4-1) = 73728 <= 2^(18-1) - 1 = 131071"),
                    HasSubstr("-131072 .. 131071  [exact]")));
}

TEST(BoundsCommand, TextSaysWhenTheBudgetIsExceeded) {
  const ProgramResult result = bounds(576, 4, 4, {"--l1", "4000", "--accumulator", "15"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, AllOf(HasSubstr("P = 15 (given), L1 = 4000"), HasSubstr("-1.966 bits"),
                                HasSubstr("over: overflow possible")));
}

TEST(BoundsCommand, LargestQuestionIsAnswered) {
  const ProgramResult result = bounds(
      {"--k", "1099511627776", "--weights", "32", "--inputs", "32", "--l1", "4611686018427387904"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("105 bits"));
}

TEST(BoundsCommand, BadValuesAreRefusedWithARemedy) {
  const std::vector<std::vector<std::string>> cases = {
      {"--k", "0", "--weights", "4", "--inputs", "4"},
      {"--k", "-5", "--weights", "4", "--inputs", "4"},
      {"--k=-5", "--weights", "4", "--inputs", "4"},
      {"--k", "", "--weights", "4", "--inputs", "4"},
      {"--k", "many", "--weights", "4", "--inputs", "4"},
      {"--k", "5.0", "--weights", "4", "--inputs", "4"},
      {"--k", "5 ", "--weights", "4", "--inputs", "4"},
      {"--k", "1099511627777", "--weights", "4", "--inputs", "4"},
      {"--k", "99999999999999999999999", "--weights", "4", "--inputs", "4"},
      {"--k", "5", "--weights", "1", "--inputs", "4"},
      {"--k", "5", "--weights", "65", "--inputs", "4"},
      {"--k", "5", "--weights", "4", "--inputs", "0"},
      {"--k", "5", "--weights", "4", "--inputs", "33"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--accumulator", "1"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--accumulator", "127"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--l1", "-1"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--l1", "36"},
      {"--k", "5", "--k", "6", "--weights", "4", "--inputs", "4"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--json=perhaps"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "more"},
      {"--k", "5", "--weights", "4", "--inputs", "4", "--", "--json"},
      {"--k", "--weights", "4", "--inputs", "4"},
      {"--k", "5", "--weights", "4", "--inputs"},
      {"--weights", "4", "--inputs", "4"},
      {},
  };
  for (const auto& words : cases) {
    const ProgramResult result = bounds(words);
    const std::string shown = fmt::format("{}", fmt::join(words, " "));
    EXPECT_EQ(result.exit_code, 2) << shown;
    EXPECT_THAT(result.out, IsEmpty()) << shown;
    EXPECT_THAT(result.err, AllOf(HasSubstr("A2Q-0001: "), HasSubstr("\n  do:  "))) << shown;
  }
}

}  // namespace
}  // namespace a2q::testing
