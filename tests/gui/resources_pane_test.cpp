// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "tests/gui/hardware_samples.h"
#include "tests/gui/layer_samples.h"
#include "views/common/number_text.h"
#include "views/resources/legal_spin_box.h"
#include "views/resources/policy_table.h"
#include "views/resources/resource_text.h"
#include "views/resources/resources_view.h"

using namespace a2q;
using namespace a2q::views;
using namespace a2q::views::testing;

/// The pane of resources against the estimate itself, and what it asks for.
class ResourcesPaneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void showsWhatThePlanSays();
  void policiesStandSideBySide();
  void selectionIsLinked();
  void tooSmallADeviceSaysByHowMuch();
  void withoutAPlanItSaysWhatToDo();
  void choicesAreAsked();
  void foldingTakesLegalValuesOnly();
  void intervalsAreShown();
  void synthesisStandsBesideEstimates();
  void partsOfASynthesisAreToldAsSuch();
  void typingSurvivesNewAnswers();
  void everythingHasAName();
  void textIsNotCut();
};

namespace {

template <class Child>
Child* childOf(const QWidget& view, const char* name) {
  return view.findChild<Child*>(QString::fromUtf8(name));
}

QString textOf(const QWidget& view, const char* label) {
  return childOf<QLabel>(view, label)->text();
}

double cell(const PolicyTable& table, int row, int column) {
  QString digits = table.item(row, column)->text();
  return digits.remove(QChar(0x202F)).toDouble();
}

/// The sample, with a synthesis that takes 25 % more than the estimate in each layer but those that
/// are left out.
std::shared_ptr<HardwareStory> synthesised(const std::string& place, std::size_t known) {
  auto story = hardwareOf(place);
  const DesignEstimate& estimate = story->plan->estimate;
  DesignSynthesis synthesis{std::vector<std::optional<ResourceVector>>(estimate.layers.size()),
                            std::nullopt, "Yosys <1>"};
  for (std::size_t i = 0; i < known; ++i) {
    synthesis.layers[i] = 1.25 * estimate.layers[i].value;
    synthesis.layers[i]->ff = 70;
  }
  if (known == estimate.layers.size()) {
    synthesis.total = 1.25 * estimate.total.value;
    synthesis.total->ff = 700;
  }
  story->synthesis = std::move(synthesis);
  return story;
}

}  // namespace

void ResourcesPaneTest::showsWhatThePlanSays() {
  const auto story = hardwareOf("pynq-z2");
  QVERIFY(story->fits);
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  const DesignPlan& plan = *story->plan;
  const auto& rows = view.shown();
  QCOMPARE(rows.size(), plan.design.network.layers.size());
  for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
    QCOMPARE(rows[i].use.value, plan.estimate.layers[i + 1].value);
    QCOMPARE(rows[i].name.toStdString(), plan.design.network.layers[i + 1].name);
  }
  QVERIFY(rows.back().isTotal());
  QCOMPARE(rows.back().use.value, plan.estimate.total.value);
  const auto slowest = plan.design.stages[plan.design.bottleneck].layer;
  for (const ResourceRow& row : rows) QCOMPARE(row.bottleneck, row.layer == slowest);
  const QString verdict = textOf(view, "resources_verdict");
  QVERIFY2(verdict.contains(QStringLiteral("Fits</b> XC7Z020")), qPrintable(verdict));
  QVERIFY(verdict.contains(grouped(std::llround(plan.estimate.total.value.lut)) +
                           QStringLiteral("\u00a0LUT6")));
  QVERIFY(verdict.contains(percentText(plan.estimate.total.value.lut / 53200)));
  const QString speed = textOf(view, "resources_speed");
  QVERIFY2(speed.contains(rateText(plan.rate())), qPrintable(speed));
  QVERIFY(speed.contains(grouped(plan.design.interval)));
  const QString tip = speedTip(*story);
  QVERIFY2(tip.contains(QStringLiteral("finn")), qPrintable(tip));
  QVERIFY(tip.contains(QStringLiteral("clock / initiation interval")));
  const QString row_tip = resourceTip(*story, rows.front());
  QVERIFY2(row_tip.contains(QStringLiteral("(MH/PE)·(MW/SIMD)")), qPrintable(row_tip));
  const QString csv = view.csvText();
  QCOMPARE(csv.count(QLatin1Char('\n')), static_cast<qsizetype>(rows.size() + 1));
  QVERIFY(csv.contains(QStringLiteral(",yes\n")));
}

void ResourcesPaneTest::policiesStandSideBySide() {
  const auto story = hardwareOf("pynq-z2");
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  auto* table = view.findChild<PolicyTable*>();
  QCOMPARE(table->rowCount(), 4);
  for (int row = 0; row < 4; ++row) {
    const auto name = policyName(kAccumulatorPolicies[static_cast<std::size_t>(row)]);
    QCOMPARE(table->item(row, 0)->text().toStdString(), std::string(name));
  }
  // 32 bits cost more than the bound of the types, and that more than what was trained for.
  QVERIFY(cell(*table, 0, 2) > cell(*table, 1, 2));
  QVERIFY(cell(*table, 1, 2) >= cell(*table, 3, 2));
  QCOMPARE(cell(*table, 3, 2), std::round(story->plan->estimate.total.value.lut));
  QCOMPARE(table->item(0, 1)->text(), QStringLiteral("32"));
  // Without weights nobody knows the exact range.
  QCOMPARE(table->item(2, 2)->text(), QStringLiteral("–"));
  QVERIFY(table->item(2, 2)->toolTip().contains(QStringLiteral("trained weights")));
  QCOMPARE(table->currentRow(), 3);
  QSignalSpy wanted(&view, &ResourcesView::policyWanted);
  table->setCurrentCell(0, 0);
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.front().front().value<AccumulatorPolicy>(), AccumulatorPolicy::kFixed32);
}

void ResourcesPaneTest::selectionIsLinked() {
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(hardwareOf("pynq-z2"));
  shownAt(view, {700, 560});
  QTest::mouseClick(&plotOf(view), Qt::LeftButton, {}, view.placeOf(1));
  QCOMPARE(selection.layer(), view.shown()[1].name);
  QVERIFY(textOf(view, "folding_layer").startsWith(view.shown()[1].name));
  QTest::keyClick(&plotOf(view), Qt::Key_Down);
  QCOMPARE(selection.layer(), view.shown()[2].name);
  selection.selectLayer(view.shown()[0].name);
  QVERIFY(textOf(view, "folding_layer").startsWith(view.shown()[0].name));
  // The total is no layer.
  const auto last = static_cast<int>(view.shown().size()) - 1;
  QTest::mouseClick(&plotOf(view), Qt::LeftButton, {}, view.placeOf(last));
  QCOMPARE(selection.layer(), view.shown()[0].name);
}

void ResourcesPaneTest::tooSmallADeviceSaysByHowMuch() {
  const auto story = hardwareOf("ice40hx1k");
  QVERIFY(!story->fits);
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  const QString verdict = textOf(view, "resources_verdict");
  QVERIFY2(verdict.contains(QStringLiteral("DOES NOT FIT")), qPrintable(verdict));
  QVERIFY2(verdict.contains(QStringLiteral("too many")), qPrintable(verdict));
  const double used = story->plan->estimate.total.value.lut;
  QVERIFY(overuseText(*story).startsWith(grouped(std::llround(used)) + QStringLiteral("\u00a0LC")));
  QVERIFY(!view.shown().empty());
}

void ResourcesPaneTest::withoutAPlanItSaysWhatToDo() {
  auto story = std::make_shared<HardwareStory>();
  story->request.device = findDevice("icebreaker").value();
  story->place = "icebreaker";
  story->problem = QStringLiteral("A float network has no hardware design.");
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  shownAt(view, {700, 560});
  QVERIFY(view.shown().empty());
  QVERIFY(!view.findChild<PolicyTable*>()->isVisible());
  QVERIFY(!childOf<QLabel>(view, "resources_verdict")->isVisible());
  const auto* const device = childOf<QComboBox>(view, "resources_device");
  QCOMPARE(device->currentData().toString(), QStringLiteral("icebreaker"));
  QVERIFY(view.csvText().startsWith(QStringLiteral("layer,")));
  view.showHardware(hardwareOf("pynq-z2"));
  QVERIFY(view.findChild<PolicyTable*>()->isVisible());
}

void ResourcesPaneTest::choicesAreAsked() {
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(hardwareOf("pynq-z2"));
  auto* device = childOf<QComboBox>(view, "resources_device");
  QSignalSpy place(&view, &ResourcesView::placeWanted);
  const int ice = device->findData(QStringLiteral("icebreaker"));
  QVERIFY(ice >= 0);
  Q_EMIT device->activated(ice);
  QCOMPARE(place.size(), 1);
  QCOMPARE(place.front().front().toString(), QStringLiteral("icebreaker"));
  auto* model = childOf<QComboBox>(view, "resources_model");
  QCOMPARE(model->currentText(), QStringLiteral("finn"));
  QSignalSpy wanted(&view, &ResourcesView::modelWanted);
  model->setCurrentIndex(0);
  Q_EMIT model->activated(0);
  QCOMPARE(wanted.front().front().value<ModelKind>(), ModelKind::kCalibrated);
  QSignalSpy copy(&view, &ResourcesView::copyWanted);
  childOf<QAbstractButton>(view, "resources_copy")->click();
  QCOMPARE(copy.size(), 1);
  // Bars of another resource are as long as its share.
  auto* kind = childOf<QComboBox>(view, "resources_kind");
  QCOMPARE(kind->itemText(2), unitOf(*view.story()->request.device->family, ResourceKind::kBram));
  kind->setCurrentIndex(4);
  QVERIFY(textOf(view, "resources_verdict").contains(QStringLiteral("Bars from above")));
}

void ResourcesPaneTest::foldingTakesLegalValuesOnly() {
  const auto story = hardwareOf("pynq-z2");
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  shownAt(view, {700, 560});
  const DesignLayer& layer = story->plan->design.network.layers[1];
  selection.selectLayer(QString::fromStdString(layer.name));
  auto* pe = childOf<LegalSpinBox>(view, "folding_pe");
  QCOMPARE(pe->legal(), legalPe(layer));
  QCOMPARE(pe->value(), static_cast<int>(story->plan->design.folding.layers[1].pe));
  QVERIFY(!childOf<QAbstractButton>(view, "folding_free")->isEnabled());
  QSignalSpy wanted(&view, &ResourcesView::foldingWanted);
  const int before = pe->value();
  const int step = before == static_cast<int>(pe->legal().back()) ? -1 : 1;
  pe->stepBy(step);
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.front()[0].toString().toStdString(), layer.name);
  QVERIFY(std::ranges::binary_search(legalPe(layer), wanted.front()[1].toLongLong()));
  QString typed = QStringLiteral("PE 999999");
  pe->fixup(typed);
  QCOMPARE(typed, QStringLiteral("PE %1").arg(pe->legal().back()));
  auto by_hand = std::make_shared<HardwareStory>(*story);
  by_hand->request.overrides[layer.name].pe = 1;
  view.showHardware(by_hand);
  QSignalSpy freed(&view, &ResourcesView::foldingFreed);
  childOf<QAbstractButton>(view, "folding_free")->click();
  QCOMPARE(freed.size(), 1);
}

void ResourcesPaneTest::intervalsAreShown() {
  const auto story = hardwareOf("pynq-z2");
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(story);
  QVERIFY(story->plan->estimate.total.high.has_value());
  // The axis has room for the whisker.
  const double most = 100 * story->plan->estimate.total.high->lut / 53200;
  QVERIFY(plotOf(view).xAxis->range().contains(most));
  QVERIFY(resourceTip(*story, view.shown().back()).contains(QStringLiteral("seen between")));
}

void ResourcesPaneTest::synthesisStandsBesideEstimates() {
  Selection selection;
  ResourcesView view(selection);
  const auto plain = hardwareOf("pynq-z2");
  view.showHardware(plain);
  shownAt(view, {900, 700});
  const QString before = view.csvText();
  QVERIFY(!before.contains(QStringLiteral("synthesis")));
  QVERIFY(!childOf<QLabel>(view, "resources_compared")->isVisible());
  QVERIFY(!view.accessibleDescription().contains(QStringLiteral("synthesis")));
  const int total = static_cast<int>(view.shown().size()) - 1;
  const QImage picture = plotOf(view).grab().toImage();
  const auto story = synthesised("pynq-z2", plain->plan->estimate.layers.size());
  view.showHardware(story);
  QVERIFY(plotOf(view).grab().toImage() != picture);
  const double lut = story->plan->estimate.total.value.lut;
  const QString figures = QStringLiteral(
                              "LUT6\u00a0%1\u00a0estimate, %2\u00a0synthesis"
                              "\u00a0(\u221220.0\u00a0%)")
                              .arg(grouped(std::llround(lut)), grouped(std::llround(1.25 * lut)));
  const QString verdict = textOf(view, "resources_compared");
  QVERIFY2(verdict.contains(figures), qPrintable(verdict));
  // FINN's model says nothing of registers, so there is nothing to differ from.
  QVERIFY2(verdict.contains(QStringLiteral("FF\u00a0700\u00a0synthesis ")), qPrintable(verdict));
  const ResourceRow& row = view.shown().front();
  const QString tip = resourceTip(*story, row);
  QVERIFY2(tip.contains(QStringLiteral("synthesis\u00a0%1\u00a0(\u221220.0\u00a0%)")
                            .arg(grouped(std::llround(1.25 * row.use.value.lut)))),
           qPrintable(tip));
  QVERIFY2(tip.contains(
               QStringLiteral("[measured, Yosys &lt;1&gt;, before placement, example weights]")),
           qPrintable(tip));
  QVERIFY(view.accessibleDescription().contains(QStringLiteral("(\u221220.0\u00a0%)")));
  const QStringList lines = view.csvText().split(QLatin1Char('\n'));
  QVERIFY(lines[0].contains(QStringLiteral(",lut_synthesis,lut_difference_percent,")));
  const auto column = lines[0].split(QLatin1Char(',')).indexOf(QStringLiteral("lut_synthesis"));
  const QStringList cells = lines[total + 1].split(QLatin1Char(','));
  QCOMPARE(cells[column].toDouble(), 1.25 * lut);
  QCOMPARE(cells[column + 1], QStringLiteral("-20.0"));
  QCOMPARE(cells[column + 3], QString());
  // A synthesis that is longer than every estimate is on the picture as well.
  QVERIFY(plotOf(view).xAxis->range().contains(100 * 1.25 * lut / 53200));
  view.showHardware(plain);
  QCOMPARE(view.csvText(), before);
  QTRY_VERIFY(plotOf(view).grab().toImage() == picture);
}

void ResourcesPaneTest::partsOfASynthesisAreToldAsSuch() {
  Selection selection;
  ResourcesView view(selection);
  const auto story = synthesised("pynq-z2", 3);  // the input and two layers
  view.showHardware(story);
  QVERIFY(view.shown()[0].synthesis.has_value());
  QVERIFY(!view.shown()[2].synthesis.has_value());
  QVERIFY(!view.shown().back().synthesis.has_value());
  const QString verdict = textOf(view, "resources_compared");
  QVERIFY2(verdict.contains(QStringLiteral("known of 2 of %1 layers").arg(view.shown().size() - 1)),
           qPrintable(verdict));
  QVERIFY(resourceTip(*story, view.shown()[1]).contains(QStringLiteral("measured")));
  QVERIFY(!resourceTip(*story, view.shown()[2]).contains(QStringLiteral("measured")));
}

void ResourcesPaneTest::typingSurvivesNewAnswers() {
  Selection selection;
  ResourcesView view(selection);
  const auto story = hardwareOf("pynq-z2");
  view.showHardware(story);
  shownAt(view, {700, 560});
  selection.selectLayer(view.shown()[1].name);
  for (const char* name : {"resources_utilisation", "resources_clock", "folding_pe"}) {
    auto* line = childOf<QSpinBox>(view, name)->findChild<QLineEdit*>();
    line->setText(QStringLiteral("3"));
    const QString typed = line->text();
    view.showHardware(synthesised("pynq-z2", 2));
    QCOMPARE(line->text(), typed);
  }
}

void ResourcesPaneTest::everythingHasAName() {
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(hardwareOf("pynq-z2"));
  selection.selectLayer(view.shown()[0].name);
  for (const char* name : {"resources_device", "resources_model", "resources_kind",
                           "resources_policies", "resources_utilisation", "resources_clock",
                           "resources_synthesise", "folding_pe", "folding_simd"}) {
    const auto* widget = childOf<QWidget>(view, name);
    QVERIFY2(widget != nullptr && !widget->accessibleName().isEmpty(), name);
  }
  QVERIFY(view.accessibleDescription().contains(QStringLiteral("bottleneck")));
  QVERIFY(!plotOf(view).accessibleName().isEmpty());
}

void ResourcesPaneTest::textIsNotCut() {
  Selection selection;
  ResourcesView view(selection);
  view.showHardware(
      synthesised("ice40hx1k", hardwareOf("ice40hx1k")->plan->estimate.layers.size()));
  for (const QSize size : {QSize(400, 480), QSize(900, 600)}) {
    shownAt(view, size);
    for (const char* name : {"resources_verdict", "resources_compared", "resources_speed"}) {
      const auto* label = childOf<QLabel>(view, name);
      QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
  }
}

QTEST_MAIN(ResourcesPaneTest)
#include "resources_pane_test.moc"
