// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cstdlib>
#include <numeric>

#include "core/data/data_set.h"

namespace a2q {
namespace {

using testing::ElementsAreArray;

struct Expected {
  std::vector<std::uint8_t> train_labels;
  std::vector<std::uint8_t> test_labels;
  std::uint64_t train_sum;
  std::uint64_t test_sum;
};

std::uint64_t sumOf(const ImageSet& set) {
  return std::accumulate(set.pixels.begin(), set.pixels.end(), std::uint64_t{0});
}

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    const char* const root = std::getenv("A2Q_DATA_DIR");
    if (root == nullptr || *root == '\0') {
      GTEST_SKIP() << "A2Q_DATA_DIR is not set: it names the folder that holds mnist, "
                      "fashion-mnist and cifar10, the original files in each.";
    }
  }

  static void check(const std::string& name, const Expected& expected) {
    DataSpec spec;
    spec.set = name;
    const auto set = loadDataSet(spec, 1);
    ASSERT_TRUE(set) << describe(set.error());
    EXPECT_EQ(set->train.shape, (Shape{1, 28, 28}));
    EXPECT_EQ(set->train.count(), 60'000);
    EXPECT_EQ(set->test.count(), 10'000);
    EXPECT_THAT(std::span(set->train.labels).first(5), ElementsAreArray(expected.train_labels));
    EXPECT_THAT(std::span(set->test.labels).first(5), ElementsAreArray(expected.test_labels));
    EXPECT_EQ(sumOf(set->train), expected.train_sum);
    EXPECT_EQ(sumOf(set->test), expected.test_sum);
  }
};

// The sums are those of the files themselves, taken with Python.
TEST_F(RealData, Mnist) {
  check("mnist", {{5, 0, 4, 1, 9}, {7, 2, 1, 0, 4}, 1567298545, 264923200});
}

TEST_F(RealData, FashionMnist) {
  check("fashion-mnist", {{9, 0, 0, 3, 0}, {9, 2, 1, 1, 6}, 3431114169, 573469082});
}

TEST_F(RealData, Cifar10) {
  DataSpec spec;
  spec.set = "cifar10";
  const auto set = loadDataSet(spec, 1);
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train.shape, (Shape{3, 32, 32}));
  EXPECT_EQ(set->train.count() % 10'000, 0);  // the batches that are there
  EXPECT_EQ(set->test.count(), 10'000);
  EXPECT_THAT(std::span(set->train.labels).first(5), ElementsAreArray({6, 9, 9, 4, 1}));
  EXPECT_THAT(std::span(set->test.labels).first(5), ElementsAreArray({3, 8, 8, 0, 6}));
  EXPECT_EQ(sumOf(set->test), 3733375634);
}

// Counts a class and sums, taken with awk from the text.
TEST_F(RealData, Optdigits) {
  DataSpec spec;
  spec.set = "optdigits";
  const auto set = loadDataSet(spec, 1);
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train.shape, (Shape{1, 8, 8}));
  std::vector<int> counts(10, 0);
  for (const std::uint8_t label : set->train.labels) ++counts[label];
  EXPECT_THAT(counts, ElementsAreArray({376, 389, 380, 389, 387, 376, 377, 387, 380, 382}));
  EXPECT_EQ(set->test.count(), 1'797);
  EXPECT_EQ(sumOf(set->train), 1204758);
  EXPECT_EQ(sumOf(set->test), 561718);
}

}  // namespace
}  // namespace a2q
