// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_set.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

using test::Bytes;
using test::gzipped;
using test::idxBytes;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kTrainImages = "train-images-idx3-ubyte";
constexpr auto kTrainLabels = "train-labels-idx1-ubyte";
constexpr auto kTestImages = "t10k-images-idx3-ubyte";
constexpr auto kTestLabels = "t10k-labels-idx1-ubyte";

DataSpec dataSpec(const std::string& set = "digits", const std::string& path = {},
                  std::int64_t train = 0, std::int64_t test = 0) {
  DataSpec spec;
  spec.set = set;
  spec.path = path;
  spec.train_samples = train;
  spec.test_samples = test;
  return spec;
}

class DataSetFiles : public testing::Test {
 protected:
  void SetUp() override {
    unsetenv("A2Q_DATA_DIR");
    setenv("XDG_CACHE_HOME", (folder_.path() / "cache").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("A2Q_DATA_DIR");
    unsetenv("XDG_CACHE_HOME");
  }

  // Three training and two test images of 2 × 2.
  void writeSmallSet(const std::string& prefix = {}) {
    folder_.write(prefix + kTrainImages, train_images_);
    folder_.write(prefix + kTrainLabels, idxBytes({3}, {7, 8, 9}));
    folder_.write(prefix + kTestImages, test_images_);
    folder_.write(prefix + kTestLabels, idxBytes({2}, {0, 1}));
  }

  [[nodiscard]] Result<DataSet> load() const {
    return loadDataSet(dataSpec("mnist"), 1, folder_.path());
  }

  Bytes train_images_ = idxBytes({3, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  Bytes test_images_ = idxBytes({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
  test::TemporaryFolder folder_;
};

TEST_F(DataSetFiles, LoadsFourFiles) {
  writeSmallSet();
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->name, "mnist");
  EXPECT_EQ(set->source, folder_.path().string());
  EXPECT_EQ(set->train.shape, (Shape{1, 2, 2}));
  EXPECT_EQ(set->train.classes, 10);
  EXPECT_THAT(set->train.labels, ElementsAre(7, 8, 9));
  EXPECT_THAT(set->train.image(1), ElementsAre(5, 6, 7, 8));
  EXPECT_THAT(set->test.labels, ElementsAre(0, 1));
}

TEST_F(DataSetFiles, AcceptsEverySpellingOfTheNames) {
  folder_.write("train-images.idx3-ubyte.gz", gzipped(train_images_));
  folder_.write("train-labels.idx1-ubyte", idxBytes({3}, {7, 8, 9}));
  folder_.write("t10k-images-idx3-ubyte.gz", test_images_);  // named .gz, and is not
  folder_.write("t10k-labels-idx1-ubyte", gzipped(idxBytes({2}, {0, 1})));
  const auto set = load();
  ASSERT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->test.count(), 2);
}

TEST_F(DataSetFiles, LooksInTheNamedFolderAndItsSubfolder) {
  writeSmallSet("fashion-mnist/");
  const DataSpec by_path = dataSpec("fashion-mnist", folder_.path().string());
  EXPECT_TRUE(loadDataSet(by_path, 1));
  EXPECT_FALSE(loadDataSet(dataSpec("fashion-mnist"), 1));
  setenv("A2Q_DATA_DIR", folder_.path().c_str(), 1);
  EXPECT_TRUE(loadDataSet(dataSpec("fashion-mnist"), 1));
}

TEST_F(DataSetFiles, TakesNoOtherFolderThanTheOneNamed) {
  writeSmallSet("mnist/");
  setenv("A2Q_DATA_DIR", folder_.path().c_str(), 1);
  EXPECT_TRUE(loadDataSet(dataSpec("mnist"), 1));
  EXPECT_FALSE(loadDataSet(dataSpec("mnist", folder_.path() / "elsewhere"), 1));
  EXPECT_FALSE(loadDataSet(dataSpec("mnist", folder_.path()), 1, folder_.path() / "elsewhere"));
}

TEST_F(DataSetFiles, TakesTheFirstSamples) {
  writeSmallSet();
  const auto set = loadDataSet(dataSpec("mnist", folder_.path(), 2, 100), 1);
  ASSERT_TRUE(set);
  EXPECT_THAT(set->train.labels, ElementsAre(7, 8));
  EXPECT_EQ(set->train.pixels.size(), 8U);
  EXPECT_EQ(set->test.count(), 2);
}

TEST_F(DataSetFiles, SaysWhichFileIsMissingAndWhereItLooked) {
  const auto nothing = load();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(nothing.error().message, HasSubstr(kTrainImages));
  EXPECT_THAT(nothing.error().cause, HasSubstr((folder_.path() / "mnist").string()));
  EXPECT_THAT(nothing.error().remedy, HasSubstr("--data"));
  EXPECT_THAT(nothing.error().remedy, HasSubstr("A2Q_DATA_DIR"));
  writeSmallSet();
  for (const char* name : {kTrainImages, kTrainLabels, kTestImages, kTestLabels}) {
    const std::filesystem::path hidden = folder_.path() / "hidden";
    std::filesystem::rename(folder_.path() / name, hidden);
    const auto result = load();
    ASSERT_FALSE(result) << name;
    EXPECT_EQ(result.error().code, ErrorCode::kDataMissing);
    EXPECT_THAT(result.error().message, HasSubstr(name));
    std::filesystem::rename(hidden, folder_.path() / name);
  }
}

TEST_F(DataSetFiles, SaysThatNoFolderIsNamed) {
  unsetenv("XDG_CACHE_HOME");
  const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  unsetenv("HOME");
  const auto result = loadDataSet(dataSpec("mnist"), 1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(result.error().cause, HasSubstr("No folder is named"));
  setenv("HOME", home.c_str(), 1);
}

TEST_F(DataSetFiles, LooksInTheCacheWhenNoPlaceIsNamedOrTheRootLacksIt) {
  writeSmallSet("cache/a2q/data/mnist/");
  EXPECT_TRUE(loadDataSet(dataSpec("mnist"), 1));
  setenv("A2Q_DATA_DIR", (folder_.path() / "elsewhere").c_str(), 1);
  EXPECT_TRUE(loadDataSet(dataSpec("mnist"), 1));
  EXPECT_FALSE(loadDataSet(dataSpec("mnist", folder_.path()), 1));
  unsetenv("A2Q_DATA_DIR");
  unsetenv("XDG_CACHE_HOME");
  const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  setenv("HOME", folder_.path().c_str(), 1);
  std::filesystem::rename(folder_.path() / "cache", folder_.path() / ".cache");
  EXPECT_TRUE(loadDataSet(dataSpec("mnist"), 1));
  setenv("HOME", home.c_str(), 1);
}

TEST_F(DataSetFiles, RefusesAnAugmentationThatTheImagesCannotTake) {
  folder_.write(kTrainImages, idxBytes({1, 2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}));
  folder_.write(kTrainLabels, idxBytes({1}, {7}));
  folder_.write(kTestImages, idxBytes({1, 2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}));
  folder_.write(kTestLabels, idxBytes({1}, {0}));
  DataSpec spec = dataSpec("mnist", folder_.path());
  spec.augment = {1, true, false};
  EXPECT_TRUE(loadDataSet(spec, 1));
  spec.augment.turn = true;
  const auto result = loadDataSet(spec, 1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kSpecValue);
  EXPECT_THAT(result.error().cause, HasSubstr("2×4"));
  EXPECT_THAT(result.error().remedy, HasSubstr("data.augment.turn"));
}

TEST_F(DataSetFiles, NamesIndexAndValueOfAWrongLabel) {
  writeSmallSet();
  folder_.write(kTestLabels, idxBytes({2}, {0, 10}));
  const auto result = load();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataLabels);
  EXPECT_THAT(result.error().message, HasSubstr("label 1 is 10"));
}

TEST_F(DataSetFiles, ComparesTheCountsOfImagesAndLabels) {
  writeSmallSet();
  folder_.write(kTrainLabels, idxBytes({2}, {7, 8}));
  const auto result = load();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataLabels);
  EXPECT_THAT(result.error().cause, HasSubstr("3 images, 2 labels"));
}

TEST_F(DataSetFiles, ComparesTheSizesOfBothParts) {
  writeSmallSet();
  folder_.write(kTestImages, idxBytes({2, 4, 1}, {1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(load().error().code, ErrorCode::kDataShape);
}

TEST_F(DataSetFiles, HandsOnWhatIsWrongWithAFile) {
  writeSmallSet();
  folder_.write(kTestImages, idxBytes({2}, {0, 1}));
  EXPECT_EQ(load().error().code, ErrorCode::kDataMagic);
}

TEST(DataSetNames, ListsAndSuggests) {
  EXPECT_THAT(dataSetNames(),
              ElementsAre("digits", "mnist", "fashion-mnist", "cifar10", "optdigits", "images",
                          "bsd300", "set5", "set14", "photos"));
  const auto result = loadDataSet(dataSpec("fashon-mnist"), 1);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kSpecValue);
  EXPECT_THAT(result.error().remedy, HasSubstr("'fashion-mnist'"));
  EXPECT_EQ(loadDataSet(dataSpec("x"), 1).error().code, ErrorCode::kSpecValue);
}

TEST(DataSetDigits, KnowsItsSourceAndLimits) {
  const auto all = loadDataSet(dataSpec(), 7);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->source, "generator, seed 7");
  EXPECT_EQ(all->train.count(), 12'000);
  EXPECT_EQ(all->test.count(), 2'000);
  const auto some = loadDataSet(dataSpec("digits", "", 30, 5'000), 7);
  ASSERT_TRUE(some);
  EXPECT_EQ(some->train.count(), 30);
  EXPECT_EQ(some->test.count(), 2'000);
  EXPECT_THAT(some->train.image(29), testing::ElementsAreArray(all->train.image(29)));
  EXPECT_EQ(loadDataSet(dataSpec("digits", "", -1), 1).error().code, ErrorCode::kSpecValue);
}

}  // namespace
}  // namespace a2q
