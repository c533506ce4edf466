// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/weight_hash.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "tests/core/bounds/two_channels.h"

namespace a2q {
namespace {

using testing::twoChannels;

// Computed by Python's struct and hashlib from the layout in the header.
TEST(WeightHash, IsThatOfTheDocumentedBytes) {
  const IntegerWeights weights = twoChannels(BitWidth{6}, L1Rule::kA2q);
  EXPECT_EQ(weightHash(weights),
            "02eb152f49e5043de3f4556e572d0462d7fb07267b0fc0d1ac0b954204e48adb");
  const std::vector<LayerBound> twice(2, layerBound(weights));
  EXPECT_EQ(networkHash(twice), "30d05f9ab200da556fcf77bdeba8c946819f7339fc5149889445b3442e3478f2");
}

TEST(WeightHash, ChangesWithEveryField) {
  const std::vector<std::function<void(IntegerWeights&)>> changes = {
      [](IntegerWeights&) {},
      [](IntegerWeights& w) { w.layer = "conw"; },
      [](IntegerWeights& w) { w.channels = 3, w.k = 2; },
      [](IntegerWeights& w) { w.weight_bits = {5}; },
      [](IntegerWeights& w) { w.input_format.width = {3}; },
      [](IntegerWeights& w) { w.input_format.sign = Signedness::kSigned; },
      [](IntegerWeights& w) { w.input_range.minimum = -1; },
      [](IntegerWeights& w) { w.input_range.maximum = 2; },
      [](IntegerWeights& w) { w.accumulator = BitWidth{7}; },
      [](IntegerWeights& w) { w.accumulator.reset(); },
      [](IntegerWeights& w) { w.rule = L1Rule::kA2qPlus; },
      [](IntegerWeights& w) { w.rule.reset(); },
      [](IntegerWeights& w) { w.values[4] = 1; },
      [](IntegerWeights& w) { std::swap(w.values[0], w.values[1]); },
  };
  std::set<std::string> hashes;
  for (const auto& change : changes) {
    IntegerWeights weights = twoChannels(BitWidth{6}, L1Rule::kA2q);
    change(weights);
    hashes.insert(weightHash(weights));
  }
  EXPECT_EQ(hashes.size(), changes.size());
}

}  // namespace
}  // namespace a2q
