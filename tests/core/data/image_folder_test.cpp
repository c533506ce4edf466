// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder_data_set.h"

#include <gmock/gmock.h>

#include "core/data/resample.h"
#include "tests/core/data/test_images.h"

namespace a2q {
namespace {

using test::pngBytes;
using test::smoothPhoto;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

class ImageFolder : public testing::Test {
 protected:
  void write(const std::string& name, std::uint8_t value, const Shape& shape = {1, 2, 3}) {
    const Photo photo{shape, test::Bytes(static_cast<std::size_t>(shape.size()), value)};
    folder_.write(name, pngBytes(photo));
  }

  /// cat: 3 images, dog: 1 image; the values tell them apart.
  void writeSmallSet() {
    write("train/cat/1.png", 1);
    write("train/cat/2.png", 2);
    write("train/cat/3.png", 3);
    write("train/dog/1.png", 11);
    write("test/cat/1.png", 21);
    write("test/dog/1.png", 31);
  }

  Result<DataSet> load() {
    spec_.set = "images";
    return loadDataSet(spec_, 1, folder_.path());
  }

  DataSpec spec_;
  test::TemporaryFolder folder_;
};

TEST_F(ImageFolder, TakesTheClassesInTurn) {
  writeSmallSet();
  folder_.write("train/.cache/x.png", {});
  folder_.write("train/cat/readme.txt", {'x'});
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_THAT(set->class_names, ElementsAre("cat", "dog"));
  EXPECT_EQ(set->train.classes, 2);
  EXPECT_EQ(set->train.shape, (Shape{1, 2, 3}));
  EXPECT_THAT(set->train.labels, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(set->train.image(0), Each(1));
  EXPECT_THAT(set->train.image(1), Each(11));
  EXPECT_THAT(set->train.image(3), Each(3));
  EXPECT_THAT(set->test.image(1), Each(31));
  spec_.train_samples = 2;
  EXPECT_THAT(load()->train.labels, ElementsAre(0, 1));
}

TEST_F(ImageFolder, MixedColoursBecomeRgb) {
  writeSmallSet();
  folder_.write("train/cat/2.png", pngBytes(Photo{{3, 1, 2}, {1, 2, 3, 4, 5, 6}}));
  write("train/cat/1.png", 1, {1, 1, 2});
  write("train/cat/3.png", 3, {1, 1, 2});
  write("train/dog/1.png", 11, {1, 1, 2});
  write("test/cat/1.png", 21, {1, 1, 2});
  write("test/dog/1.png", 31, {1, 1, 2});
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train.shape, (Shape{3, 1, 2}));
  EXPECT_EQ(set->test.shape, (Shape{3, 1, 2}));
  EXPECT_THAT(set->train.image(0), Each(1));
  EXPECT_THAT(set->train.image(1), Each(11));
  EXPECT_THAT(set->train.image(2), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(set->train.image(3), Each(3));
  EXPECT_THAT(set->test.image(0), Each(21));
}

TEST_F(ImageFolder, GreyImagesKeepTheirPlacesWhenSpread) {
  writeSmallSet();
  Photo numbered{{1, 2, 3}, {1, 2, 3, 4, 5, 6}};
  folder_.write("train/cat/1.png", pngBytes(numbered));
  write("test/dog/1.png", 31, {3, 2, 3});
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_THAT(set->train.image(0),
              ElementsAre(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6));
}

TEST_F(ImageFolder, AreOfOneSizeOrScaledToOne) {
  writeSmallSet();
  const Photo large = smoothPhoto({1, 40, 20});
  folder_.write("train/cat/2.png", pngBytes(large));
  const auto differing = load();
  ASSERT_FALSE(differing);
  EXPECT_EQ(differing.error().code, ErrorCode::kDataShape);
  EXPECT_THAT(differing.error().message, HasSubstr("train/cat/2.png"));
  EXPECT_THAT(differing.error().cause, HasSubstr("40×20 and 2×3"));
  EXPECT_THAT(differing.error().remedy, HasSubstr("data.size"));
  spec_.size = {4, 5};
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train.shape, (Shape{1, 4, 5}));
  EXPECT_THAT(set->train.image(0), Each(1));
  EXPECT_THAT(set->train.image(2), testing::ElementsAreArray(resizeBicubic(large, {4, 5}).pixels));
  spec_.size = {4, 0};
  EXPECT_EQ(load().error().code, ErrorCode::kSpecValue);
}

TEST_F(ImageFolder, BothPartsAreOfOneSize) {
  writeSmallSet();
  write("test/cat/1.png", 1, {1, 5, 5});
  write("test/dog/1.png", 1, {1, 5, 5});
  EXPECT_EQ(load().error().code, ErrorCode::kDataShape);
}

TEST_F(ImageFolder, SayWhatIsMissing) {
  EXPECT_EQ(load().error().code, ErrorCode::kDataMissing);
  writeSmallSet();
  std::filesystem::create_directories(folder_.path() / "train" / "emu");
  const auto empty = load();
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(empty.error().message, HasSubstr("train/emu"));
  write("train/emu/1.png", 1);
  const auto untested = load();
  ASSERT_FALSE(untested);
  EXPECT_THAT(untested.error().message, HasSubstr("test/emu"));
  std::filesystem::remove_all(folder_.path() / "train" / "emu");
  write("test/fox/1.png", 1);
  const auto untrained = load();
  ASSERT_FALSE(untrained);
  EXPECT_EQ(untrained.error().code, ErrorCode::kDataLabels);
  EXPECT_THAT(untrained.error().message, HasSubstr("test/fox"));
}

TEST_F(ImageFolder, NameTheDamagedFile) {
  writeSmallSet();
  folder_.write("test/dog/1.png", {});
  const auto result = load();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataTruncated);
  EXPECT_THAT(result.error().message, HasSubstr("test/dog/1.png"));
}

TEST_F(ImageFolder, HaveAtMost256Classes) {
  for (int i = 0; i < 257; ++i) {
    std::filesystem::create_directories(folder_.path() / "train" / std::to_string(i));
  }
  std::filesystem::create_directories(folder_.path() / "test" / "0");
  EXPECT_EQ(load().error().code, ErrorCode::kDataLabels);
}

}  // namespace
}  // namespace a2q
