// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/finn_model.h"

#include <gtest/gtest.h>

namespace a2q::testing {
namespace {

constexpr IntegerFormat kFour{{4}, Signedness::kUnsigned};

const Family& family(std::string_view device) { return *(*findDevice(device))->family; }

ResourceVector valueOf(const Block& block, std::string_view device = "xc7z020") {
  return finnEstimate(block, family(device)).value;
}

/// MW 64, MH 32, PE 4, SIMD 4, W4A4.
MvauBlock unit(int accumulator) {
  MvauBlock block{64, 32, 4, 4, {4}, kFour, {accumulator}, MemoryStyle::kLogic, {}};
  block.thresholds = ThresholdBlock{32, 4, {accumulator}, 15, kFour, ThresholdStyle::kParallel};
  return block;
}

TEST(FinnModel, DotProductsByHand) {
  // mult 4·3·8 = 96, tree 8·7 = 56, acc 32, thr = comp = 15·32 = 480: 300 + 4.4·1144;
  // c2 = 4·4·4·⌈128/64⌉ = 128.
  EXPECT_NEAR(finnLut(unit(32), FinnMultiplier::kLogic), 300 + 4.4 * 1144 + 128, 1e-9);
  EXPECT_NEAR(finnLut(unit(32), FinnMultiplier::kDsp), 300 + 4.4 * 1048 + 128, 1e-9);
  // Each bit of P costs 1.1·PE·(1 + 15 + 15).
  EXPECT_NEAR(finnLut(unit(32), FinnMultiplier::kLogic) - finnLut(unit(31), FinnMultiplier::kLogic),
              4.4 * 31, 1e-9);
  EXPECT_EQ(finnDsp(unit(32)), 16);
  MvauBlock stored = unit(12);
  stored.memory = MemoryStyle::kBlock;
  // 128 words of 64 bits: two memories of 512 × 36.
  EXPECT_EQ(valueOf(stored).bram, 2);
  EXPECT_NEAR(valueOf(stored).lut, 300 + 4.4 * (96 + 56 + 12 + 2 * 15 * 12), 1e-9);
}

TEST(FinnModel, ABinarySearchComparesOnce) {
  MvauBlock block = unit(12);
  block.thresholds->style = ThresholdStyle::kBinarySearch;
  EXPECT_NEAR(valueOf(block).lut, 300 + 4.4 * (96 + 56 + 12 + 15 * 12 + 12) + 128, 1e-9);
  block.thresholds->memory = MemoryStyle::kBlock;
  EXPECT_NEAR(valueOf(block).lut, 300 + 4.4 * (96 + 56 + 12 + 12) + 128, 1e-9);
  // 8 · 16 words of 48 bits.
  EXPECT_EQ(valueOf(block).bram, 2);
}

TEST(FinnModel, DepthwiseByHand) {
  const DepthwiseBlock block{32, 9, 4, {4}, kFour, {12}, MemoryStyle::kLogic, {}};
  // mult 24, tree 8, acc 12; c2 = 4·4·⌈72/64⌉.
  EXPECT_NEAR(finnLut(block, FinnMultiplier::kLogic), 300 + 4.4 * 44 + 32, 1e-9);
}

TEST(FinnModel, Bram18) {
  EXPECT_EQ(finnBram18(16384, 1), 1);
  EXPECT_EQ(finnBram18(16385, 1), 2);
  EXPECT_EQ(finnBram18(8193, 2), 2);
  EXPECT_EQ(finnBram18(4097, 3), 2);
  EXPECT_EQ(finnBram18(2048, 9), 1);
  EXPECT_EQ(finnBram18(2049, 5), 2);
  EXPECT_EQ(finnBram18(1025, 18), 2);
  EXPECT_EQ(finnBram18(512, 36), 1);
  EXPECT_EQ(finnBram18(513, 36), 2);
  EXPECT_EQ(finnBram18(512, 37), 2);
}

TEST(FinnModel, StreamsByHand) {
  const SlidingWindowBlock window{16, 14, 14, 5, 5, 1, 1, 0, 0, 4, kFour};
  // (4·14 + 5)·16/4 = 244 words: 300 + 16·⌈244/38⌉.
  EXPECT_EQ(valueOf(window).lut, 300 + 16 * 7);
  SlidingWindowBlock stored = window;
  stored.memory = MemoryStyle::kBlock;
  EXPECT_EQ(valueOf(stored), (ResourceVector{300, 0, 1, 0}));
  EXPECT_EQ(valueOf(FifoBlock{40, 10}).lut, 2 * 6 + 2 * 5);
  EXPECT_EQ(valueOf(WidthConverterBlock{4, 6, {4}}).lut, 2 + 48 + 1 + 24);
  EXPECT_EQ(valueOf(WidthConverterBlock{2, 8, {4}}).lut, 2 + 32);
  EXPECT_EQ(valueOf(AddBlock{4, kFour, kFour, {{5}, Signedness::kUnsigned}}).lut, 20);
}

TEST(FinnModel, ItsErrorIsKnownForSixInputsAlone) {
  const ResourceEstimate published = finnEstimate(unit(16), family("xc7a35t"));
  ASSERT_TRUE(published.low && published.high);
  EXPECT_NEAR(published.low->lut, published.value.lut / 2.25, 1e-9);
  EXPECT_NEAR(published.high->lut, published.value.lut / 0.93, 1e-9);
  EXPECT_FALSE(finnEstimate(unit(16), family("ice40up5k")).low);
}

TEST(FinnModel, SmallMemoriesAreCountedInTheirOwnSize) {
  MvauBlock stored = unit(12);
  stored.memory = MemoryStyle::kBlock;
  // 128 words of 64 bits in 256 × 16.
  EXPECT_EQ(valueOf(stored, "ice40up5k").bram, 4);
}

TEST(ResourceModel, FamiliesWithoutCalibrationSaySo) {
  Family unknown;
  unknown.name = "nobody";
  const auto model = resourceModel(ModelKind::kCalibrated, unknown);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kNotInLibrary);
}

}  // namespace
}  // namespace a2q::testing
