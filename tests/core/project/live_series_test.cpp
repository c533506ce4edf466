// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/live/live_series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"
#include "tests/cli/run_program.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/live_pattern.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::HasSubstr;
using testing::RunningProgram;

RunningProgram startWriter(const fs::path& file, long blocks, const std::string& end) {
  return RunningProgram({A2Q_LIVE_WRITER, file.string(), std::to_string(blocks), end});
}

/// A reader that lives on the project lane.
class LiveSeries : public ::testing::Test {
 protected:
  ~LiveSeries() override {
    projectLane().run([this] { reader_.reset(); });
  }

  Status open(const fs::path& file) {
    return projectLane().run([&]() -> Status {
      auto library = openHdf5Library();
      if (!library) return forward(std::move(library));
      auto reader = (*library)->openLive(file);
      if (!reader) return forward(std::move(reader));
      reader_ = std::move(*reader);
      return {};
    });
  }

  std::vector<double> rows(std::uint64_t first) {
    return projectLane().run([&] { return reader_->rowsFrom(first); }).value();
  }
  std::vector<double> epochRows(std::uint64_t first) {
    return projectLane().run([&] { return reader_->epochRowsFrom(first); }).value();
  }
  std::vector<std::int64_t> latest() {
    return projectLane().run([&] { return reader_->latest(); }).value();
  }

  /// Reads everything there is, and checks it; the number of rows.
  long checkRows() {
    std::vector<double> all = rows(0);
    for (std::size_t at = 0; at < all.size(); at += 3) {
      const auto expected = test::patternRow(static_cast<long>(at / 3));
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), all.begin() + static_cast<long>(at)))
          << "row " << at / 3;
    }
    return static_cast<long>(all.size() / 3);
  }

  test::TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "täglich 1.a2q.live";
  std::unique_ptr<LiveSeriesReader> reader_;
};

TEST_F(LiveSeries, IsReadWhileItIsWritten) {
  RunningProgram writer = startWriter(file_, 300, "hold");
  ASSERT_TRUE(writer.waitFor("ready"));
  const auto opened = open(file_);
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(reader_->layout().texts, test::patternLayout().texts);
  EXPECT_EQ(reader_->layout().columns, test::patternLayout().columns);
  EXPECT_EQ(reader_->layout().epoch_columns, test::patternLayout().epoch_columns);
  EXPECT_EQ(reader_->layout().latest_values, test::kLatestValues);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  std::uint64_t seen = 0;
  std::uint64_t looks_with_news = 0;
  while (seen < 300 * test::kBlockRows && std::chrono::steady_clock::now() < end) {
    const auto news = rows(seen);
    ASSERT_EQ(news.size() % 3, 0U);
    for (std::size_t at = 0; at < news.size(); at += 3) {
      const std::uint64_t row = seen + at / 3;
      ASSERT_EQ(news[at], static_cast<double>(row));
    }
    seen += news.size() / 3;
    if (!news.empty()) ++looks_with_news;
    const auto vector = latest();
    for (const std::int64_t value : vector) ASSERT_EQ(value, vector.front());
    ASSERT_EQ(epochRows(0).size() % 2, 0U);
    // A gap, as every real reader leaves: one that always reads may never meet a still moment.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_EQ(seen, 300U * test::kBlockRows);
  EXPECT_GT(looks_with_news, 3U);
  ASSERT_TRUE(writer.waitFor("done"));
  EXPECT_THAT(latest(), Each(299));
  EXPECT_EQ(epochRows(298), (std::vector<double>{298, 0.5, 299, 0.5}));
  EXPECT_EQ(checkRows(), 300 * test::kBlockRows);
}

TEST_F(LiveSeries, IsReadAfterItsWriterWasKilled) {
  for (const int milliseconds : {0, 3, 20, 71}) {
    RunningProgram writer = startWriter(file_, 1'000'000, "hold");
    ASSERT_TRUE(writer.waitFor("ready"));
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    writer.sendSignal(SIGKILL);
    EXPECT_EQ(writer.finish().exit_code, 128 + SIGKILL);
    const auto opened = open(file_);
    ASSERT_TRUE(opened) << describe(opened.error());
    EXPECT_GE(checkRows(), test::kBlockRows);
    const auto vector = latest();
    for (const std::int64_t value : vector) ASSERT_EQ(value, vector.front());
  }
}

TEST_F(LiveSeries, IsReadOnAReadOnlyPlace) {
  ASSERT_EQ(startWriter(file_, 3, "close").finish().exit_code, 0);
  ASSERT_EQ(::chmod(file_.c_str(), 0444), 0);
  const auto opened = open(file_);
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(checkRows(), 3 * test::kBlockRows);
}

TEST_F(LiveSeries, AReaderOfAnOldFileIsNotDisturbedByANewOne) {
  ASSERT_EQ(startWriter(file_, 5, "close").finish().exit_code, 0);
  ASSERT_TRUE(open(file_));
  ASSERT_EQ(startWriter(file_, 2, "close").finish().exit_code, 0);
  EXPECT_EQ(checkRows(), 5 * test::kBlockRows);
  ASSERT_TRUE(open(file_));
  EXPECT_EQ(checkRows(), 2 * test::kBlockRows);
}

TEST_F(LiveSeries, RefusesWhatIsNoLiveFile) {
  EXPECT_EQ(open(folder_.path() / "missing").error().code, ErrorCode::kReadFailed);
  EXPECT_EQ(open(folder_.path()).error().code, ErrorCode::kReadFailed);
  const fs::path pipe = folder_.path() / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(open(pipe).error().code, ErrorCode::kReadFailed);
  std::ofstream(file_) << "not HDF5 at all";
  EXPECT_EQ(open(file_).error().code, ErrorCode::kFileFormat);
}

TEST_F(LiveSeries, DamageIsAnErrorOrTheRightContent) {
  ASSERT_EQ(startWriter(file_, 20, "close").finish().exit_code, 0);
  std::ifstream in(file_, std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  unsigned state = 12345;
  for (int round = 0; round < 300; ++round) {
    std::string bad = good;
    state = state * 1664525 + 1013904223;
    const std::size_t place = (state >> 4) % 4096;  // where the structures are
    bad[place] = static_cast<char>(bad[place] ^ (1 << (round % 8)));
    if (round % 10 == 0) bad.resize(place);
    std::ofstream(file_, std::ios::binary) << bad;
    if (!open(file_)) continue;
    projectLane().run([&] {
      (void)reader_->rowsFrom(0);
      (void)reader_->epochRowsFrom(0);
      (void)reader_->latest();
      reader_.reset();
    });
  }
}

TEST_F(LiveSeries, AWriteErrorEndsTheWriting) {
  // The limit of the shell stands for a full disk: writes beyond it fail (SIGXFSZ is ignored).
  const std::string command = "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\"";
  const auto told = testing::runProgram(
      {"sh", "-c", command, A2Q_LIVE_WRITER, file_.string(), "100000", "close"});
  EXPECT_EQ(told.exit_code, 1);
  EXPECT_THAT(told.err, HasSubstr("A2Q-0702: cannot write"));
  ASSERT_TRUE(open(file_));
  EXPECT_GE(checkRows(), test::kBlockRows);
}

TEST_F(LiveSeries, AFolderThatIsNotThereIsAnError) {
  const auto created = projectLane().run([&]() -> Status {
    auto library = openHdf5Library();
    if (!library) return forward(std::move(library));
    auto writer = (*library)->createLive("/no such folder/x.live", test::patternLayout());
    if (!writer) return forward(std::move(writer));
    return {};
  });
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, ErrorCode::kWriteFailed);
}

TEST_F(LiveSeries, IsReadByH5py) {
  std::string python;
  for (const std::string place : {"python3", "/usr/bin/python3"}) {
    const auto tried = testing::runProgram({place, "-c", "import h5py"});
    if (tried.exit_code == 0) python = place;
  }
  if (python.empty()) GTEST_SKIP() << "no h5py";
  RunningProgram writer = startWriter(file_, 1'000'000, "hold");
  ASSERT_TRUE(writer.waitFor("ready"));
  const std::string script =
      "import h5py, sys, time\n"
      "f = h5py.File(sys.argv[1], 'r', swmr=True)\n"
      "s = f['steps']; a = s.shape[0]\n"
      "time.sleep(0.3); s.refresh(); b = s.shape[0]\n"
      "print(b > a > 0, s[5, 0], f['texts/run'][()].decode(), f['columns'].asstr()[1])\n";
  const auto told = testing::runProgram({python, "-c", script, file_.string()},
                                        {.environment = {"PYTHONIOENCODING=utf-8"}});
  EXPECT_EQ(told.out, "True 5.0 größer loss\n") << told.err;
}

}  // namespace
}  // namespace a2q
