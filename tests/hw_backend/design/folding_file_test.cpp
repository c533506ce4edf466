// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hw_backend/design/design_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

TEST(FoldingFile, ReadsWhatItWrites) {
  const DesignNetwork network = smallChain();
  FoldingSpec folding{std::vector<LayerFolding>(network.layers.size())};
  folding.layers[1] = {3, 2, MemoryStyle::kBlock};
  folding.layers[2].thresholds = ThresholdStyle::kBinarySearch;
  const auto read = parseFolding(foldingText(network, folding), "test");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->at("fc1").pe, 3);
  EXPECT_EQ(read->at("fc1").simd, 2);
  EXPECT_EQ(read->at("fc1").weights, MemoryStyle::kBlock);
  EXPECT_EQ(read->at("fc1").thresholds, ThresholdStyle::kParallel);
  EXPECT_EQ(read->at("fc2").thresholds, ThresholdStyle::kBinarySearch);
  EXPECT_FALSE(read->at("in").simd);
  EXPECT_FALSE(read->at("fc3").thresholds);
}

std::string errorOf(std::string_view text) {
  const auto read = parseFolding(text, "test");
  return read ? "" : describe(read.error());
}

TEST(FoldingFile, FaultsAreNamed) {
  EXPECT_THAT(errorOf("[layer.a]\nep = 2"), HasSubstr("Did you mean 'pe'?"));
  EXPECT_THAT(errorOf("[layer.a]\npe = 0"), HasSubstr("at least 1"));
  EXPECT_THAT(errorOf("[layer.a]\nweights = \"lutram\""), HasSubstr("logic"));
  EXPECT_THAT(errorOf("[layers.a]\npe = 2"), HasSubstr("Did you mean 'layer'?"));
  EXPECT_THAT(errorOf("layer = 3"), HasSubstr("folds no layer"));
  EXPECT_THAT(errorOf("[layer]\na = 3"), HasSubstr("'layer.a' is no table"));
  EXPECT_THAT(errorOf("["), HasSubstr("A2Q-0201"));
  EXPECT_FALSE(readFolding("/nowhere/at/all.toml"));
}

TEST(FoldingFile, OneLayerAsText) {
  FoldingOverrides overrides;
  EXPECT_TRUE(addFolding(overrides, "conv=4,2"));
  EXPECT_TRUE(addFolding(overrides, "fc=8"));
  EXPECT_EQ(overrides.at("conv").simd, 2);
  EXPECT_EQ(overrides.at("fc").pe, 8);
  EXPECT_FALSE(overrides.at("fc").simd);
  for (const char* text :
       {"conv", "conv=", "conv=a", "conv=4,", "conv=-1", "conv=4,2,1", "conv=0"}) {
    const auto status = addFolding(overrides, text);
    ASSERT_FALSE(status) << text;
    EXPECT_EQ(status.error().code, ErrorCode::kUsage);
  }
}

}  // namespace
}  // namespace a2q::testing
