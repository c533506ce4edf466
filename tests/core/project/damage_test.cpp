// SPDX-License-Identifier: GPL-3.0-or-later
// Files that were damaged by chance, or by someone who then made their digest right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <random>
#include <span>

#include "core/base/atomic_file.h"
#include "core/base/isolated.h"
#include "core/project/file_frame.h"
#include "core/project/project_lane.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using Existing = ProjectFile::Existing;

constexpr int kPlaces = 2000;

/// The content of a project, objects included.
struct Content {
  Project project;
  std::vector<DataTree> objects;
  bool operator==(const Content&) const = default;
};

Result<Content> contentOf(const fs::path& path) {
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  Content content{file->saved(), {}};
  for (const ObjectRef& ref : objectsOf(content.project)) {
    auto object = file->object(ref);
    if (!object) return forward(std::move(object));
    content.objects.push_back(std::move(*object));
  }
  return content;
}

class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    auto file = ProjectFile::create(whole_, Existing::kReplace);
    ASSERT_TRUE(file) << describe(file.error());
    Project project = sampleProject();
    project.runs = {sampleRun(1), sampleRun(2)};
    for (ProjectRun& run : project.runs) {
      run.specification = "[network]\nname = \"x\"\n";
      run.last_checkpoint = file->keep(sampleObject(2000, static_cast<unsigned>(run.name.back())));
    }
    ASSERT_TRUE(file->save(project));
    bytes_ = *readFile(whole_);
    content_ = *contentOf(whole_);
  }

  /// The file with a byte changed, or cut off there.
  std::string damagedAt(std::size_t place, bool cut) {
    std::string bytes = cut ? bytes_.substr(0, place) : bytes_;
    if (!cut) bytes[place] = static_cast<char>(bytes[place] ^ (1 + random_() % 255));
    return bytes;
  }
  std::size_t place() {
    return std::uniform_int_distribution<std::size_t>(0, bytes_.size() - 1)(random_);
  }

  test::TemporaryFolder folder_;
  fs::path whole_ = folder_.path() / "whole.a2q";
  fs::path damaged_ = folder_.path() / "damaged.a2q";
  std::string bytes_;
  Content content_;
  std::mt19937 random_{11};
};

TEST_F(Damage, IsAnErrorOrTheRightContent) {
  int errors = 0;
  for (int i = 0; i < kPlaces; ++i) {
    const std::size_t at = place();
    ASSERT_TRUE(writeFileAtomically(damaged_, damagedAt(at, i % 2 == 1)));
    const auto content = contentOf(damaged_);
    errors += content ? 0 : 1;
    if (content) {
      EXPECT_EQ(*content, content_) << "byte " << at;
    }
  }
  EXPECT_EQ(errors, kPlaces) << "every byte is guarded";
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  EXPECT_LT(used.ru_maxrss, 1L << 20) << "KiB";
}

TEST_F(Damage, WithARightDigestNeitherCrashesNorHangs) {
  int readable = 0;
  IsolationLimits limits;
  limits.time = std::chrono::seconds(10);
  for (int i = 0; i < kPlaces; ++i) {
    const std::size_t at = std::max(place(), kFrameBytes + 1);
    std::string bytes = damagedAt(at, i % 8 == 7);
    writeFrame(std::as_writable_bytes(std::span(bytes)));
    ASSERT_TRUE(writeFileAtomically(damaged_, bytes));
    const auto output = projectLane().run([&] {
      return runIsolated([&](const auto& tell) { tell(contentOf(damaged_) ? "content" : "error"); },
                         limits);
    });
    ASSERT_TRUE(output) << describe(output.error());
    EXPECT_THAT(output->failure, IsEmpty()) << "byte " << at << ", damage " << i;
    readable += output->text == "content" ? 1 : 0;
  }
  EXPECT_GT(readable, 0);
}

}  // namespace
}  // namespace a2q::testing
