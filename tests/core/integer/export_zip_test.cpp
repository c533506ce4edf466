// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <vector>

#include "core/integer/exchange/stored_zip_writer.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::uint64_t number(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t out = 0;
  for (std::size_t i = size; i-- > 0;) {
    out = out << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return out;
}

TEST(StoredZip, HeadersAndChecksumsAreThoseOfTheSpecification) {
  const auto zip = storedZip(std::vector<ZipEntry>{{"a.txt", "alpha"}, {"b/c.txt", ""}});
  ASSERT_TRUE(zip.has_value());
  EXPECT_THAT(*zip, StartsWith("PK\x03\x04"));
  const std::size_t end = zip->size() - 22;
  EXPECT_EQ(number(*zip, end, 4), 0x06054b50U);
  EXPECT_EQ(number(*zip, end + 10, 2), 2U);
  const std::size_t central = number(*zip, end + 16, 4);
  EXPECT_EQ(central + number(*zip, end + 12, 4), end);
  EXPECT_EQ(number(*zip, central, 4), 0x02014b50U);
  EXPECT_EQ(number(*zip, central + 16, 4), crc32(0, reinterpret_cast<const Bytef*>("alpha"), 5));
  EXPECT_EQ(number(*zip, central + 42, 4), 0U);
  const std::size_t second = central + 46 + 5;
  EXPECT_EQ(number(*zip, second, 4), 0x02014b50U);
  EXPECT_EQ(number(*zip, second + 42, 4), 30U + 5 + 5);
  EXPECT_THAT(*zip, HasSubstr("b/c.txt"));
}

TEST(StoredZip, EveryEntryIsDatedOfTheFirstDayOf1980) {
  const auto zip = storedZip(std::vector<ZipEntry>{{"a", "1"}});
  ASSERT_TRUE(zip.has_value());
  EXPECT_EQ(number(*zip, 10, 2), 0U);
  EXPECT_EQ(number(*zip, 12, 2), 0x21U);
}

TEST(StoredZip, TooManyEntriesAreRefused) {
  const std::vector<ZipEntry> entries(65'536);
  const auto zip = storedZip(entries);
  ASSERT_FALSE(zip.has_value());
  EXPECT_EQ(zip.error().code, ErrorCode::kNotExported);
}

TEST(StoredZip, EmptyArchivesAreArchivesToo) {
  const auto zip = storedZip({});
  ASSERT_TRUE(zip.has_value());
  EXPECT_EQ(zip->size(), 22U);
}

}  // namespace
}  // namespace a2q::testing
