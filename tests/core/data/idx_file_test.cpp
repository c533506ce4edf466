// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx_file.h"

#include <gmock/gmock.h>

#include <numeric>

#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

using test::Bytes;
using test::gzipped;
using test::idxBytes;
using testing::ElementsAre;
using testing::HasSubstr;

enum class Packing { kPlain, kGzip };

Bytes counting(std::size_t count) {
  Bytes bytes(count);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

class IdxFile : public testing::TestWithParam<Packing> {
 protected:
  Result<IdxArray> read(const Bytes& bytes, int rank = 3) {
    // The name says nothing of the packing: it is found by content.
    const Bytes stored = GetParam() == Packing::kGzip ? gzipped(bytes) : bytes;
    return readIdx(folder_.write("file", stored), rank);
  }

  test::TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Packings, IdxFile, testing::Values(Packing::kPlain, Packing::kGzip),
                         [](const auto& param) {
                           return param.param == Packing::kPlain ? "plain" : "gzip";
                         });

TEST_P(IdxFile, ReadsImagesAndLabels) {
  const auto images = read(idxBytes({2, 3, 4}, counting(24)));
  ASSERT_TRUE(images) << describe(images.error());
  EXPECT_THAT(images->sizes, ElementsAre(2, 3, 4));
  EXPECT_EQ(images->bytes, counting(24));
  const auto labels = read(idxBytes({5}, {5, 0, 4, 1, 9}), 1);
  ASSERT_TRUE(labels) << describe(labels.error());
  EXPECT_THAT(labels->bytes, ElementsAre(5, 0, 4, 1, 9));
}

TEST_P(IdxFile, ReadsMoreThanOneBlock) {
  const Bytes body = counting(3'000'000);
  const auto images = read(idxBytes({300, 100, 100}, body));
  ASSERT_TRUE(images) << describe(images.error());
  EXPECT_EQ(images->bytes, body);
}

TEST_P(IdxFile, NamesFoundAndExpectedMagic) {
  const auto result = read(idxBytes({5}, {5, 0, 4, 1, 9}), 3);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataMagic);
  EXPECT_THAT(result.error().cause, HasSubstr("0x00000801"));
  EXPECT_THAT(result.error().cause, HasSubstr("0x00000803"));
}

TEST_P(IdxFile, RefusesOtherElementTypes) {
  Bytes bytes = idxBytes({1, 1, 1}, {7});
  bytes[2] = 0x0d;  // 32-bit floats
  EXPECT_EQ(read(bytes).error().code, ErrorCode::kDataMagic);
}

TEST_P(IdxFile, CountsBytesOfATruncatedBody) {
  const auto result = read(idxBytes({2, 3, 4}, counting(23)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataTruncated);
  EXPECT_THAT(result.error().cause, HasSubstr("39 bytes found, 40 expected"));
}

TEST_P(IdxFile, CountsBytesOfATruncatedHeader) {
  for (const std::size_t size : {0, 3, 4, 15}) {
    Bytes bytes = idxBytes({2, 3, 4}, {});
    bytes.resize(size);
    const auto result = read(bytes);
    ASSERT_FALSE(result) << size;
    EXPECT_EQ(result.error().code, ErrorCode::kDataTruncated);
    EXPECT_THAT(result.error().cause, HasSubstr(std::to_string(size) + " bytes found, 16"));
  }
}

TEST_P(IdxFile, RefusesBytesAfterTheEnd) {
  const auto result = read(idxBytes({2, 3, 4}, counting(25)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(result.error().message, HasSubstr("longer than it says"));
}

TEST_P(IdxFile, RefusesImpossibleSizes) {
  const std::vector<std::vector<std::uint32_t>> impossible = {
      {0, 28, 28}, {1, 0, 28}, {1, 28, 0}, {0xffffffff, 0xffffffff, 0xffffffff}, {65536, 32768, 2}};
  for (const auto& sizes : impossible) {
    const auto result = read(idxBytes(sizes, counting(8)));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kFileFormat) << testing::PrintToString(sizes);
  }
}

TEST_P(IdxFile, BelievesTheFileNotTheHeaderAboutMemory) {
  const auto result = read(idxBytes({65536, 32768, 1}, counting(10)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kDataTruncated);
  EXPECT_THAT(result.error().cause, HasSubstr("26 bytes found, 2147483664 expected"));
}

class GzipIdx : public testing::Test {
 protected:
  Result<IdxArray> read(const Bytes& stored) { return readIdx(folder_.write("file", stored), 3); }

  Bytes packed_ = gzipped(idxBytes({20, 10, 10}, counting(2000)));
  test::TemporaryFolder folder_;
};

TEST_F(GzipIdx, EveryShorterStreamIsTruncated) {
  for (std::size_t size = 2; size < packed_.size(); ++size) {
    const auto result = read(Bytes(packed_.begin(), packed_.begin() + static_cast<long>(size)));
    ASSERT_FALSE(result) << size;
    ASSERT_EQ(result.error().code, ErrorCode::kDataTruncated) << describe(result.error());
  }
}

TEST_F(GzipIdx, FindsAWrongChecksum) {
  packed_[packed_.size() - 8] ^= 1;
  const auto result = read(packed_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(result.error().cause, HasSubstr("data check"));
}

TEST_F(GzipIdx, NoFlippedBitChangesWhatIsRead) {
  const auto whole = read(packed_);
  ASSERT_TRUE(whole) << describe(whole.error());
  int unnoticed = 0;
  // Bytes 0 to 9 are the gzip header, whose time and system fields carry no data.
  for (std::size_t at = 10; at < packed_.size(); ++at) {
    Bytes bytes = packed_;
    bytes[at] ^= 0x10;
    const auto result = read(bytes);
    if (!result) continue;
    // Only the bits that fill up the last byte before the checksum may differ without harm.
    EXPECT_EQ(at, packed_.size() - 9);
    EXPECT_EQ(result->bytes, whole->bytes);
    ++unnoticed;
  }
  EXPECT_LE(unnoticed, 1);
}

TEST_F(GzipIdx, RefusesBytesBehindTheStream) {
  packed_.insert(packed_.end(), {1, 2, 3, 4});
  const auto result = read(packed_);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(result.error().message, HasSubstr("bytes follow the end"));
}

TEST_F(GzipIdx, ReadsSeveralMembersAsOneStream) {
  Bytes bytes = gzipped(idxBytes({2, 2, 2}, {1, 2, 3}));
  const Bytes second = gzipped({4, 5, 6, 7, 8});
  bytes.insert(bytes.end(), second.begin(), second.end());
  const auto result = read(bytes);
  ASSERT_TRUE(result) << describe(result.error());
  EXPECT_THAT(result->bytes, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(IdxFileAccess, ReportsFoldersAndMissingFiles) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(readIdx(folder.path(), 3).error().code, ErrorCode::kReadFailed);
  EXPECT_EQ(readIdx(folder.path() / "none", 3).error().code, ErrorCode::kReadFailed);
}

}  // namespace
}  // namespace a2q
