// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "plot_driver.h"
#include "story_samples.h"
#include "views/common/csv_table.h"
#include "views/common/flow_layout.h"
#include "views/common/table_dialog.h"
#include "views/training_curves/training_curves_view.h"

using namespace a2q;
using namespace a2q::plots;
using samples::storyOf;
using samples::StoryShape;
using views::CurveKind;
using views::PlotTool;

/// What every plot offers, through mouse and keys, on the pane of the curves.
class PlotsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zoomStopsFollowing();
  void boxZooms();
  void keysZoomAndPan();
  void logAxis();
  void legendHides();
  void logTicksStayApart();
  void crosshairTells();
  void crosshairStaysInThePicture();
  void controlsTakeMoreLines();
  void exportsEveryKind();
  void failedExportSaysWhy();
  void tableIsTheCsv();
  void menuByKeyboard();
};

void PlotsTest::zoomStopsFollowing() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  QVERIFY(view.follows());
  QVERIFY(!toolOf(view, PlotTool::kFollow).isVisible());
  const QCPRange before = plot.axisRect(0)->axis(QCPAxis::atBottom)->range();
  wheel(plot, plot.axisRect(0)->center(), 120);
  const QCPRange zoomed = plot.axisRect(0)->axis(QCPAxis::atBottom)->range();
  QVERIFY(zoomed.size() < before.size());
  QVERIFY(!view.follows());
  QVERIFY(toolOf(view, PlotTool::kFollow).isVisible());
  // The stacked plots stay in step, and new data do not move them.
  QCOMPARE(plot.axisRect(1)->axis(QCPAxis::atBottom)->range(), zoomed);
  StoryShape longer;
  longer.steps = 600;
  view.showRun(share(storyOf(longer)));
  QCOMPARE(plot.axisRect(0)->axis(QCPAxis::atBottom)->range(), zoomed);
  QTest::mouseClick(&toolOf(view, PlotTool::kFollow), Qt::LeftButton);
  QVERIFY(view.follows());
  QVERIFY(!toolOf(view, PlotTool::kFollow).isVisible());
  QVERIFY(plot.axisRect(0)->axis(QCPAxis::atBottom)->range().upper > 600);
  // A drag stops it as well; a double click fits.
  const QPoint middle = plot.axisRect(0)->center();
  drag(plot, middle, middle + QPoint(60, 0), Qt::NoModifier);
  QVERIFY(!view.follows());
  QTest::mouseDClick(&plot, Qt::LeftButton, Qt::NoModifier, middle);
  QVERIFY(view.follows());
}

void PlotsTest::boxZooms() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  QCPAxisRect& rect = *plot.axisRect(0);
  QCPAxis& keys = *rect.axis(QCPAxis::atBottom);
  QCPAxis& values = *rect.axis(QCPAxis::atLeft);
  const QPoint from = rect.center() - QPoint(80, 40);
  const QPoint to = rect.center() + QPoint(80, 40);
  const QCPRange wanted_keys(keys.pixelToCoord(from.x()), keys.pixelToCoord(to.x()));
  const QCPRange wanted_values(values.pixelToCoord(from.y()), values.pixelToCoord(to.y()));
  drag(plot, from, to, Qt::ShiftModifier);
  QVERIFY(!view.follows());
  QVERIFY(std::abs(keys.range().lower - wanted_keys.lower) < 1);
  QVERIFY(std::abs(keys.range().upper - wanted_keys.upper) < 1);
  QVERIFY(std::abs(values.range().lower - wanted_values.lower) < 0.02 * wanted_values.upper);
  QVERIFY(std::abs(values.range().upper - wanted_values.upper) < 0.02 * wanted_values.upper);
  // With the tool no key is needed, and the tool is done after one box.
  QTest::keyClick(&plot, Qt::Key_Home);
  const double all = keys.range().size();
  QTest::mouseClick(&toolOf(view, PlotTool::kBox), Qt::LeftButton);
  QVERIFY(toolOf(view, PlotTool::kBox).isChecked());
  drag(plot, from, to, Qt::NoModifier);
  QVERIFY(keys.range().size() < all / 2);
  QVERIFY(!toolOf(view, PlotTool::kBox).isChecked());
}

void PlotsTest::keysZoomAndPan() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  QCPAxis& keys = *plot.axisRect(0)->axis(QCPAxis::atBottom);
  const QCPRange before = keys.range();
  QTest::keyClick(&plot, Qt::Key_Plus);
  QVERIFY(keys.range().size() < before.size());
  QVERIFY(!view.follows());
  const QCPRange zoomed = keys.range();
  QTest::keyClick(&plot, Qt::Key_Right);
  QVERIFY(keys.range().lower > zoomed.lower);
  QTest::keyClick(&plot, Qt::Key_Left);
  QVERIFY(std::abs(keys.range().lower - zoomed.lower) < 1e-6 * before.size());
  QTest::keyClick(&plot, Qt::Key_Minus);
  QVERIFY(std::abs(keys.range().size() - before.size()) < 1e-6 * before.size());
  QTest::keyClick(&plot, Qt::Key_F);
  QVERIFY(view.follows());
}

void PlotsTest::logAxis() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  QCPAxis& loss = *plot.axisRect(0)->axis(QCPAxis::atLeft);
  QCOMPARE(loss.scaleType(), QCPAxis::stLogarithmic);
  QTest::keyClick(&plot, Qt::Key_L);
  QCOMPARE(loss.scaleType(), QCPAxis::stLinear);
  QVERIFY(!toolOf(view, PlotTool::kLog).isChecked());
  QTest::mouseClick(&toolOf(view, PlotTool::kLog), Qt::LeftButton);
  QCOMPARE(loss.scaleType(), QCPAxis::stLogarithmic);
  QVERIFY(loss.range().lower > 0);
  QVERIFY(toolOf(view, PlotTool::kLog).isChecked());
}

void PlotsTest::logTicksStayApart() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCPAxis& loss = *plotOf(view).axisRect(0)->axis(QCPAxis::atLeft);
  loss.setRange(0.15, 3.6);
  plotOf(view).replot();
  QVector<double> ticks;
  loss.ticker()->generate(loss.range(), QLocale::c(), QLatin1Char('g'), 6, ticks, nullptr, nullptr);
  QVERIFY(ticks.size() >= 4);
  const int line = QFontMetrics(loss.tickLabelFont()).ascent();
  for (qsizetype i = 1; i < ticks.size(); ++i) {
    QVERIFY(loss.coordToPixel(ticks[i - 1]) - loss.coordToPixel(ticks[i]) >= line);
  }
}

void PlotsTest::legendHides() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  plot.replot();
  const QCPLegend* legend = &legendOf(plot);
  const QString name = QStringLiteral("run-1 training");
  QCPAbstractPlottable* line = seriesNamed(plot, name);
  QVERIFY(line != nullptr && line->visible());
  const QString csv = view.csvText();
  QVERIFY(csv.contains(name));
  const QPoint entry = legend->item(0)->outerRect().center();
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, entry);
  QVERIFY(!line->visible());
  QVERIFY(legend->item(0)->font().strikeOut());
  QVERIFY(!view.csvText().contains(name));
  // It stays hidden when panels are built anew, and comes back with another click.
  view.showKinds({CurveKind::kLoss, CurveKind::kScore, CurveKind::kMargin});
  QVERIFY(!seriesNamed(plot, name)->visible());
  plot.replot();
  legend = &legendOf(plot);
  QCOMPARE(legend->itemCount(), 2);
  QTest::mouseClick(&plot, Qt::LeftButton, Qt::NoModifier, legend->item(0)->outerRect().center());
  QVERIFY(seriesNamed(plot, name)->visible());
}

void PlotsTest::crosshairTells() {
  views::TrainingCurvesView view;
  open(view);
  const auto story = share(storyOf({}));
  view.showRun(story);
  QCustomPlot& plot = plotOf(view);
  QVERIFY(view.crosshairText().isEmpty());
  QTest::keyClick(&plot, Qt::Key_X);
  QCPAxis& keys = *plot.axisRect(0)->axis(QCPAxis::atBottom);
  moveMouse(plot, plot.axisRect(0)->center());
  const auto step = std::llround(keys.pixelToCoord(plot.axisRect(0)->center().x()));
  const QString text = view.crosshairText();
  QVERIFY2(text.startsWith(QStringLiteral("step %1").arg(step)), qPrintable(text));
  // The score is not smoothed: what the crosshair says is the value of that step.
  const double score = story->steps.row(static_cast<std::size_t>(step - 1))[4];
  QVERIFY2(text.contains(QString::fromStdString(scoreText(Metric::kAccuracy, score))),
           qPrintable(text));
  QVERIFY(text.contains(QStringLiteral("[measured]")));
  QTest::keyClick(&plot, Qt::Key_Right, Qt::ControlModifier);
  QVERIFY(view.crosshairText() != text);
  QTest::keyClick(&plot, Qt::Key_Escape);
  QVERIFY(view.crosshairText().isEmpty());
}

void PlotsTest::crosshairStaysInThePicture() {
  views::TrainingCurvesView view;
  open(view);
  view.resize(400, 400);
  view.showRun(share(storyOf({})));
  QCustomPlot& plot = plotOf(view);
  QTest::keyClick(&plot, Qt::Key_X);
  for (const int x : {-10, 10}) {
    moveMouse(plot, plot.axisRect(0)->center() + QPoint(x, 0));
    plot.replot();
    const QCPItemText* box = nullptr;
    for (int i = 0; i < plot.itemCount(); ++i) {
      const auto* const text = qobject_cast<QCPItemText*>(plot.item(i));
      if (text != nullptr && text->text() == view.crosshairText()) box = text;
    }
    QVERIFY(box != nullptr);
    QVERIFY(box->left->pixelPosition().x() >= 0);
    QVERIFY(box->right->pixelPosition().x() <= plot.width());
  }
}

void PlotsTest::controlsTakeMoreLines() {
  QWidget bar;
  auto* const flow = new views::FlowLayout(&bar);
  for (int i = 0; i < 4; ++i) flow->addWidget(new QPushButton(QStringLiteral("a control")));
  const int line = flow->sizeHint().height();
  QCOMPARE(flow->heightForWidth(flow->sizeHint().width()), line);
  const int narrow = flow->sizeHint().width() / 2;
  QCOMPARE(flow->heightForWidth(narrow), 2 * line + flow->spacing());
  bar.resize(narrow, 200);
  bar.show();
  for (int i = 0; i < flow->count(); ++i) {
    const QWidget& control = *flow->itemAt(i)->widget();
    QVERIFY(control.geometry().right() < narrow);
    QCOMPARE(control.width(), control.sizeHint().width());
  }
}

void PlotsTest::exportsEveryKind() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  const QTemporaryDir folder;
  const auto bytes_of = [&](const char* name) {
    const QString path = folder.filePath(QString::fromUtf8(name));
    if (!view.exportTo(path)) return QByteArray();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  };
  const QImage picture = QImage::fromData(bytes_of("a.png"));
  QVERIFY(picture.width() >= 2 * plotOf(view).width());
  QVERIFY(picture.height() > 2 * plotOf(view).height());
  QVERIFY(bytes_of("a.pdf").startsWith("%PDF"));
  const QByteArray svg = bytes_of("a.svg");
  QXmlStreamReader xml(svg);
  QString texts;
  while (!xml.atEnd()) {
    if (xml.readNext() == QXmlStreamReader::Characters) texts += xml.text().toString() + u'\n';
  }
  QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
  QVERIFY(texts.contains(view.title()));
  QVERIFY(texts.contains(QStringLiteral("run-1 training")));
  QVERIFY(texts.contains(QStringLiteral("accuracy in %")));
  QCOMPARE(QString::fromUtf8(bytes_of("a.csv")), view.csvText());
}

void PlotsTest::failedExportSaysWhy() {
  views::TrainingCurvesView view;
  const QTemporaryDir folder;
  for (const char* name : {"none/a.png", "none/a.svg", "none/a.pdf", "none/a.csv"}) {
    const Status written = view.exportTo(folder.filePath(QString::fromUtf8(name)));
    QVERIFY(!written);
    QVERIFY(!written.error().message.empty() && !written.error().remedy.empty());
  }
}

void PlotsTest::tableIsTheCsv() {
  views::TrainingCurvesView view;
  open(view);
  StoryShape small;
  small.steps = 20;
  small.steps_per_epoch = 10;
  view.showRun(share(storyOf(small)));
  QTest::keyClick(&plotOf(view), Qt::Key_T);
  auto* dialog = view.findChild<views::TableDialog*>();
  QVERIFY(dialog != nullptr && dialog->isVisible());
  auto* table = dialog->findChild<QTableView*>();
  const QAbstractItemModel& model = *table->model();
  const QStringList lines = linesOf(view.csvText());
  QCOMPARE(model.rowCount(), static_cast<int>(lines.size()) - 1);
  for (int row = 0; row < model.rowCount(); ++row) {
    const QStringList cells = views::csvCells(lines[row + 1]);
    QCOMPARE(model.columnCount(), static_cast<int>(cells.size()));
    for (int column = 0; column < model.columnCount(); ++column) {
      QCOMPARE(model.index(row, column).data().toString(), cells[column]);
    }
  }
  table->selectRow(0);
  QTest::keySequence(table, QKeySequence::Copy);
  QCOMPARE(QGuiApplication::clipboard()->text(), views::csvCells(lines[1]).join(QLatin1Char('\t')));
  QCOMPARE(views::csvCells(QStringLiteral("\"a,\"\"b\",,3")),
           QStringList({QStringLiteral("a,\"b"), QString(), QStringLiteral("3")}));
}

void PlotsTest::menuByKeyboard() {
  views::TrainingCurvesView view;
  open(view);
  view.showRun(share(storyOf({})));
  QTest::keyClick(&plotOf(view), Qt::Key_F10, Qt::ShiftModifier);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  QVERIFY(menu != nullptr);
  QStringList texts;
  for (const QAction* action : menu->actions()) texts << action->text();
  const QString all = texts.join(u'\n');
  for (const char* word : {"PNG", "VG", "DF", "CS", "table", "Crosshair", "Logarithmic", "eries"}) {
    QVERIFY2(all.contains(QString::fromUtf8(word)), word);
  }
  menu->close();
}

QTEST_MAIN(PlotsTest)
#include "plots_test.moc"
