// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <limits>

#include "views/checks/certificate_model.h"
#include "views/checks/verdict_text.h"
#include "views/common/number_text.h"
#include "views/common/plain_tip.h"
#include "views/common/plot_note.h"
#include "views/common/qcustomplot.h"
#include "views/l1_budget/l1_budget_view.h"

using namespace a2q;

/// Views on their own, fed with values made by hand.
class ViewsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void formatsNumbers();
  void tipsShowMarkupAsText();
  void notesFitTheirPlot();
  void budgetRowsAreExact();
  void budgetOverrunIsSaid();
  void certificateSaysOverflow();
  void divergedRunIsNoFloatNetwork();
  void exportsFiles();
};

namespace {

const QChar kThin(0x202F);

LayerSnapshot layerWith(std::vector<SignedSums> channels) {
  LayerSnapshot layer;
  layer.layer = "conv";
  layer.accumulator = BitWidth{16};
  layer.inputs = {0, 15};
  layer.budget = l1Budget(L1Rule::kA2q, BitWidth{16}, IntegerFormat{BitWidth{4}});
  layer.k = 400;
  layer.channels = std::move(channels);
  return layer;
}

IntegerWeights weightsWith(std::vector<std::int32_t> values) {
  IntegerWeights weights;
  weights.layer = "fc";
  weights.channels = 1;
  weights.k = static_cast<DotLength>(values.size());
  weights.weight_bits = BitWidth{8};
  weights.input_format = IntegerFormat{BitWidth{4}};
  weights.input_range = {0, 15};
  weights.accumulator = BitWidth{8};
  weights.rule = L1Rule::kA2q;
  weights.values = std::move(values);
  return weights;
}

RunRecord recordOf(std::vector<std::int32_t> values) {
  RunRecord record;
  record.weights = {weightsWith(std::move(values))};
  record.certificate = certify(record.weights);
  return record;
}

}  // namespace

void ViewsTest::formatsNumbers() {
  QCOMPARE(views::grouped(0), QStringLiteral("0"));
  QCOMPARE(views::grouped(2047), QStringLiteral("2") + kThin + QStringLiteral("047"));
  QCOMPARE(views::grouped(-1234567),
           QStringLiteral("−1") + kThin + QStringLiteral("234") + kThin + QStringLiteral("567"));
  QCOMPARE(views::bitsText(std::numeric_limits<double>::infinity()), QStringLiteral("∞"));
  QCOMPARE(views::bitsText(std::nullopt), QStringLiteral("–"));
  QCOMPARE(views::durationText(185), QStringLiteral("3:05 min"));
}

void ViewsTest::tipsShowMarkupAsText() {
  QCOMPARE(views::plainTip(QStringLiteral("a < b\nc")), QStringLiteral("a < b\nc"));
  const QString markup = QStringLiteral("Training <b>x</b> &amp; <img src=\"y\">");
  QTextDocument shown;
  shown.setHtml(views::plainTip(markup));
  QCOMPARE(shown.toPlainText(), markup);
}

void ViewsTest::notesFitTheirPlot() {
  QCustomPlot plot;
  QCPItemText* const note = views::addPlotNote(plot);
  const QString text = QStringLiteral("The levels are counted at the end of every epoch");
  views::showPlotNote(*note, text);
  for (const int width : {200, 900}) {
    plot.setGeometry(0, 0, width, 200);
    plot.replot();
    QCOMPARE(note->text().simplified(), text);
    const QFontMetrics metrics(note->font());
    for (const QString& line : note->text().split(QLatin1Char('\n'))) {
      QVERIFY(metrics.horizontalAdvance(line) <= plot.axisRect()->width());
    }
  }
  QVERIFY(!note->text().contains(QLatin1Char('\n')));
}

void ViewsTest::budgetRowsAreExact() {
  const auto rows = views::budgetRows({layerWith({{1000, 790}, {300, 100}, {500, 500}})});
  QCOMPARE(rows.rows.size(), std::size_t{1});
  const views::BudgetRow& row = rows.rows.front();
  QCOMPARE(row.largest, 1790);
  QCOMPARE(row.budget, 2047);
  QVERIFY(!row.over);
  QCOMPARE(row.median_share, 1000 / (32767.0 / 16));
  QCOMPARE(row.label, QStringLiteral("%1 / %2  (P 16, N 4, unsigned)")
                          .arg(views::grouped(1790), views::grouped(2047)));
  QVERIFY(row.tip.contains(QStringLiteral("A2Q: ")));
}

void ViewsTest::budgetOverrunIsSaid() {
  const auto rows = views::budgetRows({layerWith({{2048, 0}})});
  QVERIFY(rows.rows.front().over);
  QVERIFY(rows.rows.front().label.contains(QStringLiteral("OVER BUDGET")));
}

void ViewsTest::certificateSaysOverflow() {
  const RunRecord safe = recordOf({3, -2});
  QCOMPARE(views::verdictOf(safe.certificate), views::Verdict::kCertified);
  const RunRecord unsafe = recordOf({100, 100});
  QCOMPARE(views::verdictOf(unsafe.certificate), views::Verdict::kOverflowPossible);
  QVERIFY(views::verdictText(unsafe).contains(QStringLiteral("1 of 1 channels leave 8 bits")));
  views::CertificateModel model;
  model.show(unsafe.certificate);
  QCOMPARE(model.rowCount(), 1);
  QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("OVERFLOW"));
  for (int i = 0; i < model.columnCount(); ++i) {
    QVERIFY(!model.index(0, i).data().toString().isEmpty());
    QVERIFY(!model.headerData(i, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
  }
}

void ViewsTest::divergedRunIsNoFloatNetwork() {
  RunRecord record;
  record.experiment.quant.method = QuantMethod::kA2q;
  record.state = RunState::kDiverged;
  QCOMPARE(views::verdictText(record), QStringLiteral("The run diverged: nothing is certified."));
  record.experiment.quant.method = QuantMethod::kFloat;
  QVERIFY(views::verdictText(record).contains(QStringLiteral("float network")));
}

void ViewsTest::exportsFiles() {
  views::Selection selection;
  views::L1BudgetView view(selection);
  view.resize(500, 400);
  view.showLayers({layerWith({{1000, 790}})});
  const QTemporaryDir folder;
  for (const char* name : {"a.png", "a.svg", "a.pdf", "a.csv"}) {
    const QString path = folder.filePath(QString::fromUtf8(name));
    QVERIFY2(view.exportTo(path), name);
    QVERIFY2(QFile(path).size() > 20, name);
  }
  QVERIFY(!view.exportTo(folder.filePath(QStringLiteral("none/a.csv"))));
  QVERIFY(view.csvText().contains(QStringLiteral("\"conv\",1790,2047,")));
}

QTEST_MAIN(ViewsTest)
#include "views_test.moc"
