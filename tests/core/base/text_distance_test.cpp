// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text_distance.h"

#include <gtest/gtest.h>

#include <array>

namespace a2q {
namespace {

TEST(EditDistance, CountsEditsAndSwaps) {
  EXPECT_EQ(editDistance("", ""), 0);
  EXPECT_EQ(editDistance("", "abc"), 3);
  EXPECT_EQ(editDistance("abc", "abc"), 0);
  EXPECT_EQ(editDistance("kitten", "sitting"), 3);
  EXPECT_EQ(editDistance("wieghts", "weights"), 1);
  EXPECT_EQ(editDistance("ca", "abc"), 3);
}

TEST(EditDistance, IsSymmetric) {
  constexpr std::array<std::string_view, 5> kWords = {"", "k", "bounds", "boudns", "accumulator"};
  for (const auto a : kWords) {
    for (const auto b : kWords) EXPECT_EQ(editDistance(a, b), editDistance(b, a));
  }
}

TEST(Nearest, FindsTheNearestOrNothing) {
  constexpr std::array<std::string_view, 3> kWords = {"epochs", "batch_size", "learning_rate"};
  EXPECT_EQ(nearest("epoch", kWords), "epochs");
  EXPECT_EQ(nearest("learing_rate", kWords), "learning_rate");
  EXPECT_EQ(nearest("batchsize", kWords), "batch_size");
  EXPECT_EQ(nearest("momentum", kWords), "");
  EXPECT_EQ(nearest("epochs", {}), "");
  EXPECT_EQ(nearest("rate", kWords), "learning_rate");
  EXPECT_EQ(nearest("batch", kWords), "batch_size");
  EXPECT_EQ(nearest("te", kWords), "");
}

}  // namespace
}  // namespace a2q
