// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <iterator>
#include <string>

namespace a2q {
namespace {

namespace fs = std::filesystem;

class AtomicFile : public ::testing::Test {
 protected:
  AtomicFile() {
    std::string pattern = (fs::temp_directory_path() / "a2q-atomic-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~AtomicFile() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  [[nodiscard]] fs::path at(const char* name) const { return folder_ / name; }
  [[nodiscard]] std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

 private:
  fs::path folder_;
};

TEST_F(AtomicFile, WritesAndReplaces) {
  ASSERT_TRUE(writeFileAtomically(at("file"), "old"));
  ASSERT_TRUE(writeFileAtomically(at("file"), "new and longer"));
  EXPECT_EQ(readFile(at("file")).value(), "new and longer");
  EXPECT_EQ(entries(), 1) << "a temporary file was left behind";
}

TEST_F(AtomicFile, KeepsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 200000; ++i) bytes.push_back(static_cast<char>(i * 31 % 256));
  ASSERT_TRUE(writeFileAtomically(at("file"), bytes));
  EXPECT_EQ(readFile(at("file")).value(), bytes);
  ASSERT_TRUE(writeFileAtomically(at("file"), ""));
  EXPECT_EQ(readFile(at("file")).value(), "");
}

TEST_F(AtomicFile, MissingFolderIsAnError) {
  const Status status = writeFileAtomically(at("missing") / "file", "text");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kWriteFailed);
  EXPECT_NE(status.error().message.find("missing"), std::string::npos);
  EXPECT_FALSE(status.error().cause.empty());
  EXPECT_EQ(entries(), 0);
}

TEST_F(AtomicFile, FolderAsTargetIsLeftAsItIs) {
  ASSERT_TRUE(fs::create_directory(at("folder")));
  ASSERT_TRUE(writeFileAtomically(at("folder") / "kept", "kept"));
  const Status status = writeFileAtomically(at("folder"), "text");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().code, ErrorCode::kWriteFailed);
  EXPECT_EQ(readFile(at("folder") / "kept").value(), "kept");
  EXPECT_EQ(entries(), 1) << "a temporary file was left behind";
}

TEST_F(AtomicFile, ReadingWhatIsNoFileIsAnError) {
  for (const fs::path& path : {at("missing"), at("")}) {
    const Result<std::string> text = readFile(path);
    ASSERT_FALSE(text.has_value()) << path;
    EXPECT_EQ(text.error().code, ErrorCode::kReadFailed);
    EXPECT_FALSE(text.error().cause.empty());
  }
}

TEST_F(AtomicFile, ReadingStopsAtTheLimit) {
  ASSERT_TRUE(writeFileAtomically(at("file"), "12345"));
  EXPECT_EQ(readFile(at("file"), 5).value(), "12345");
  EXPECT_FALSE(readFile(at("file"), 4).has_value());
}

}  // namespace
}  // namespace a2q
