// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/catalogue.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "core/data/check.h"
#include "core/data/image_checksum.h"
#include "tests/core/data/test_images.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Catalogue, HasEverySetInOrder) {
  std::vector<std::string> names;
  for (const CatalogueEntry& entry : catalogue()) names.emplace_back(entry.set);
  EXPECT_EQ(names, dataSetNames());
  EXPECT_EQ(findEntry("mnist")->set, "mnist");
  EXPECT_EQ(findEntry("nothing"), nullptr);
}

TEST(Catalogue, OffersOnlyWhatCanBeChecked) {
  for (const CatalogueEntry& entry : catalogue()) {
    if (entry.downloads.empty()) continue;
    EXPECT_TRUE(entry.address.starts_with("https://") && entry.address.ends_with('/')) << entry.set;
    EXPECT_FALSE(entry.files.empty()) << entry.set;
    for (const Download& file : entry.downloads) {
      EXPECT_THAT(std::string(file.sha256), testing::MatchesRegex("[0-9a-f]{64}"));
    }
  }
}

class Check : public testing::Test {
 protected:
  void writeIdx(const std::string& below = {}) {
    folder_.write(below + "train-images-idx3-ubyte", test::idxBytes({1, 1, 1}, {1}));
    folder_.write(below + "train-labels-idx1-ubyte", test::idxBytes({1}, {1}));
    folder_.write(below + "t10k-images-idx3-ubyte", test::idxBytes({1, 1, 1}, {1}));
    folder_.write(below + "t10k-labels-idx1-ubyte", test::idxBytes({1}, {1}));
  }

  test::TemporaryFolder folder_;
};

TEST_F(Check, ComparesFilesWithThePublishedOnes) {
  folder_.write("a", {'a', 'b', 'c'});
  folder_.write("b", {'x'});
  const CatalogueEntry entry = {
      .set = "test",
      .files = {{"a", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                {"b", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
                {"c", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}};
  const auto originals = compareOriginals(entry, folder_.path());
  ASSERT_TRUE(originals);
  EXPECT_THAT(originals->same, ElementsAre("a"));
  EXPECT_THAT(originals->different, ElementsAre("b"));
  EXPECT_THAT(originals->missing, ElementsAre("c"));
}

// printf 'a/x.png\0onetwo.jpg\0two' | sha256sum, with a/x.png = "one" and two.jpg = "two".
TEST_F(Check, SumsUpTheImagesOfAFolder) {
  folder_.write("a/x.png", {'o', 'n', 'e'});
  folder_.write("two.jpg", {'t', 'w', 'o'});
  folder_.write("a/notes.txt", {'x'});
  EXPECT_EQ(sha256OfImages(folder_.path()),
            "bee83bded91899d2456ba8cd08268a1bb2cf9c6606ed184181c11749bafa62a8");
}

TEST_F(Check, TellsASetByItsFiles) {
  EXPECT_EQ(detectDataSet(folder_.path()), std::nullopt);
  writeIdx("idx/");
  folder_.write("cifar/cifar-10-batches-bin/test_batch.bin", {});
  folder_.write("digits/optdigits.tes", {});
  folder_.write("classes/train/cat/1.png", {});
  folder_.write("classes/test/cat/1.png", {});
  folder_.write("photos/test/1.png", {});
  folder_.write("bsd/images/test/1.jpg", {});
  folder_.write("Set5/1.png", {});
  folder_.write("some/1.png", {});
  const auto detected = [&](const char* name) { return detectDataSet(folder_.path() / name); };
  EXPECT_EQ(detected("idx"), "mnist");
  EXPECT_EQ(detected("cifar"), "cifar10");
  EXPECT_EQ(detected("digits"), "optdigits");
  EXPECT_EQ(detected("classes"), "images");
  EXPECT_EQ(detected("photos"), "photos");
  EXPECT_EQ(detected("bsd"), "bsd300");
  EXPECT_EQ(detected("Set5"), "set5");
  EXPECT_EQ(detected("some"), std::nullopt);
}

TEST_F(Check, LoadsWhatLiesInAFolder) {
  writeIdx();
  const auto check = checkDataSet(folder_.path().string());
  ASSERT_TRUE(check) << describe(check.error());
  EXPECT_EQ(check->set, "mnist");
  EXPECT_EQ(check->folder, folder_.path());
  EXPECT_EQ(check->data.train.count(), 1);
  EXPECT_FALSE(check->damaged);  // another set in the form of MNIST
}

// Nobody hands on another set under these names.
TEST_F(Check, OtherFilesOfACertainNameAreDamage) {
  std::string line = "1";
  for (int i = 0; i < 64; ++i) line += ",1";
  folder_.write("o/optdigits.tra", test::Bytes(line.begin(), line.end()));
  folder_.write("o/optdigits.tes", test::Bytes(line.begin(), line.end()));
  const auto check = checkDataSet((folder_.path() / "o").string());
  ASSERT_TRUE(check) << describe(check.error());
  EXPECT_TRUE(check->damaged);
  EXPECT_THAT(check->originals.different, ElementsAre("optdigits.tra", "optdigits.tes"));
}

TEST_F(Check, SaysWhatItDoesNotKnow) {
  const auto empty = checkDataSet(folder_.path().string());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::kDataMissing);
  EXPECT_EQ(checkDataSet((folder_.path() / "no").string()).error().code, ErrorCode::kReadFailed);
  const auto name = checkDataSet("mnits");
  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().code, ErrorCode::kUsage);
  EXPECT_THAT(name.error().remedy, HasSubstr("'mnist'"));
}

}  // namespace
}  // namespace a2q
