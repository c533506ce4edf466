// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "core/base/atomic_file.h"
#include "core/project/file_frame.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"
#include "core/project/project_schema.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/project_samples.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Existing = ProjectFile::Existing;

constexpr std::size_t kMegabyte = std::size_t{1} << 20;

class ProjectFiles : public ::testing::Test {
 protected:
  ProjectFile create(const std::string& name = "größe 12 bit.a2q") {
    auto file = ProjectFile::create(folder_.path() / name, Existing::kReplace);
    EXPECT_TRUE(file) << describe(file.error());
    return std::move(*file);
  }
  static ProjectFile open(const fs::path& path, ProjectAccess access) {
    auto file = ProjectFile::open(path, access);
    EXPECT_TRUE(file) << describe(file.error());
    return std::move(*file);
  }
  static void save(ProjectFile& file, const Project& project) {
    const auto saved = file.save(project);
    ASSERT_TRUE(saved) << describe(saved.error());
  }
  /// A framed file of a tree, as another version of the program may have written it.
  fs::path write(const DataTree& tree, const std::string& name = "other.a2q") const {
    auto image = projectLane().run([&] {
      return (*openHdf5Library())->image(tree, kFrameBytes, {"x.objects", {}});
    });
    writeFrame(*image);
    const fs::path path = folder_.path() / name;
    EXPECT_TRUE(writeFileAtomically(path, *image));
    return path;
  }

  test::TemporaryFolder folder_;
};

TEST_F(ProjectFiles, WhatIsSavedComesBack) {
  Project project = sampleProject();
  project.runs = {sampleRun(2), sampleRun(1)};
  project.builds["b"].attributes["tool"] = textValue("later");
  fs::path path;
  {
    ProjectFile file = create();
    project.runs[0].record = file.keep(sampleObject(1000, 1));
    save(file, project);
    path = file.path();
  }
  const ProjectFile file = open(path, ProjectAccess::kReadOnly);
  EXPECT_EQ(file.saved(), project);
  EXPECT_FALSE(file.migratedFrom());
  const auto object = file.object(*project.runs[0].record);
  ASSERT_TRUE(object) << describe(object.error());
  EXPECT_EQ(*object, sampleObject(1000, 1));
  EXPECT_FALSE(fs::exists(lockPathOf(path)));
}

TEST_F(ProjectFiles, EqualContentGivesEqualBytes) {
  Project project = sampleProject();
  std::string bytes[2];
  for (int i = 0; i < 2; ++i) {
    ProjectFile file = create(i == 0 ? "a.a2q" : "b.a2q");
    project.runs = {sampleRun(1)};
    project.runs[0].record = file.keep(sampleObject(5000, 1));
    save(file, project);
    save(file, file.saved());
    bytes[i] = *readFile(file.path());
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST_F(ProjectFiles, SecondWriterIsToldWhoTheOwnerIs) {
  ProjectFile file = create();
  save(file, sampleProject());
  const auto second = ProjectFile::open(file.path(), ProjectAccess::kWrite);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
  EXPECT_THAT(second.error().cause, HasSubstr(std::to_string(::getpid())));
  ProjectFile reader = open(file.path(), ProjectAccess::kReadOnly);
  EXPECT_EQ(reader.save(sampleProject()).error().code, ErrorCode::kReadOnly);
  ASSERT_TRUE(projectOwner(file.path()));
  EXPECT_EQ(projectOwner(file.path())->process, ::getpid());
}

TEST_F(ProjectFiles, LockOfAProcessThatIsGoneDoesNotCount) {
  {
    ProjectFile file = create("a.a2q");
    save(file, sampleProject());
  }
  const fs::path path = folder_.path() / "a.a2q";
  std::ofstream(lockPathOf(path)) << "{\"process\": 1}";
  EXPECT_FALSE(projectOwner(path));
  EXPECT_TRUE(ProjectFile::open(path, ProjectAccess::kWrite));
}

TEST_F(ProjectFiles, LargeObjectsLieBesideAndCanBeHandedOver) {
  Project project = sampleProject();
  project.runs = {sampleRun(1), sampleRun(2)};
  ProjectFile file = create("large.a2q");
  project.runs[0].last_checkpoint = file.keep(sampleObject(20 * kMegabyte, 1));
  save(file, project);
  EXPECT_FALSE(fs::exists(objectsFolderOf(file.path())));
  project.runs[1].last_checkpoint = file.keep(sampleObject(20 * kMegabyte, 2));
  save(file, project);
  EXPECT_LT(fs::file_size(file.path()), kMegabyte);
  for (const ProjectRun& run : file.saved().runs) {
    EXPECT_TRUE(file.object(*run.last_checkpoint));
  }
  const fs::path one = folder_.path() / "one.a2q";
  ASSERT_TRUE(file.exportTo(one, Existing::kRefuse));
  EXPECT_EQ(file.exportTo(one, Existing::kRefuse).error().code, ErrorCode::kExists);
  fs::remove_all(objectsFolderOf(file.path()));
  EXPECT_EQ(file.object(*project.runs[0].last_checkpoint).error().code, ErrorCode::kPartMissing);
  const ProjectFile handed = open(one, ProjectAccess::kReadOnly);
  EXPECT_EQ(handed.saved().runs, project.runs);
  EXPECT_TRUE(handed.object(*project.runs[1].last_checkpoint));
}

TEST_F(ProjectFiles, CheckpointThatWasReplacedGoes) {
  Project project = sampleProject();
  project.runs = {sampleRun(1)};
  ProjectFile file = create("a.a2q");
  for (unsigned epoch = 1; epoch <= 3; ++epoch) {
    project.runs[0].last_checkpoint = file.keep(sampleObject(40 * kMegabyte, epoch));
    save(file, project);
  }
  const fs::directory_iterator objects(objectsFolderOf(file.path()));
  EXPECT_EQ(std::distance(fs::begin(objects), fs::end(objects)), 1);
}

TEST_F(ProjectFiles, ARenamedProjectFindsItsObjects) {
  Project project = sampleProject();
  project.runs = {sampleRun(1)};
  {
    ProjectFile file = create("a.a2q");
    project.runs[0].last_checkpoint = file.keep(sampleObject(40 * kMegabyte, 1));
    save(file, project);
  }
  fs::rename(folder_.path() / "a.a2q", folder_.path() / "b.a2q");
  ProjectFile file = open(folder_.path() / "b.a2q", ProjectAccess::kWrite);
  EXPECT_TRUE(file.object(*project.runs[0].last_checkpoint));
}

TEST_F(ProjectFiles, WhatIsNotKnownIsKept) {
  DataTree tree = projectTree(sampleProject());
  tree.attributes["version"] = textValue(fmt::format("{}.7", kFormatMajor));
  tree.attributes["colour"] = textValue("blue");
  tree.groups["spec"].arrays["board"] = {textValue("[board]"), {}};
  tree.groups["notes"].arrays["first"] = {integerValue(3), {{"by", textValue("anna")}}};
  tree.groups["runs"].attributes["sorted"] = integerValue(1);
  const fs::path path = write(tree);
  {
    ProjectFile file = open(path, ProjectAccess::kWrite);
    Project project = file.saved();
    project.runs.push_back(sampleRun(1));
    save(file, project);
  }
  const auto again = projectLane().run([&] { return (*openHdf5Library())->read(path, {}); });
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->attributes.at("colour"), textValue("blue"));
  EXPECT_EQ(again->groups.at("notes"), tree.groups.at("notes"));
  EXPECT_EQ(again->groups.at("spec").arrays.at("board").value, textValue("[board]"));
  EXPECT_TRUE(again->groups.at("runs").attributes.contains("sorted"));
  EXPECT_EQ(again->groups.at("runs").groups.size(), 1U);
}

TEST_F(ProjectFiles, ANewerMajorVersionIsRefused) {
  DataTree tree = projectTree(sampleProject());
  tree.attributes["version"] = textValue("9.0");
  tree.attributes["least_reader"] = textValue("3.1.4");
  const auto file = ProjectFile::open(write(tree), ProjectAccess::kReadOnly);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kFileNewer);
  EXPECT_THAT(file.error().remedy, HasSubstr("3.1.4"));
}

TEST_F(ProjectFiles, AnOlderOneIsMigratedInMemory) {
  DataTree tree = projectTree(sampleProject());
  tree.attributes["version"] = textValue("1.0");
  auto& spec = tree.groups["spec"].arrays;
  spec["training"].value =
      textValue(*textOf(spec["training"].value) + "\n" + *textOf(spec["data"].value));
  spec.erase("data");
  const fs::path path = write(tree);
  const std::string before = *readFile(path);
  {
    const ProjectFile file = open(path, ProjectAccess::kReadOnly);
    EXPECT_EQ(file.migratedFrom(), 1);
    EXPECT_EQ(file.saved().specification, sampleProject().specification);
  }
  EXPECT_EQ(*readFile(path), before);
}

TEST_F(ProjectFiles, DamageIsToldAndLeavesTheFileAlone) {
  {
    ProjectFile file = create("a.a2q");
    save(file, sampleProject());
  }
  const fs::path path = folder_.path() / "a.a2q";
  std::string bytes = *readFile(path);
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(writeFileAtomically(path, bytes));
  const auto file = ProjectFile::open(path, ProjectAccess::kWrite);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(file.error().remedy, HasSubstr("a2q repair"));
  EXPECT_EQ(*readFile(path), bytes);
}

TEST_F(ProjectFiles, AnotherFileIsNoProject) {
  std::ofstream(folder_.path() / "a.a2q") << "not a project";
  const auto file = ProjectFile::open(folder_.path() / "a.a2q", ProjectAccess::kReadOnly);
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("no project file"));
  EXPECT_EQ(ProjectFile::open(folder_.path(), ProjectAccess::kReadOnly).error().code,
            ErrorCode::kReadFailed);
  EXPECT_EQ(ProjectFile::open(folder_.path() / "none.a2q", ProjectAccess::kWrite).error().code,
            ErrorCode::kReadFailed);
}

TEST_F(ProjectFiles, ALinkToTheProjectStaysALink) {
  {
    ProjectFile file = create("real.a2q");
    save(file, sampleProject());
  }
  const fs::path link = folder_.path() / "link.a2q";
  fs::create_symlink("real.a2q", link);
  Project project = sampleProject();
  project.runs.push_back(sampleRun(1));
  {
    ProjectFile file = open(link, ProjectAccess::kWrite);
    save(file, project);
  }
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(open(folder_.path() / "real.a2q", ProjectAccess::kReadOnly).saved().runs.size(), 1U);
}

TEST_F(ProjectFiles, AFolderThatVanishesGivesAnError) {
  fs::create_directories(folder_.path() / "gone");
  ProjectFile file = create("gone/a.a2q");
  save(file, sampleProject());
  fs::remove_all(folder_.path() / "gone");
  Project project = sampleProject();
  project.runs.push_back(sampleRun(1));
  const auto saved = file.save(project);
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, ErrorCode::kWriteFailed);
}

}  // namespace
}  // namespace a2q::testing
