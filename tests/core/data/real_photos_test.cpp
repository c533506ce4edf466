// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cstdlib>

#include "core/data/data_set.h"
#include "core/data/psnr.h"

namespace a2q {
namespace {

class RealPhotos : public testing::Test {
 protected:
  void SetUp() override {
    const char* const root = std::getenv("A2Q_DATA_DIR");
    if (root == nullptr || *root == '\0') {
      GTEST_SKIP() << "A2Q_DATA_DIR is not set: it names the folder that holds bsd300 and sr-test, "
                      "the original files in each.";
    }
  }

  static DataSet load(const std::string& name, std::int64_t factor) {
    DataSpec spec;
    spec.set = name;
    spec.photos.factor = factor;
    auto set = loadDataSet(spec, 1);
    EXPECT_TRUE(set) << describe(set.error());
    return set ? std::move(*set) : DataSet{};
  }
};

// Bicubic baselines of the literature, as in Dong, Loy, He, Tang: Image Super-Resolution Using Deep
// Convolutional Networks (2014), and of every paper since. Theirs keep the small image in floating
// point; here it has 8 bits, which costs some hundredths of a dB.
TEST_F(RealPhotos, Set5HasTheBaselineOfTheLiterature) {
  EXPECT_NEAR(bicubicPsnr(load("set5", 2).test_photos), 33.66, 0.1);
  const DataSet set = load("set5", 3);
  EXPECT_EQ(set.test_photos.count(), 5);
  EXPECT_EQ(set.train_photos.count(), 0);
  EXPECT_EQ(set.test_photos.pairs.front().name, "baby.png");
  EXPECT_EQ(set.test_photos.pairs.front().high.shape, (Shape{1, 510, 510}));
  EXPECT_EQ(set.test_photos.pairs.front().low.shape, (Shape{1, 170, 170}));
  EXPECT_NEAR(bicubicPsnr(set.test_photos), 30.39, 0.05);
  EXPECT_NEAR(bicubicPsnr(load("set5", 4).test_photos), 28.42, 0.05);
}

TEST_F(RealPhotos, Set14HasTheBaselineOfTheLiterature) {
  const DataSet set = load("set14", 3);
  EXPECT_EQ(set.test_photos.count(), 14);
  EXPECT_NEAR(bicubicPsnr(set.test_photos), 27.54, 0.05);
}

TEST_F(RealPhotos, Bsd300HasTheBaselineOfTheLiterature) {
  const DataSet set = load("bsd300", 3);
  EXPECT_EQ(set.train_photos.count(), 200);
  EXPECT_EQ(set.test_photos.count(), 100);
  EXPECT_NEAR(bicubicPsnr(set.test_photos), 27.21, 0.05);
}

}  // namespace
}  // namespace a2q
