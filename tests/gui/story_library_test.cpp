// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/workbench/run/job_list.h"
#include "app/workbench/run/run_story_of.h"
#include "app/workbench/run/story_library.h"
#include "core/network/sample_experiment.h"
#include "tests/core/project/run_samples.h"
#include "tests/gui/run_rows.h"

using namespace a2q;
using namespace a2q::workbench;

/// Stored runs read back as stories, and the list of jobs.
class StoryLibraryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void readsARecord();
  void readsALastCheckpoint();
  void readsARunWithoutEither();
  void missingRunsFail();
  void damagedRunsFail();
  void memoryHasALimit();
  void anotherProjectForgets();
  void jobsAreTracked();
  void jobsTellSeldom();

 private:
  void write();
  views::StoryPointer load(StoryLibrary& library, const std::string& uuid);

  std::unique_ptr<QTemporaryDir> folder_;
  SessionPointer session_;
  std::vector<std::string> runs_;  ///< with a record, with a checkpoint, with neither, record 2
};

void StoryLibraryTest::init() {
  session_.reset();
  folder_ = std::make_unique<QTemporaryDir>();
  write();
}

void StoryLibraryTest::write() {
  const std::filesystem::path path = folder_->filePath(QStringLiteral("p.a2q")).toStdString();
  const auto experiment = parseExperiment(sampleSpecification(), "sample");
  QVERIFY(experiment);
  {
    auto file = ProjectFile::create(path, ProjectFile::Existing::kRefuse);
    QVERIFY2(file.has_value(), file ? "" : describe(file.error()).c_str());
    Project project = newProject(*experiment);
    for (int i = 1; i <= 4; ++i) {
      project.runs.push_back(a2q::testing::runWith(i, 0.9, writeExperiment(*experiment)));
    }
    StoredRun stored = a2q::testing::awkwardRun();
    project.runs[0].record = file->keep(runTree(stored));
    project.runs[1].last_checkpoint =
        file->keep(checkpointTree(a2q::testing::awkwardCheckpoint(), stored.snapshots));
    stored.record.seconds = 1;
    project.runs[3].record = file->keep(runTree(stored));
    runs_.clear();
    for (const ProjectRun& run : project.runs) runs_.push_back(run.uuid);
    const Status saved = file->save(project);
    QVERIFY2(saved.has_value(), saved ? "" : describe(saved.error()).c_str());
  }
  auto session = ProjectSession::open(path, ProjectAccess::kReadOnly);
  QVERIFY2(session.has_value(), session ? "" : describe(session.error()).c_str());
  session_ = *session;
}

views::StoryPointer StoryLibraryTest::load(StoryLibrary& library, const std::string& uuid) {
  views::StoryPointer story;
  const auto connection = connect(&library, &StoryLibrary::storyLoaded, &library,
                                  [&](const std::string& which, const auto& loaded) {
                                    if (which == uuid) story = loaded;
                                  });
  library.request(uuid);
  [&] { QTRY_VERIFY(story != nullptr); }();
  disconnect(connection);
  return story;
}

void StoryLibraryTest::readsARecord() {
  StoryLibrary library;
  library.setProject(session_);
  QVERIFY(library.find(runs_[0]) == nullptr);
  const views::StoryPointer story = load(library, runs_[0]);
  const StoredRun written = a2q::testing::awkwardRun();
  QVERIFY(story);
  QCOMPARE(story->name, std::string("run-1"));
  QVERIFY(story->record != nullptr);
  QCOMPARE(story->steps.rows(), written.record.steps.rows());
  QCOMPARE(story->epochs.size(), written.record.epochs.size());
  QCOMPARE(story->history.size(), written.snapshots.size());
  QCOMPARE(story->history[1]->layers.size(), written.snapshots[1].layers.size());
  QCOMPARE(story->layers->size(), written.record.weights.size());
  QCOMPARE(story->metric, Metric::kPsnr);
  QVERIFY(library.find(runs_[0]) == story);
  QVERIFY(load(library, runs_[0]) == story);
  QVERIFY(!library.busy());
}

void StoryLibraryTest::readsALastCheckpoint() {
  StoryLibrary library;
  library.setProject(session_);
  const views::StoryPointer story = load(library, runs_[1]);
  QVERIFY(story);
  QVERIFY(story->record == nullptr);
  QCOMPARE(story->steps.rows(), a2q::testing::awkwardCheckpoint().steps.rows());
  const auto written = a2q::testing::awkwardRun().snapshots;
  QCOMPARE(story->history.size(), written.size());
  QCOMPARE(story->layers->size(), written.back().layers.size());
  QVERIFY(story->layers->front().channels == written.back().layers.front().channels);
}

void StoryLibraryTest::readsARunWithoutEither() {
  StoryLibrary library;
  library.setProject(session_);
  const views::StoryPointer story = load(library, runs_[2]);
  QVERIFY(story);
  QCOMPARE(story->steps.rows(), std::size_t{0});
  QCOMPARE(story->epochs.size(), std::size_t{2});
}

void StoryLibraryTest::missingRunsFail() {
  StoryLibrary library;
  QStringList failed;
  connect(&library, &StoryLibrary::storyFailed, &library,
          [&](const std::string& uuid, const Error& error) {
            failed << QString::fromStdString(uuid + ": " + error.message);
          });
  library.request("nobody");
  QVERIFY(failed.isEmpty());
  QTRY_COMPARE(failed.size(), 1);
  library.setProject(session_);
  library.request("nobody");
  QTRY_COMPARE(failed.size(), 2);
  QCOMPARE(failed[1], QStringLiteral("nobody: the project has no such run"));
  QVERIFY(!library.busy());
}

void StoryLibraryTest::damagedRunsFail() {
  const std::filesystem::path path = folder_->filePath(QStringLiteral("bad.a2q")).toStdString();
  {
    auto file = ProjectFile::create(path, ProjectFile::Existing::kRefuse);
    Project project = newProject(*parseExperiment(sampleSpecification(), "sample"));
    project.runs.push_back(a2q::testing::runWith(1, 0.9, std::string(sampleSpecification())));
    project.runs[0].record = file->keep(DataTree());
    QVERIFY(file->save(project));
  }
  StoryLibrary library;
  library.setProject(*ProjectSession::open(path, ProjectAccess::kReadOnly));
  ErrorCode code = ErrorCode::kInternal;
  connect(&library, &StoryLibrary::storyFailed, &library,
          [&](const std::string&, const Error& error) { code = error.code; });
  library.request(runs_[0]);
  QTRY_COMPARE(code, ErrorCode::kFileFormat);
}

void StoryLibraryTest::memoryHasALimit() {
  StoryLibrary all;
  all.setProject(session_);
  const auto first = load(all, runs_[0]);
  const std::size_t one = all.bytes();
  QCOMPARE(one, bytesOf(*first));
  QVERIFY(one > 1500 * 3 * sizeof(double));
  StoryLibrary library(nullptr, one + one / 2);
  library.setProject(session_);
  load(library, runs_[0]);
  load(library, runs_[3]);
  QVERIFY(library.find(runs_[0]) == nullptr);
  QVERIFY(library.find(runs_[3]) != nullptr);
  QVERIFY(library.bytes() <= one + one / 2);
}

void StoryLibraryTest::anotherProjectForgets() {
  StoryLibrary library;
  library.setProject(session_);
  load(library, runs_[0]);
  int answers = 0;
  connect(&library, &StoryLibrary::storyLoaded, &library, [&] { ++answers; });
  library.request(runs_[3]);
  library.setProject(nullptr);
  QCOMPARE(library.bytes(), std::size_t{0});
  QTest::qWait(200);
  QCOMPARE(answers, 0);
}

void StoryLibraryTest::jobsAreTracked() {
  JobList jobs;
  int asked = 0;
  const int first = jobs.begin(QStringLiteral("train"), [&] { ++asked; });
  const int second = jobs.enqueue(QStringLiteral("check"), nullptr);
  QCOMPARE(jobs.rows()[1].state, JobState::kWaiting);
  jobs.progress(second, 0.5, QStringLiteral("half"));
  QCOMPARE(jobs.rows()[1].state, JobState::kRunning);
  QCOMPARE(jobs.runningCount(), 2);
  jobs.cancel(first);
  jobs.cancel(second);
  jobs.cancel(77);
  QCOMPARE(asked, 1);
  jobs.end(first, JobState::kCancelled, QStringLiteral("stopped"));
  jobs.end(first, JobState::kDone, QStringLiteral("too late"));
  jobs.cancel(first);
  QCOMPARE(asked, 1);
  QCOMPARE(jobs.rows()[0].state, JobState::kCancelled);
  QCOMPARE(jobs.rows()[0].text, QStringLiteral("stopped"));
  for (int i = 0; i < 300; ++i) {
    jobs.end(jobs.begin(QStringLiteral("short"), nullptr), JobState::kDone, {});
  }
  QCOMPARE(jobs.rows().size(), JobList::kMostJobs);
  QCOMPARE(jobs.rows().front().id, second);
}

void StoryLibraryTest::jobsTellSeldom() {
  JobList jobs;
  const QSignalSpy changed(&jobs, &JobList::changed);
  const int job = jobs.begin(QStringLiteral("train"), nullptr);
  QElapsedTimer clock;
  clock.start();
  while (clock.elapsed() < 350) {
    jobs.progress(job, 0.1);
    QCoreApplication::processEvents();
  }
  QVERIFY(changed.count() >= 2);
  QVERIFY(changed.count() <= 5);
}

QTEST_GUILESS_MAIN(StoryLibraryTest)
#include "story_library_test.moc"
