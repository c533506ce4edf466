// SPDX-License-Identifier: GPL-3.0-or-later
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include "views/checks/certificate_columns.h"
#include "views/checks/certificate_view.h"
#include "views/checks/checks_view.h"
#include "views/jobs/jobs_model.h"
#include "views/jobs/jobs_view.h"
#include "views/log/log_view.h"

using namespace a2q;
using views::JobRow;
using views::JobState;
using views::LogLevel;

/// Checks, jobs and log, fed with values made by hand.
class BottomPanesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void checksSayTheirStates();
  void verdictIsOfTheRunShown();
  void rowsSelectLayers();
  void policiesHaveTheirWidths();
  void jobsAreShownNewestFirst();
  void jobsCanBeCancelled();
  void oldJobsAreDropped();
  void logFiltersByTextAndLevel();
  void logFollowsTheEnd();
};

namespace {

IntegerWeights weightsOf(const char* layer, int bits) {
  IntegerWeights weights;
  weights.layer = layer;
  weights.channels = 1;
  weights.k = 2;
  weights.weight_bits = BitWidth{8};
  weights.input_format = IntegerFormat{BitWidth{4}};
  weights.input_range = {0, 15};
  weights.accumulator = BitWidth{bits};
  weights.rule = L1Rule::kA2q;
  weights.values = {100, 100};
  return weights;
}

/// Its worst sum is 15 · 200 = 3 000: 13 bits.
views::StoryPointer storyOf(const char* uuid, int bits) {
  auto record = std::make_shared<RunRecord>();
  record->weights = {weightsOf("conv1", bits), weightsOf("fc", bits)};
  record->certificate = certify(record->weights);
  auto story = std::make_shared<views::RunStory>();
  story->uuid = uuid;
  story->layers = std::make_shared<const std::vector<LayerSnapshot>>();
  story->record = std::move(record);
  return story;
}

std::vector<JobRow> jobs(int count) {
  std::vector<JobRow> out;
  for (int i = 1; i <= count; ++i) {
    JobRow row;
    row.id = i;
    row.what = QStringLiteral("job %1").arg(i);
    row.state = JobState::kRunning;
    row.cancellable = true;
    out.push_back(row);
  }
  return out;
}

QString cell(views::JobsView& view, int row, views::JobColumn column) {
  return view.model().index(row, static_cast<int>(column)).data().toString();
}

}  // namespace

void BottomPanesTest::checksSayTheirStates() {
  views::Selection selection;
  views::ChecksView view(selection);
  QCOMPARE(view.checkText(0, 0), QStringLiteral("– not run"));
  QVERIFY(view.obstacle().contains(QStringLiteral("training")));
  view.showRun(storyOf("a", 16));
  QVERIFY(view.obstacle().isEmpty());
  const QSignalSpy wanted(&view, &views::ChecksView::runWanted);
  view.findChild<QPushButton*>()->click();
  QCOMPARE(wanted.count(), 1);
  view.showChecks({{CheckKind::kCertificate, CheckState::kPassed, 0, "No input can overflow."},
                   {CheckKind::kCodes, CheckState::kRunning, 0.42, {}},
                   {CheckKind::kWitnesses, CheckState::kFailed, 0, "Layer fc, channel 3."}});
  QCOMPARE(view.checkText(0, 0), QStringLiteral("✓ passed"));
  QCOMPARE(view.checkText(0, 1), QStringLiteral("Certificate (exact integers)"));
  QCOMPARE(view.checkText(0, 2), QStringLiteral("No input can overflow."));
  QCOMPARE(view.checkText(1, 0), QStringLiteral("◌ 42 %"));
  QCOMPARE(view.checkText(2, 0), QStringLiteral("✗ FAILED"));
  QVERIFY(!view.findChild<QPushButton*>()->isEnabled());
}

void BottomPanesTest::verdictIsOfTheRunShown() {
  views::Selection selection;
  views::ChecksView view(selection);
  auto* certificate = view.findChild<views::CertificateView*>();
  view.showRun(storyOf("a", 16));
  QCOMPARE(certificate->layerCount(), 2);
  QVERIFY(certificate->verdict().startsWith(QStringLiteral("Certified")));
  view.showRun(storyOf("b", 8));
  QVERIFY(certificate->verdict().startsWith(QStringLiteral("OVERFLOW POSSIBLE")));
  auto plan = std::make_shared<views::RunStory>();
  view.showRun(plan);
  QCOMPARE(certificate->layerCount(), 0);
}

void BottomPanesTest::rowsSelectLayers() {
  views::Selection selection;
  views::ChecksView view(selection);
  view.showRun(storyOf("a", 16));
  auto* table = view.findChild<views::CertificateView*>()->findChild<QTableView*>();
  table->selectRow(1);
  QCOMPARE(selection.layer(), QStringLiteral("fc"));
  selection.selectLayer(QStringLiteral("conv1"));
  QCOMPARE(table->currentIndex().row(), 0);
  selection.selectLayer(QStringLiteral("another"));
  QVERIFY(table->selectionModel()->selectedRows().isEmpty());
}

void BottomPanesTest::policiesHaveTheirWidths() {
  const LayerBound layer = layerBound(weightsOf("fc", 12));
  const auto text = [&](const char* heading) {
    for (const auto& column : views::certificateColumns()) {
      if (QByteArrayView(column.heading) == QByteArrayView(heading)) return column.text(layer);
    }
    return QString();
  };
  QCOMPARE(text("P target"), QStringLiteral("12 ✗"));
  QCOMPARE(text("P smallest"), QStringLiteral("13"));
  // K·2^(N−sgn)·2^(M−1) = 2·16·128 = 4 096 ≤ 2^(P−1) − 1.
  QCOMPARE(text("P data type"), QStringLiteral("14"));
  QCOMPARE(text("P fixed"), QStringLiteral("32"));
  const QString policies = views::policiesText({{layer}});
  QCOMPARE(policies.count(QLatin1Char('\n')), 3);
  QVERIFY(views::policiesLine({{layer}}).contains(QStringLiteral("fixed32 32 ✓")));
  QVERIFY(views::policiesLine({{layer}}).contains(QStringLiteral("a2q 12 ✗")));
  QVERIFY(policies.contains(QStringLiteral("a2q: can overflow in 1 of 1 channels")));
}

void BottomPanesTest::jobsAreShownNewestFirst() {
  views::JobsView view;
  QCOMPARE(view.currentIndex(), 0);
  auto rows = jobs(2);
  rows[0].progress = 0.5;
  rows[1].state = JobState::kWaiting;
  view.showJobs(rows);
  QCOMPARE(view.currentIndex(), 1);
  QCOMPARE(cell(view, 0, views::JobColumn::kWhat), QStringLiteral("job 2"));
  QCOMPARE(cell(view, 0, views::JobColumn::kState), QStringLiteral("… waiting"));
  QCOMPARE(cell(view, 1, views::JobColumn::kProgress), QStringLiteral("50 %"));
  const QSignalSpy reset(&view.model(), &QAbstractItemModel::modelReset);
  rows[0].state = JobState::kFailed;
  rows[0].text = QStringLiteral("no memory");
  rows[0].seconds = 65;
  view.showJobs(rows);
  QCOMPARE(cell(view, 1, views::JobColumn::kState), QStringLiteral("✗ FAILED"));
  QCOMPARE(cell(view, 1, views::JobColumn::kText), QStringLiteral("no memory"));
  QCOMPARE(cell(view, 1, views::JobColumn::kTime), QStringLiteral("1:05 min"));
  QCOMPARE(reset.count(), 0);
}

void BottomPanesTest::jobsCanBeCancelled() {
  views::JobsView view;
  auto rows = jobs(2);
  rows[0].cancellable = false;
  view.showJobs(rows);
  const QSignalSpy wanted(&view, &views::JobsView::cancelWanted);
  auto* table = view.findChild<QTableView*>();
  const auto buttons = table->findChildren<QPushButton*>();
  QCOMPARE(buttons.size(), 1);
  buttons.front()->click();
  QCOMPARE(wanted.count(), 1);
  QCOMPARE(wanted[0][0].toInt(), 2);
  table->selectRow(1);
  QTest::keyClick(table, Qt::Key_Delete);
  QCOMPARE(wanted.count(), 1);
  table->selectRow(0);
  QTest::keyClick(table, Qt::Key_Delete);
  QCOMPARE(wanted.count(), 2);
  rows[1].state = JobState::kCancelled;
  view.showJobs(rows);
  QTest::keyClick(table, Qt::Key_Delete);
  QCOMPARE(wanted.count(), 2);
  QCOMPARE(table->indexWidget(view.model().index(0, static_cast<int>(views::JobColumn::kCancel))),
           nullptr);
}

void BottomPanesTest::oldJobsAreDropped() {
  views::JobsView view;
  view.showJobs(jobs(150));
  view.showJobs(jobs(260));
  QCOMPARE(view.model().rowCount(), views::JobsModel::kMostJobs);
  QCOMPARE(view.model().job(0).id, 260);
  QCOMPARE(view.model().job(199).id, 61);
  auto later = jobs(260);
  later.erase(later.begin() + 100, later.begin() + 200);
  view.showJobs(later);
  QCOMPARE(view.model().rowCount(), 160);
  QCOMPARE(view.model().job(60).id, 100);
}

void BottomPanesTest::logFiltersByTextAndLevel() {
  views::LogView view;
  view.addLine(QStringLiteral("Epoch 1: loss 2.3"));
  view.addLine(QStringLiteral("the disk is nearly full"), LogLevel::kWarning);
  view.addLine(QStringLiteral("nothing was written"), LogLevel::kError);
  QCOMPARE(view.lineCount(), 3);
  QVERIFY(view.text().contains(QStringLiteral("  Warning: the disk")));
  view.setFilter(QStringLiteral("EPOCH"));
  QCOMPARE(view.lineCount(), 1);
  view.setFilter({}, LogLevel::kWarning);
  QCOMPARE(view.lineCount(), 2);
  view.setFilter(QStringLiteral("epoch"), LogLevel::kError);
  QCOMPARE(view.lineCount(), 0);
  view.setFilter({});
  for (int i = 0; i < views::LogModel::kMostLines; ++i) view.addLine(QString::number(i));
  QVERIFY(view.lineCount() <= views::LogModel::kMostLines);
  QVERIFY(view.text().endsWith(QStringLiteral("  9999\n")));
}

void BottomPanesTest::logFollowsTheEnd() {
  views::LogView view;
  view.resize(400, 200);
  view.show();
  QVERIFY(QTest::qWaitForWindowExposed(&view));
  const QScrollBar& bar = *view.findChild<QListView*>()->verticalScrollBar();
  for (int i = 0; i < 100; ++i) view.addLine(QString::number(i));
  QTRY_VERIFY(bar.maximum() > 0);
  QTRY_COMPARE(bar.value(), bar.maximum());
  view.findChild<QListView*>()->scrollToTop();
  view.addLine(QStringLiteral("news"));
  QTest::qWait(20);
  QCOMPARE(bar.value(), 0);
  view.findChild<QListView*>()->scrollToBottom();
  view.addLine(QStringLiteral("more news"));
  QTRY_COMPARE(bar.value(), bar.maximum());
}

QTEST_MAIN(BottomPanesTest)
#include "bottom_panes_test.moc"
