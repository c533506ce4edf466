// SPDX-License-Identifier: GPL-3.0-or-later
#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>

#include <fstream>

#include "core/base/sha256.h"
#include "core/data/data_set.h"
#include "core/data/fetch.h"
#include "tests/core/data/http_server.h"
#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Member {
  std::string name;
  std::string content = {};
  std::string link = {};  ///< not empty: a symbolic link
};

std::string archiveOf(const std::vector<Member>& members) {
  std::string bytes(std::size_t{1} << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_pax_restricted(writer);
  archive_write_add_filter_gzip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  for (const Member& member : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
    archive_entry_set_filetype(entry, member.link.empty() ? AE_IFREG : AE_IFLNK);
    archive_entry_set_perm(entry, 0600);
    if (!member.link.empty()) archive_entry_set_symlink(entry, member.link.c_str());
    archive_write_header(writer, entry);
    archive_write_data(writer, member.content.data(), member.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

std::string sumOf(const std::string& text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

/// CIFAR-10 with three records a file, as an archive.
class FetchArchive : public testing::Test {
 protected:
  void serve(const std::string& archive, const std::string& published) {
    sum_ = sumOf(archive);
    published_ = sumOf(published);
    entry_ = {.set = "cifar10",
              .files = {{"data_batch_1.bin", published_}, {"test_batch.bin", published_}},
              .address = "https://localhost/",
              .downloads = {{"set.tar.gz", sum_, static_cast<std::int64_t>(archive.size())}},
              .packing = Packing::kArchive};
    server_.serve("/set.tar.gz", {.body = archive});
  }

  Result<FetchReport> fetch() {
    return fetchDataSet(entry_, {.to = to_, .from = server_.address()});
  }

  /// Nothing but the archive is left, which is whole and need not be fetched again.
  void expectRefused(const std::string& archive, ErrorCode code, const std::string& cause) {
    fs::remove_all(to_);
    serve(archive, records_);
    const auto report = fetch();
    ASSERT_FALSE(report) << cause;
    EXPECT_EQ(report.error().code, code) << describe(report.error());
    EXPECT_THAT(report.error().cause, HasSubstr(cause));
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(to_)) left.push_back(entry.path().filename());
    EXPECT_THAT(left, testing::ElementsAre("set.tar.gz"));
    EXPECT_FALSE(fs::exists(to_.parent_path() / "evil"));
  }

  test::HttpServer server_;
  test::TemporaryFolder folder_;
  fs::path to_ = folder_.path() / "cifar10";
  std::string records_ = std::string(std::size_t{3} * 3073, '\3');
  std::vector<Member> members_ = {{"cifar-10-batches-bin/data_batch_1.bin", records_},
                                  {"./cifar-10-batches-bin/test_batch.bin", records_}};
  std::string sum_;
  std::string published_;
  CatalogueEntry entry_;
};

TEST_F(FetchArchive, IsUnpackedAndRemoved) {
  serve(archiveOf(members_), records_);
  const auto report = fetch();
  ASSERT_TRUE(report) << describe(report.error());
  EXPECT_EQ(report->end, FetchEnd::kFetched);
  DataSpec spec;
  spec.set = "cifar10";
  const auto data = loadDataSet(spec, 1, to_);
  ASSERT_TRUE(data) << describe(data.error());
  EXPECT_EQ(data->train.count(), 3);
  EXPECT_FALSE(fs::exists(to_ / "set.tar.gz"));
  EXPECT_FALSE(fs::exists(to_ / ".unpacking"));
  EXPECT_EQ(fetch()->end, FetchEnd::kPresent);
  EXPECT_EQ(server_.requests().size(), 1U);
}

TEST_F(FetchArchive, StartsAnewAfterACrash) {
  serve(archiveOf(members_), records_);
  fs::create_directories(to_ / ".unpacking" / "cifar-10-batches-bin");
  std::ofstream(to_ / ".unpacking" / "cifar-10-batches-bin" / "data_batch_1.bin") << "half";
  EXPECT_TRUE(fetch());
  EXPECT_FALSE(fs::exists(to_ / ".unpacking"));
}

TEST_F(FetchArchive, IsRefusedWhenItReachesOutside) {
  for (const char* const name : {"../evil", "a/../../evil", "/tmp/a2q-evil"}) {
    expectRefused(archiveOf({members_[0], {name, "x"}}), ErrorCode::kFileFormat, "not inside");
  }
  expectRefused(archiveOf({{"link", "", "/etc"}, {"link/x", "y"}}), ErrorCode::kFileFormat,
                "neither a plain file nor a folder");
}

TEST_F(FetchArchive, IsRefusedWhenItIsDamaged) {
  const std::string whole = archiveOf(members_);
  expectRefused(whole.substr(0, whole.size() / 2), ErrorCode::kFileFormat, "libarchive says");
  expectRefused("no archive at all", ErrorCode::kFileFormat, "libarchive says");
}

TEST_F(FetchArchive, IsRefusedWhenItHoldsSomethingElse) {
  expectRefused(archiveOf({members_[0], {"cifar-10-batches-bin/test_batch.bin", "other"}}),
                ErrorCode::kChecksum, "test_batch.bin");
  expectRefused(archiveOf({members_[0]}), ErrorCode::kChecksum, "test_batch.bin");
}

TEST_F(FetchArchive, ReplacesNothing) {
  serve(archiveOf(members_), records_);
  const fs::path mine = to_ / "cifar-10-batches-bin" / "data_batch_1.bin";
  fs::create_directories(mine.parent_path());
  std::ofstream(mine) << "mine";
  const auto report = fetch();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kExists);
  EXPECT_EQ(fs::file_size(mine), 4U);
}

}  // namespace
}  // namespace a2q
