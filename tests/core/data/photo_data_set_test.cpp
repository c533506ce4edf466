// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/photo_data_set.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "core/data/resample.h"
#include "tests/core/data/test_images.h"

namespace a2q {
namespace {

using test::jpegBytes;
using test::pngBytes;
using test::smoothPhoto;
using testing::HasSubstr;

class PhotoFiles : public testing::Test {
 protected:
  void TearDown() override { unsetenv("A2Q_DATA_DIR"); }

  [[nodiscard]] Result<DataSet> load(const std::string& set) {
    spec_.set = set;
    return loadDataSet(spec_, 1, folder_.path());
  }

  void writeImages(const std::string& below) {
    folder_.write(below + "b.png", pngBytes(smoothPhoto({3, 13, 10})));
    folder_.write(below + "a.jpg", jpegBytes(smoothPhoto({1, 9, 12})));
    folder_.write(below + "notes.txt", {'x'});
  }

  DataSpec spec_;
  test::TemporaryFolder folder_;
};

TEST_F(PhotoFiles, AreSortedCroppedAndThenScaledDown) {
  writeImages("train/");
  writeImages("test/");
  const auto set = load("photos");
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->task, Task::kSuperResolution);
  EXPECT_EQ(set->train_photos.count(), 2);
  const PhotoSet& photos = set->test_photos;
  EXPECT_EQ(photos.factor, 3);
  EXPECT_EQ(photos.channels, 1);
  ASSERT_EQ(photos.count(), 2);
  EXPECT_EQ(photos.pairs[0].name, "a.jpg");
  EXPECT_EQ(photos.pairs[1].name, "b.png");
  EXPECT_EQ(photos.pairs[1].high.shape, (Shape{1, 12, 9}));
  EXPECT_EQ(photos.pairs[1].low.shape, (Shape{1, 4, 3}));
  const Photo whole = luminance(smoothPhoto({3, 13, 10}));
  for (std::size_t y = 0; y < 12; ++y) {
    for (std::size_t x = 0; x < 9; ++x) {
      EXPECT_EQ(photos.pairs[1].high.pixels[y * 9 + x], whole.pixels[y * 10 + x]);
    }
  }
  EXPECT_EQ(photos.pairs[1].low.pixels, resizeBicubic(photos.pairs[1].high, {4, 3}).pixels);
}

TEST_F(PhotoFiles, FollowTheSpecification) {
  writeImages("train/");
  writeImages("test/");
  spec_.photos = {2, Downscale::kArea, Colour::kRgb, 1};
  spec_.train_samples = 1;
  spec_.test_samples = 5;
  const auto set = load("photos");
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train_photos.count(), 1);
  EXPECT_EQ(set->test_photos.count(), 2);
  EXPECT_EQ(set->train_photos.channels, 3);
  EXPECT_EQ(set->test_photos.pairs[0].high.shape, (Shape{3, 8, 12}));  // grey in three planes
  EXPECT_EQ(set->test_photos.pairs[1].low.pixels,
            downscale(cropToMultiple(smoothPhoto({3, 13, 10}), 2), 2, Downscale::kArea).pixels);
}

TEST_F(PhotoFiles, LieWhereTheArchivesPutThem) {
  writeImages("BSDS300/images/train/");
  writeImages("BSDS300/images/test/");
  EXPECT_EQ(load("bsd300")->train_photos.count(), 2);
  writeImages("sr-test/Set5/");
  writeImages("Set14/");
  setenv("A2Q_DATA_DIR", folder_.path().c_str(), 1);
  for (const char* name : {"set5", "set14"}) {
    spec_.set = name;
    const auto set = loadDataSet(spec_, 1);
    ASSERT_TRUE(set) << describe(set.error());
    EXPECT_EQ(set->test_photos.count(), 2);
    EXPECT_EQ(set->train_photos.count(), 0);
  }
}

TEST_F(PhotoFiles, SayWhatIsMissing) {
  const auto nothing = load("photos");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(nothing.error().cause, HasSubstr(folder_.path().string()));
  writeImages("test/");
  const auto half = load("photos");
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(half.error().cause, HasSubstr((folder_.path() / "train").string()));
  std::filesystem::create_directories(folder_.path() / "train");
  EXPECT_EQ(load("photos").error().code, ErrorCode::kDataMissing);
}

TEST_F(PhotoFiles, NameTheFileThatIsTooSmallOrDamaged) {
  writeImages("train/");
  writeImages("test/");
  folder_.write("test/c.png", pngBytes(smoothPhoto({1, 2, 50})));
  const auto small = load("photos");
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().code, ErrorCode::kDataShape);
  EXPECT_THAT(small.error().message, HasSubstr("c.png"));
  EXPECT_THAT(small.error().cause, HasSubstr("2×50"));
  folder_.write("test/c.png", {});
  EXPECT_EQ(load("photos").error().code, ErrorCode::kDataTruncated);
}

TEST_F(PhotoFiles, AreNotPaddedButMayBeTurned) {
  writeImages("train/");
  writeImages("test/");
  spec_.augment = {0, true, true};
  EXPECT_TRUE(load("photos"));
  spec_.augment.pad = 4;
  const auto result = load("photos");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kSpecValue);
  EXPECT_THAT(result.error().remedy, HasSubstr("data.augment.pad"));
  EXPECT_FALSE(checkAugment({0, false, true}, Task::kSuperResolution, {17, 19}));
  EXPECT_TRUE(checkAugment({0, false, true}, Task::kSuperResolution, {17, 17}));
}

}  // namespace
}  // namespace a2q
