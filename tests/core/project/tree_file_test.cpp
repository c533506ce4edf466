// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/atomic_file.h"
#include "core/project/file_frame.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/tree_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

std::vector<std::byte> imageOf(const DataTree& tree, std::size_t user_block,
                               const ObjectPlacement& placement = {}) {
  auto image =
      projectLane().run([&] { return (*openHdf5Library())->image(tree, user_block, placement); });
  EXPECT_TRUE(image.has_value()) << describe(image.error());
  return image.value_or(std::vector<std::byte>());
}

Result<DataTree> readBack(const std::filesystem::path& file, const TreeRequest& request = {}) {
  return projectLane().run([&] { return (*openHdf5Library())->read(file, request); });
}

TEST(TreeFile, EverythingComesBack) {
  const test::TemporaryFolder folder;
  const DataTree tree = everyKindOfMember();
  const auto image = imageOf(tree, kFrameBytes);
  ASSERT_TRUE(writeFileAtomically(folder.path() / "a.h5", image));
  const auto again = readBack(folder.path() / "a.h5");
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(*again, tree);
  EXPECT_EQ(treeDigest(*again), treeDigest(tree));
}

TEST(TreeFile, EqualTreesGiveEqualBytes) {
  EXPECT_EQ(imageOf(everyKindOfMember(), kFrameBytes), imageOf(everyKindOfMember(), kFrameBytes));
}

TEST(TreeFile, FrameFindsEveryChange) {
  const test::TemporaryFolder folder;
  auto bytes = imageOf(everyKindOfMember(), kFrameBytes);
  writeFrame(bytes);
  const auto path = folder.path() / "framed.h5";
  ASSERT_TRUE(writeFileAtomically(path, bytes));
  EXPECT_TRUE(checkFrame(path));
  const auto sound = readBack(path);
  EXPECT_TRUE(sound) << describe(sound.error());
  for (const std::size_t position : {std::size_t{60}, std::size_t{511}, bytes.size() / 2}) {
    auto changed = bytes;
    changed[position] ^= std::byte{4};
    ASSERT_TRUE(writeFileAtomically(path, changed));
    const auto checked = checkFrame(path);
    ASSERT_FALSE(checked) << position;
    EXPECT_EQ(checked.error().code, ErrorCode::kFileFormat);
  }
  ASSERT_TRUE(writeFileAtomically(path, std::span(bytes).first(bytes.size() - 1)));
  const auto cut = checkFrame(path);
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().cause, HasSubstr("cut off"));
}

TEST(TreeFile, ObjectsStandInsideOrBeside) {
  const test::TemporaryFolder folder;
  DataTree object;
  object.arrays["values"] = {realValue(7), {}};
  const std::string digest = treeDigest(object);
  DataTree tree;
  tree.groups["run"].objects["record"] = digest;
  const auto inside = [&](const std::string&) -> Result<const DataTree*> { return &object; };
  ASSERT_TRUE(writeFileAtomically(folder.path() / "in.h5", imageOf(tree, 0, {"", inside})));
  ASSERT_TRUE(writeFileAtomically(folder.path() / "out.h5", imageOf(tree, 0, {"x.objects", {}})));
  for (const char* const name : {"in.h5", "out.h5"}) {
    const auto again = readBack(folder.path() / name);
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_EQ(*again, tree) << name;
  }
  const auto read = readBack(folder.path() / "in.h5", {"/run/record"});
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(*read, object);
}

TEST(TreeFile, MoreThanAllowedIsRefused) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(writeFileAtomically(folder.path() / "a.h5", imageOf(everyKindOfMember(), 0)));
  TreeRequest small;
  small.bytes = 1000;
  const auto bytes = readBack(folder.path() / "a.h5", small);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::kFileFormat);
  TreeRequest few;
  few.members = 3;
  EXPECT_FALSE(readBack(folder.path() / "a.h5", few));
}

}  // namespace
}  // namespace a2q::testing
