// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/digit_generator.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <set>

#include "core/data/counter_random.h"
#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

constexpr std::size_t kPixels = 28 * 28;

TEST(CounterRandom, IsAFunctionOfItsKeys) {
  CounterRandom first(1, 2, 3);
  CounterRandom again(1, 2, 3);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(first.bits(), again.bits());
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (std::uint64_t stream = 0; stream < 10; ++stream) {
      for (std::uint64_t index = 0; index < 10; ++index) {
        seen.insert(CounterRandom(seed, stream, index).bits());
      }
    }
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(CounterRandom, HasTheMomentsItPromises) {
  CounterRandom random(1, 1, 1);
  constexpr int kDraws = 200'000;
  double sum = 0;
  double squares = 0;
  std::array<int, 10> counts{};
  for (int i = 0; i < kDraws; ++i) {
    const double value = random.bell();
    sum += value;
    squares += value * value;
    ++counts.at(random.below(10));
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.01);
  EXPECT_NEAR(squares / kDraws, 1, 0.01);
  for (const int count : counts) EXPECT_NEAR(count, kDraws / 10.0, 700);
}

TEST(Digits, DoNotDependOnTheNumberOfThreads) {
  const ImageSet one = generateDigits(3, DigitSplit::kTrain, 257, 1);
  for (const unsigned threads : {0U, 2U, 3U, 7U, 300U}) {
    const ImageSet many = generateDigits(3, DigitSplit::kTrain, 257, threads);
    EXPECT_EQ(many.pixels, one.pixels) << threads;
    EXPECT_EQ(many.labels, one.labels) << threads;
  }
}

TEST(Digits, EachDependsOnItsIndexAlone) {
  const ImageSet set = generateDigits(5, DigitSplit::kTest, 50);
  std::array<std::uint8_t, kPixels> pixels{};
  for (const std::uint64_t index : {49U, 0U, 17U}) {
    EXPECT_EQ(drawDigit(5, DigitSplit::kTest, index, pixels), set.labels[index]);
    const auto image = set.image(static_cast<std::int64_t>(index));
    EXPECT_TRUE(std::equal(pixels.begin(), pixels.end(), image.begin()));
  }
}

TEST(Digits, DifferByImageSplitAndSeed) {
  std::set<test::Bytes> images;
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const DigitSplit split : {DigitSplit::kTrain, DigitSplit::kTest}) {
      const ImageSet set = generateDigits(seed, split, 200);
      for (std::int64_t i = 0; i < set.count(); ++i) {
        const auto image = set.image(i);
        images.emplace(image.begin(), image.end());
      }
    }
  }
  EXPECT_EQ(images.size(), 800U);
}

TEST(Digits, AreBalanced) {
  const ImageSet set = generateDigits(1, DigitSplit::kTrain, 12'000);
  std::array<int, 10> counts{};
  for (const std::uint8_t label : set.labels) ++counts.at(label);
  for (const int count : counts) EXPECT_NEAR(count, 1200, 130);
}

TEST(Digits, ComeInNoneWhenNoneAreAsked) {
  EXPECT_EQ(generateDigits(1, DigitSplit::kTrain, 0).count(), 0);
}

// A change of these numbers changes every result ever measured on the set: make it on purpose, and
// say so in the change log.
TEST(Digits, KeepTheirGoldenChecksum) {
  const ImageSet train = generateDigits(1, DigitSplit::kTrain, kDigitsTrainCount);
  const ImageSet test = generateDigits(1, DigitSplit::kTest, kDigitsTestCount);
  EXPECT_EQ(test::checksum(train.pixels), 16466491998102781234U);
  EXPECT_EQ(test::checksum(train.labels), 16407250600233314083U);
  EXPECT_EQ(test::checksum(test.pixels), 2033470227924508825U);
  EXPECT_EQ(test::checksum(test.labels), 1556806232987118090U);
}

TEST(Digits, AreDrawnQuickly) {
  const auto begin = std::chrono::steady_clock::now();
  (void)generateDigits(1, DigitSplit::kTrain, 14'000, 1);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  RecordProperty("seconds", std::to_string(passed.count()));
  EXPECT_LT(passed.count(), 10);  // 0.5 s on a quiet core; sanitizers and busy machines need more
}

}  // namespace
}  // namespace a2q
