// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/channel_function.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace a2q {
namespace {

/// What thresholds say of an integer.
std::int64_t codeOf(const RealQuantizer& quantizer, const std::vector<std::int64_t>& thresholds,
                    std::int64_t a) {
  std::int64_t code = quantizer.format.minimum();
  for (const std::int64_t threshold : thresholds) code += threshold <= a ? 1 : 0;
  return code;
}

void expectSameEverywhere(const ChannelFunction& function, const RealQuantizer& quantizer,
                          std::int64_t low, std::int64_t high) {
  const auto thresholds = findThresholds(function, quantizer, low, high);
  ASSERT_EQ(static_cast<std::int64_t>(thresholds.size()),
            quantizer.format.maximum() - quantizer.format.minimum());
  EXPECT_TRUE(std::ranges::is_sorted(thresholds));
  for (std::int64_t a = low; a <= high; ++a) {
    ASSERT_EQ(codeOf(quantizer, thresholds, a), quantizer(function(a))) << "a = " << a;
  }
}

TEST(Thresholds, TiesFallAsTheReferenceRoundsThem) {
  // 0.5 · a: every odd integer is a tie, and ties go to even codes.
  const ChannelFunction half{0.5, {}};
  const RealQuantizer quantizer{{{4}, Signedness::kUnsigned}, 1.0};
  expectSameEverywhere(half, quantizer, -40, 40);
  const auto thresholds = findThresholds(half, quantizer, -40, 40);
  EXPECT_EQ(thresholds[0], 2);  // 0.5 is a tie between 0 and 1: even
  EXPECT_EQ(thresholds[1], 3);  // 1.5 is a tie between 1 and 2: even
}

TEST(Thresholds, EqualTheFunctionOverItsWholeRange) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 400; ++round) {
    ChannelFunction function{0.001 + unit(random), {}};
    for (unsigned step = random() % 3; step > 0; --step) {
      const double factor = random() % 9 == 0 ? 0 : 2 * unit(random);
      function.steps.push_back({10 * unit(random) - 5, factor, 4 * unit(random) - 2});
    }
    const int bits = 1 + static_cast<int>(random() % 6);
    const auto sign = random() % 2 == 0 ? Signedness::kUnsigned : Signedness::kSigned;
    const RealQuantizer quantizer{{{bits}, sign}, 0.1 + 2 * unit(random)};
    expectSameEverywhere(function, quantizer, -static_cast<std::int64_t>(random() % 300),
                         static_cast<std::int64_t>(random() % 300));
  }
}

TEST(Thresholds, WhatIsNeverOrAlwaysReachedStandsAtTheEndsOfTheRange) {
  const RealQuantizer quantizer{{{2}, Signedness::kUnsigned}, 1.0};
  EXPECT_EQ(findThresholds({1, {{0, 0, -5}}}, quantizer, -7, 9),
            (std::vector<std::int64_t>{10, 10, 10}));
  EXPECT_EQ(findThresholds({1, {{0, 0, 50}}}, quantizer, -7, 9),
            (std::vector<std::int64_t>{-7, -7, -7}));
}

TEST(ChannelFunction, ItsLineIsItsSlopeAndOffset) {
  const ChannelFunction function{0.5, {{3, 2, 1}, {0, 1, -4}}};
  const AffineLine line = lineOf(function);
  EXPECT_DOUBLE_EQ(line.slope, 1);
  EXPECT_DOUBLE_EQ(line.offset, -9);
  EXPECT_DOUBLE_EQ(function(20), line.slope * 20 + line.offset);
}

}  // namespace
}  // namespace a2q
