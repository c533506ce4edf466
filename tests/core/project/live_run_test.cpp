// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/live/live_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"
#include "tests/cli/run_program.h"
#include "tests/core/data/test_files.h"
#include "tests/core/project/live_run_samples.h"
#include "tests/core/project/project_samples.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::HasSubstr;
using testing::RunningProgram;
using ::testing::StartsWith;

/// All that has come from a run.
struct Seen {
  std::vector<StepReport> steps;
  std::vector<EpochRecord> epochs;
  std::vector<LiveLayer> layers;
  bool ended = false;
};

void expectSame(const StepReport& read, const StepReport& written) {
  EXPECT_EQ(read.phase, written.phase);
  EXPECT_EQ(read.epoch, written.epoch);
  EXPECT_EQ(read.epochs, written.epochs);
  EXPECT_EQ(read.batch, written.batch);
  EXPECT_EQ(read.batches, written.batches);
  EXPECT_EQ(read.step, written.step);
  EXPECT_EQ(read.metric, written.metric);
  EXPECT_EQ(read.loss, written.loss);
  EXPECT_EQ(read.score, written.score);
  EXPECT_EQ(read.batch_loss, written.batch_loss);
  EXPECT_EQ(read.batch_score, written.batch_score);
  EXPECT_EQ(read.learning_rate, written.learning_rate);
  EXPECT_EQ(read.penalty, written.penalty);
  EXPECT_EQ(read.worst_margin_bits, written.worst_margin_bits);
  EXPECT_EQ(read.sparsity, written.sparsity);
  EXPECT_EQ(read.seconds, written.seconds);
  EXPECT_EQ(read.seconds_left, written.seconds_left);
  ASSERT_EQ(read.layers.size(), written.layers.size());
  for (std::size_t i = 0; i < read.layers.size(); ++i) {
    EXPECT_EQ(read.layers[i].largest_l1, written.layers[i].largest_l1);
    EXPECT_EQ(read.layers[i].zeros, written.layers[i].zeros);
  }
}

class LiveRun : public ::testing::Test {
 protected:
  [[nodiscard]] RunningProgram train(const std::string& epochs, const std::string& end) const {
    return RunningProgram({A2Q_LIVE_RUN, project_.string(), epochs, end});
  }

  /// Opens the run as soon as there is one.
  [[nodiscard]] Result<LiveRunReader> openSoon() const {
    for (int i = 0; i < 1000; ++i) {
      auto reader = LiveRunReader::open(project_);
      if (reader) return reader;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return LiveRunReader::open(project_);
  }

  /// Watches until `enough` epochs came or the trainer is gone.
  static void watch(LiveRunReader& reader, Seen& seen, std::size_t enough) {
    for (int i = 0; i < 2000 && !seen.ended && seen.epochs.size() < enough; ++i) {
      auto news = reader.poll();
      ASSERT_TRUE(news) << describe(news.error());
      seen.steps.insert(seen.steps.end(), news->steps.begin(), news->steps.end());
      seen.epochs.insert(seen.epochs.end(), news->epochs.begin(), news->epochs.end());
      if (!news->layers.empty()) seen.layers = news->layers;
      seen.ended = news->ended;
      // No epoch comes before its steps.
      ASSERT_GE(seen.steps.size(), seen.epochs.size() * test::kBatches);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  static void expectPattern(const Seen& seen) {
    for (std::size_t i = 0; i < seen.steps.size(); ++i) {
      const auto number = static_cast<std::int64_t>(i) + 1;
      expectSame(seen.steps[i], test::patternStep(number, test::kSampleChannels.size()));
    }
    for (std::size_t i = 0; i < seen.epochs.size(); ++i) {
      const auto last_step = static_cast<std::int64_t>(i + 1) * test::kBatches;
      EXPECT_EQ(seen.epochs[i], test::patternEpoch(test::patternStep(last_step, 0)));
    }
  }

  test::TemporaryFolder folder_;
  fs::path project_ = folder_.path() / "täglich 1.a2q";
};

TEST_F(LiveRun, IsWatchedFromItsFirstStepToItsEnd) {
  RunningProgram trainer = train("100", "close");
  auto reader = openSoon();
  ASSERT_TRUE(reader) << describe(reader.error());
  EXPECT_EQ(reader->runName(), "größer");
  EXPECT_EQ(reader->runUuid(), "uuid of größer");
  EXPECT_EQ(reader->experiment(), *experimentOf(testing::sampleProject()));
  Seen seen;
  watch(*reader, seen, 2);
  EXPECT_FALSE(seen.ended) << "it was to be watched while it trains";
  watch(*reader, seen, 1000);
  EXPECT_TRUE(seen.ended);
  EXPECT_EQ(seen.steps.size(), 100U * test::kBatches);
  EXPECT_EQ(seen.epochs.size(), 100U);
  expectPattern(seen);
  ASSERT_EQ(seen.layers.size(), test::kSampleChannels.size());
  for (std::size_t i = 0; i < seen.layers.size(); ++i) {
    EXPECT_EQ(seen.layers[i].l1.size(), test::kSampleChannels[i]);
    EXPECT_THAT(seen.layers[i].l1, Each(100 * test::kBatches));
  }
  EXPECT_EQ(seen.layers[0].budget, std::nullopt);
  EXPECT_EQ(seen.layers[1].budget, 2047);
  EXPECT_EQ(trainer.finish().exit_code, 0);
  EXPECT_FALSE(fs::exists(livePathOf(project_)));
  EXPECT_EQ(LiveRunReader::open(project_).error().code, ErrorCode::kReadFailed);
}

TEST_F(LiveRun, AKilledTrainerIsNoticedAndWhatItToldIsRead) {
  RunningProgram trainer = train("1000000", "hold");
  auto reader = openSoon();
  ASSERT_TRUE(reader) << describe(reader.error());
  Seen seen;
  watch(*reader, seen, 3);
  trainer.sendSignal(SIGKILL);
  EXPECT_EQ(trainer.finish().exit_code, 128 + SIGKILL);
  watch(*reader, seen, 1'000'000);
  EXPECT_TRUE(seen.ended);
  EXPECT_GE(seen.epochs.size(), 3U);
  expectPattern(seen);
  // The file it left behind is no running training.
  EXPECT_TRUE(fs::exists(livePathOf(project_)));
  const auto again = LiveRunReader::open(project_);
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().cause, HasSubstr("nobody trains"));
}

TEST_F(LiveRun, AFileLeftBehindIsNotTakenForARunOfTheNextOwner) {
  RunningProgram trainer = train("2", "hold");
  ASSERT_TRUE(trainer.waitFor("told"));
  trainer.sendSignal(SIGKILL);
  EXPECT_EQ(trainer.finish().exit_code, 128 + SIGKILL);
  const auto held = ProjectFile::open(project_, ProjectAccess::kWrite);
  ASSERT_TRUE(held) << describe(held.error());
  const auto opened = LiveRunReader::open(project_);
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().cause, HasSubstr("which does not train"));
}

TEST_F(LiveRun, ATrainingGoesOnWhereNothingCanBeWritten) {
  const auto experiment = experimentOf(testing::sampleProject());
  LiveRunWriter writer("/no such folder/x.a2q", "uuid", "run-1", *experiment);
  projectLane().run([] {});
  ::testing::internal::CaptureStderr();
  for (std::int64_t step = 1; step < 1000; ++step) {
    writer.onStep(test::patternStep(step, test::kSampleChannels.size()));
  }
  writer.onEpoch(test::patternEpoch(test::patternStep(50, 0)));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << "it was said once, at the start";
}

TEST_F(LiveRun, AFullDiskSilencesItOnce) {
  // The limit of the shell stands for a full disk: writes beyond it fail (SIGXFSZ is ignored).
  const std::string command = "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"";
  const auto told =
      testing::runProgram({"sh", "-c", command, A2Q_LIVE_RUN, project_.string(), "80", "close"});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("told"));
  EXPECT_THAT(told.err, StartsWith("warning: The training goes on, but cannot be watched."));
  EXPECT_EQ(told.err.find("warning"), told.err.rfind("warning"));
  EXPECT_FALSE(fs::exists(livePathOf(project_)));
}

TEST_F(LiveRun, AFileThatDoesNotFitItsSpecificationIsRefused) {
  auto held = ProjectFile::create(project_, ProjectFile::Existing::kRefuse);
  ASSERT_TRUE(held);
  ASSERT_TRUE(held->save(testing::sampleProject()));
  const auto owner = projectOwner(project_);
  ASSERT_TRUE(owner);
  const LiveLayout layout{{{"owner", owner->text()},
                           {"run_name", "x"},
                           {"specification", writeExperiment(*experimentOf(held->saved()))}},
                          {"step"},
                          {"epoch"},
                          170};
  projectLane().run(
      [&] { ASSERT_TRUE((*openHdf5Library())->createLive(livePathOf(project_), layout)); });
  const auto opened = LiveRunReader::open(project_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kFileFormat);
}

}  // namespace
}  // namespace a2q
