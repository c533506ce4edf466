// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include "core/base/atomic_file.h"

namespace a2q {
namespace {

std::string sumOf(std::string_view text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

// FIPS 180-4, the examples of NIST.
TEST(Sha256Sum, IsTheStandards) {
  EXPECT_EQ(sumOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sumOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256Sum, OfAFile) {
  const std::filesystem::path path = ::testing::TempDir() + "a2q-sha256-test";
  ASSERT_TRUE(writeFileAtomically(path, std::string(1'000'000, 'a')));
  EXPECT_EQ(sha256OfFile(path), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  ASSERT_TRUE(std::filesystem::remove(path));
  EXPECT_EQ(sha256OfFile(path).error().code, ErrorCode::kReadFailed);
}

}  // namespace
}  // namespace a2q
