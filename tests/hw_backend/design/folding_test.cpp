// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Folding, DivisorsAscend) {
  EXPECT_THAT(divisorsOf(12), ElementsAre(1, 2, 3, 4, 6, 12));
  EXPECT_THAT(divisorsOf(16), ElementsAre(1, 2, 4, 8, 16));
  EXPECT_THAT(divisorsOf(1), ElementsAre(1));
  EXPECT_THAT(divisorsOf(7), ElementsAre(1, 7));
}

TEST(Folding, IllegalOnesNameTheNearestLegalValues) {
  const DesignNetwork network = smallChain();
  FoldingSpec folding{std::vector<LayerFolding>(network.layers.size())};
  EXPECT_TRUE(checkFolding(network, folding));
  folding.layers[1].pe = 4;  // fc1 has 6 outputs
  const auto pe = checkFolding(network, folding);
  ASSERT_FALSE(pe);
  EXPECT_EQ(pe.error().code, ErrorCode::kFoldingIllegal);
  EXPECT_THAT(pe.error().message, HasSubstr("'fc1' cannot have PE = 4"));
  EXPECT_THAT(pe.error().remedy, HasSubstr("3 or 6"));
  folding.layers[1].pe = 6;
  folding.layers[1].simd = 8;  // and 4 inputs
  const auto simd = checkFolding(network, folding);
  ASSERT_FALSE(simd);
  EXPECT_THAT(simd.error().remedy, HasSubstr("value is 4;"));
  folding.layers.pop_back();
  EXPECT_FALSE(checkFolding(network, folding));
}

TEST(Folding, AWindowGivesWholePixels) {
  const DesignNetwork network = smallResidual();
  const DesignLayer& conv = network.layers[1];
  EXPECT_EQ(conv.matrixWidth(), 36);
  EXPECT_THAT(legalSimd(conv), ElementsAre(1, 2, 4));
}

}  // namespace
}  // namespace a2q::testing
