// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/stat.h>

#include <QAction>
#include <QFile>
#include <QLabel>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "app/workbench/project/autosave.h"
#include "core/project/recovery/recovery.h"
#include "core/project/stored/run_objects.h"
#include "tests/cli/run_program.h"
#include "tests/gui/window_driver.h"
#include "views/runs/runs_view.h"

using namespace a2q;
using namespace a2q::gui_test;
using a2q::workbench::CommandId;
using a2q::workbench::MainWindow;
using a2q::workbench::RunPhase;

/// Projects in the window: opened, trained, saved, locked, lost and recovered.
class WorkbenchProjectTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void trainsSavesAndReopens();
  void recordsRunsInAnOpenProject();
  void offersReadOnlyWhenLocked();
  void opensACopyWhenLocked();
  void restoresWhatAKilledSessionLeft();
  void keepsTheSavedOneAndRemovesNothing();
  void autosavesWhatIsNotSaved();
  void showsASaveThatFailed();
  void asksBeforeUnsavedWorkIsLost();
  void keepsUnsavedWorkWhenTheNextFileCannotBeOpened();
  void takesAnUnwrittenRunElsewhere();
  void refusesAPipe();

 private:
  [[nodiscard]] std::filesystem::path place(const char* name) const {
    return folder_->filePath(QString::fromUtf8(name)).toStdString();
  }
  /// A project file around the small sample.
  [[nodiscard]] std::filesystem::path made() const;
  static void loseWork(const std::filesystem::path& project);

  std::unique_ptr<QTemporaryDir> folder_;
};

namespace {

void waitIdle(const MainWindow& window) {
  QTRY_COMPARE_WITH_TIMEOUT(phaseOf(window), RunPhase::kIdle, kLong);
}

void waitOpen(const MainWindow& window) {
  QTRY_VERIFY_WITH_TIMEOUT(!window.document().project()->path().empty(), kLong);
  waitIdle(window);
}

const views::RunsView& runsOf(const MainWindow& window) {
  return *window.findChild<views::RunsView*>();
}

}  // namespace

void WorkbenchProjectTest::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  qputenv("XDG_STATE_HOME", folder_->filePath(QStringLiteral("state")).toUtf8());
}

std::filesystem::path WorkbenchProjectTest::made() const {
  const std::filesystem::path path = place("größe 1.a2q");
  auto file = ProjectFile::create(path, ProjectFile::Existing::kRefuse);
  if (!file || !file->save(newProject(smallSample(1)))) return {};
  return path;
}

void WorkbenchProjectTest::loseWork(const std::filesystem::path& project) {
  testing::RunningProgram program({A2Q_RECOVERY_PROGRAM, project.string(), "1000"});
  QVERIFY(program.waitFor("kept"));
  program.sendSignal(SIGKILL);
  QCOMPARE(program.finish().exit_code, 128 + SIGKILL);
}

void WorkbenchProjectTest::trainsSavesAndReopens() {
  const std::filesystem::path path = place("größe 1.a2q");
  {
    MainWindow window;
    window.show();
    start(window, smallSample(1));
    QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
    QVERIFY(window.isWindowModified());
    window.saveProjectTo(path);
    waitOpen(window);
    QTRY_VERIFY(!window.isWindowModified());
    QVERIFY(window.windowTitle().contains(QStringLiteral("größe 1.a2q")));
    QVERIFY(window.close());
  }
  QVERIFY(findRecoveries({}).empty());
  MainWindow window;
  window.show();
  window.openFile(path);
  waitOpen(window);
  QCOMPARE(runsOf(window).runCount(), 1);
  QCOMPARE(runsOf(window).text(0, views::RunColumn::kState), QStringLiteral("finished"));
  QCOMPARE(window.document().experiment().data.train_samples, smallSample(1).data.train_samples);
}

void WorkbenchProjectTest::recordsRunsInAnOpenProject() {
  const std::filesystem::path path = made();
  MainWindow window;
  window.show();
  window.openFile(path);
  waitOpen(window);
  trigger(window, CommandId::kStart);
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QVERIFY(!window.isWindowModified());
  const auto file = ProjectFile::open(path, ProjectAccess::kReadOnly);
  QVERIFY(file);
  QCOMPARE(file->saved().runs.size(), std::size_t{1});
  const ProjectRun& run = file->saved().runs.front();
  QCOMPARE(run.state, ProjectRunState::kFinished);
  QVERIFY(run.last_checkpoint && run.record);
  const auto tree = file->object(*run.record);
  QVERIFY(tree);
  const auto stored = storedRunOf(*tree);
  QVERIFY(stored);
  QVERIFY(stored->record.weights.back().values == window.record()->weights.back().values);
}

void WorkbenchProjectTest::offersReadOnlyWhenLocked() {
  const std::filesystem::path path = made();
  const auto holder = ProjectFile::open(path, ProjectAccess::kWrite);
  MainWindow window;
  window.show();
  QString text;
  pressNext("read_only", &text);
  window.openFile(path);
  waitOpen(window);
  QVERIFY(text.contains(QStringLiteral("process")));
  QVERIFY(window.document().project()->readOnly());
  QVERIFY(window.windowTitle().contains(QStringLiteral("read-only")));
  QVERIFY(!window.commands().action(CommandId::kStart)->isEnabled());
  QVERIFY(!window.commands().action(CommandId::kSaveProject)->isEnabled());
  QVERIFY(window.commands().action(CommandId::kSaveProjectAs)->isEnabled());
}

void WorkbenchProjectTest::opensACopyWhenLocked() {
  const std::filesystem::path path = made();
  const auto holder = ProjectFile::open(path, ProjectAccess::kWrite);
  MainWindow window;
  window.show();
  pressNext("read_only");
  window.openFile(path);
  waitOpen(window);
  window.saveProjectTo(place("copy.a2q"));
  waitIdle(window);
  QVERIFY(!window.document().project()->readOnly());
  QVERIFY(window.windowTitle().contains(QStringLiteral("copy.a2q")));
  QVERIFY(window.commands().action(CommandId::kStart)->isEnabled());
  QVERIFY(window.document().project()->saved()->uuid != holder->saved().uuid);
}

void WorkbenchProjectTest::restoresWhatAKilledSessionLeft() {
  const std::filesystem::path path = made();
  loseWork(path);
  MainWindow window;
  window.show();
  QString difference;
  const auto restore = [] { pressNext("restore"); };
  pressNext("show_difference", nullptr,
            [&] { answerNextBox(QMessageBox::Ok, &difference, restore); });
  window.openFile(path);
  waitOpen(window);
  QVERIFY(difference.contains(QStringLiteral("run-1")));
  QCOMPARE(runsOf(window).runCount(), 1);
  QVERIFY(std::filesystem::exists(path.string() + ".before"));
  QVERIFY(findRecoveries({}).empty());
}

void WorkbenchProjectTest::keepsTheSavedOneAndRemovesNothing() {
  const std::filesystem::path path = made();
  loseWork(path);
  MainWindow window;
  window.show();
  pressNext("keep_saved");
  window.offerRecovery();
  waitOpen(window);
  QCOMPARE(runsOf(window).runCount(), 0);
  QCOMPARE(findRecoveries(path).size(), std::size_t{1});
}

void WorkbenchProjectTest::autosavesWhatIsNotSaved() {
  const std::filesystem::path path = made();
  {
    MainWindow window;
    window.show();
    window.openFile(path);
    waitOpen(window);
    window.autosave().setInterval(std::chrono::seconds(0));
    window.edit(smallSample(7), QStringLiteral("seven epochs"));
    QVERIFY(window.isWindowModified());
    const auto* label = window.findChild<QLabel*>(QStringLiteral("autosaved"));
    QTRY_VERIFY_WITH_TIMEOUT(label->text().startsWith(QStringLiteral("autosaved 0:")), kLong);
    QVERIFY(findRecoveries({}).empty());
  }
  const auto entries = findRecoveries(path);
  QCOMPARE(entries.size(), std::size_t{1});
  const auto state = openRecovery(entries.front());
  QVERIFY(state);
  QCOMPARE(experimentOf(state->saved())->training.epochs, std::int64_t{7});
}

void WorkbenchProjectTest::showsASaveThatFailed() {
  MainWindow window;
  window.show();
  QString text;
  QString second;
  pressNext("again", &text, [&] { answerNextBox(QMessageBox::Close, &second); });
  window.saveProjectTo(place("no such folder/x.a2q"));
  QTRY_VERIFY_WITH_TIMEOUT(!second.isEmpty(), kLong);
  waitIdle(window);
  QVERIFY(text.contains(QStringLiteral("Why: ")));
  QVERIFY(window.document().project()->path().empty());
}

void WorkbenchProjectTest::asksBeforeUnsavedWorkIsLost() {
  MainWindow window;
  window.show();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  answerNextBox(QMessageBox::Cancel, nullptr);
  QVERIFY(!window.close());
  QVERIFY(window.isVisible());
  answerNextBox(QMessageBox::Discard, nullptr);
  window.close();
  QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
  QVERIFY(std::filesystem::is_empty(recoveryFolder()));
}

void WorkbenchProjectTest::keepsUnsavedWorkWhenTheNextFileCannotBeOpened() {
  MainWindow window;
  window.show();
  start(window, smallSample(1));
  QTRY_VERIFY_WITH_TIMEOUT(window.record() != nullptr, kLong);
  QString problem;
  answerNextBox(QMessageBox::Discard, nullptr, [&] { answerNextBox(QMessageBox::Ok, &problem); });
  window.openFile(place("no such file.toml"));
  QTRY_VERIFY_WITH_TIMEOUT(!problem.isEmpty(), kLong);
  QVERIFY(window.isWindowModified());
  QCOMPARE(runsOf(window).runCount(), 1);
  QVERIFY(!std::filesystem::is_empty(recoveryFolder()));
  answerNextBox(QMessageBox::Discard, nullptr);
  window.close();
  QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), kLong);
}

void WorkbenchProjectTest::takesAnUnwrittenRunElsewhere() {
  const std::filesystem::path folder = place("gone");
  std::filesystem::create_directory(folder);
  std::filesystem::copy_file(made(), folder / "a.a2q");
  const auto session =
      workbench::ProjectSession::open(folder / "a.a2q", ProjectAccess::kWrite).value();
  RunRecord record;
  record.experiment = smallSample(1);
  QVERIFY(session->beginRun(record.experiment, "digits"));
  // The live file may be made meanwhile.
  std::error_code ignored;
  while (std::filesystem::exists(folder)) std::filesystem::remove_all(folder, ignored);
  QVERIFY(!session->finishRun(record));
  QVERIFY(session->holdsUnwrittenRun());
  QVERIFY(!std::filesystem::is_empty(recoveryFolder()));
  const std::filesystem::path elsewhere = place("elsewhere.a2q");
  QVERIFY(session->save(record.experiment, elsewhere));
  QVERIFY(!session->holdsUnwrittenRun());
  QVERIFY(std::filesystem::is_empty(recoveryFolder()));
  const auto file = ProjectFile::open(elsewhere, ProjectAccess::kReadOnly);
  QVERIFY(file);
  QCOMPARE(file->saved().runs.size(), std::size_t{1});
  QCOMPARE(file->saved().runs.front().state, ProjectRunState::kFinished);
  QVERIFY(file->saved().runs.front().record);
  QVERIFY(file->object(*file->saved().runs.front().record));
}

void WorkbenchProjectTest::refusesAPipe() {
  const std::filesystem::path pipe = place("pipe.toml");
  QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
  workbench::Document document;
  const Status opened = document.open(pipe);
  QVERIFY(!opened);
  QCOMPARE(opened.error().code, ErrorCode::kReadFailed);
}

QTEST_MAIN(WorkbenchProjectTest)
#include "workbench_project_test.moc"
