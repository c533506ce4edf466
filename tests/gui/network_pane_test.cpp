// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>

#include "core/network/edit.h"
#include "views/common/selection.h"
#include "views/network/layer_form.h"
#include "views/network/layer_table_model.h"
#include "views/network/network_canvas.h"
#include "views/network/network_view.h"

using namespace a2q;
using views::CardItem;
using views::CardStyle;
using views::EdgeItem;
using views::FlowDirection;
using views::NetworkView;

/// The network pane on its own: every sample's picture, selection, edits, live bars.
class NetworkPaneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void picturesOfAllSamples();
  void selectsByKeysAndClicks();
  void formAppliesSoundEdits();
  void formRefusesUnsoundEdits();
  void formEditsPoliciesOfTheEdges();
  void tableEditsCells();
  void menuSaysWhyNot();
  void barsAreLive();
  void barsOnlyForTheSameLayers();
  void liveUpdatesAreFast();
  void exportsFiles();
};

namespace {

Experiment load(const QString& name) {
  const auto path = std::filesystem::path(A2Q_PROJECTS_DIR) / (name.toStdString() + ".toml");
  return readExperiment(path).value();
}

/// A snapshot of every layer with a budget, its largest norm at that share of it.
views::StoryPointer storyOf(const NetworkView& view, double share) {
  auto layers = std::make_shared<std::vector<LayerSnapshot>>();
  for (const views::LayerFacts& facts : view.facts().layers) {
    if (!facts.budget) continue;
    LayerSnapshot layer;
    layer.layer = facts.name.toStdString();
    layer.accumulator = facts.weights->accumulator;
    layer.budget = facts.budget;
    layer.inputs = facts.weights->input_range;
    layer.k = facts.weights->k;
    const auto largest = static_cast<std::int64_t>(facts.budget->value() * share);
    layer.channels.assign(static_cast<std::size_t>(facts.weights->channels), {largest / 2, 0});
    layer.channels.back() = {largest, 0};
    layers->push_back(std::move(layer));
  }
  auto story = std::make_shared<views::RunStory>();
  story->layers = std::move(layers);
  return story;
}

/// Points all along an edge must be outside of every box, but for its two ends.
bool crossesABox(const EdgeItem& edge, const views::NetworkScene& scene) {
  const QPainterPath path = edge.path();
  for (double at = 0.01; at < 0.995; at += 0.01) {
    const QPointF point = path.pointAtPercent(at);
    for (const CardItem* card : scene.cards()) {
      if (card->mapRectToScene(card->box()).adjusted(1, 1, -1, -1).contains(point)) return true;
    }
  }
  return false;
}

void checkPicture(const NetworkView& view, const Experiment& experiment) {
  const views::NetworkScene& scene = view.canvas().picture();
  std::vector<std::size_t> shown;
  for (const CardItem* card : scene.cards()) {
    shown.insert(shown.end(), card->layers().begin(), card->layers().end());
  }
  std::sort(shown.begin(), shown.end());
  QCOMPARE(shown.size(), experiment.network.layers.size());
  for (std::size_t i = 0; i < shown.size(); ++i) QCOMPARE(shown[i], i);
  // Every input is an edge, or a step down on one card.
  std::size_t wanted = 0;
  for (const views::LayerFacts& layer : view.facts().layers) {
    const auto at = static_cast<std::size_t>(view.facts().find(layer.name));
    for (const std::size_t source : layer.sources) {
      const bool same_card = scene.cardOf(source) == scene.cardOf(at);
      const bool there =
          std::any_of(scene.edges().begin(), scene.edges().end(), [&](const EdgeItem* edge) {
            return scene.cards()[edge->from()] == scene.cardOf(source) &&
                   scene.cards()[edge->to()] == scene.cardOf(at);
          });
      QVERIFY2(same_card || there, qPrintable(layer.name));
      wanted += same_card ? 0 : 1;
    }
  }
  QCOMPARE(scene.edges().size(), wanted);
  for (std::size_t a = 0; a < scene.cards().size(); ++a) {
    const QRectF box = scene.cards()[a]->mapRectToScene(scene.cards()[a]->box());
    for (std::size_t b = a + 1; b < scene.cards().size(); ++b) {
      const QRectF other = scene.cards()[b]->mapRectToScene(scene.cards()[b]->box());
      QVERIFY(!box.adjusted(-6, -6, 6, 6).intersects(other));
    }
  }
  for (const EdgeItem* edge : scene.edges()) {
    QVERIFY(!crossesABox(*edge, scene));
    QVERIFY(scene.picture().contains(edge->labelRect()));
    for (const CardItem* card : scene.cards()) {
      const QRectF box = card->mapRectToScene(card->box());
      QVERIFY2(!box.adjusted(1, 1, -1, -1).intersects(edge->labelRect()), "a label is on a box");
    }
  }
}

template <class Widget>
Widget* fieldOf(const NetworkView& view, const char* name) {
  return view.form().findChild<Widget*>(QString::fromLatin1(name));
}

}  // namespace

void NetworkPaneTest::picturesOfAllSamples() {
  views::Selection selection;
  NetworkView view(selection);
  view.resize(900, 700);
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(A2Q_PROJECTS_DIR)) {
    if (entry.path().extension() != ".toml") continue;
    const Experiment experiment = readExperiment(entry.path()).value();
    view.showExperiment(experiment);
    view.setLabelsShown(true);
    for (const CardStyle style : {CardStyle::kPlain, CardStyle::kCompact}) {
      for (const FlowDirection direction : {FlowDirection::kDown, FlowDirection::kRight}) {
        view.setStyle(style);
        view.setDirection(direction);
        checkPicture(view, experiment);
        if (QTest::currentTestFailed()) QFAIL(entry.path().c_str());
      }
    }
    ++count;
  }
  QVERIFY(count >= 14);
}

void NetworkPaneTest::selectsByKeysAndClicks() {
  views::Selection selection;
  NetworkView view(selection);
  view.resize(1000, 900);
  view.show();
  view.showExperiment(load(QStringLiteral("resnet18_cifar")));
  auto& canvas = view.canvas();
  QTest::keyClick(&canvas, Qt::Key_Down);
  QCOMPARE(selection.layer(), QStringLiteral("image"));
  QTest::keyClick(&canvas, Qt::Key_Down);
  QCOMPARE(selection.layer(), QStringLiteral("stem_conv"));
  selection.selectLayer(QStringLiteral("stage1_block1_a_conv"));
  QTest::keyClick(&canvas, Qt::Key_Right);
  QCOMPARE(selection.layer(), QStringLiteral("stage1_block1_skip_act"));
  QTest::keyClick(&canvas, Qt::Key_Down);
  QCOMPARE(selection.layer(), QStringLiteral("stage1_block1_add"));
  QTest::keyClick(&canvas, Qt::Key_Up);
  QCOMPARE(selection.layer(), QStringLiteral("stage1_block1_b_act"));
  QTest::keyClick(&canvas, Qt::Key_End);
  QCOMPARE(selection.layer(), QStringLiteral("result"));
  QTest::keyClick(&canvas, Qt::Key_Home);
  const int layer = view.facts().find(QStringLiteral("stem_conv"));
  const QPoint place = canvas.placeOf(layer).topLeft() + QPoint(20, 8);
  QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, place);
  QCOMPARE(selection.layer(), QStringLiteral("stem_conv"));
  QCOMPARE(canvas.picture().cardOf(static_cast<std::size_t>(layer))->selectedLayer(), layer);
  QVERIFY(canvas.accessibleDescription().contains(QStringLiteral("stem_conv, conv2d")));
  selection.selectLayer({});
  QCOMPARE(canvas.selected(), -1);
}

void NetworkPaneTest::formAppliesSoundEdits() {
  views::Selection selection;
  NetworkView view(selection);
  view.resize(1000, 900);
  view.show();
  const Experiment lenet = load(QStringLiteral("lenet_digits"));
  view.showExperiment(lenet);
  selection.selectLayer(QStringLiteral("conv2"));
  QSignalSpy wanted(&view, &NetworkView::editWanted);
  QTest::keyClick(&view.canvas(), Qt::Key_F2);
  QVERIFY(view.form().isVisible());
  QVERIFY(view.rect().contains(view.form().geometry()));
  fieldOf<QSpinBox>(view, "filters")->setValue(24);
  QVERIFY(fieldOf<QPushButton>(view, "ok")->isEnabled());
  fieldOf<QPushButton>(view, "ok")->click();
  QVERIFY(!view.form().isVisible());
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.front().at(1).toString(), QStringLiteral("Change filters of conv2 to 24"));
  const auto edited = wanted.front().at(0).value<Experiment>();
  auto settings = settingsOf(lenet, "conv2").value();
  std::get<ConvLayer>(settings.kind).filters = 24;
  QVERIFY(edited == setLayer(lenet, "conv2", settings).value());
  view.showExperiment(edited);
  view.edit(QStringLiteral("conv2"));
  fieldOf<QLineEdit>(view, "name")->setText(QStringLiteral("body"));
  QTest::keyClick(fieldOf<QLineEdit>(view, "name"), Qt::Key_Return);
  QCOMPARE(wanted.size(), 2);
  QCOMPARE(wanted.back().at(1).toString(), QStringLiteral("Rename conv2 to body"));
}

void NetworkPaneTest::formRefusesUnsoundEdits() {
  views::Selection selection;
  NetworkView view(selection);
  view.resize(1000, 900);
  view.show();
  view.showExperiment(load(QStringLiteral("lenet_digits")));
  view.edit(QStringLiteral("conv2"));
  auto* problem = fieldOf<QLabel>(view, "problem");
  auto* ok = fieldOf<QPushButton>(view, "ok");
  fieldOf<QSpinBox>(view, "accumulator_bits")->setValue(4);
  QVERIFY(!ok->isEnabled());
  QVERIFY(problem->isVisible());
  QVERIFY(problem->text().contains(QStringLiteral("Raise accumulator_bits")));
  QVERIFY(problem->height() >= problem->heightForWidth(problem->width()));
  QVERIFY(problem->geometry().bottom() < ok->geometry().top());
  fieldOf<QSpinBox>(view, "accumulator_bits")->setValue(3);
  QVERIFY(ok->isEnabled());
  QCOMPARE(fieldOf<QSpinBox>(view, "accumulator_bits")->text(), QStringLiteral("inherit: 16"));
  fieldOf<QLineEdit>(view, "name")->setText(QStringLiteral("fc1"));
  QVERIFY(!ok->isEnabled());
  QVERIFY(problem->text().contains(QStringLiteral("two layers")));
  QSignalSpy wanted(&view, &NetworkView::editWanted);
  QTest::keyClick(fieldOf<QLineEdit>(view, "name"), Qt::Key_Return);
  QVERIFY(wanted.isEmpty());
  QTest::keyClick(fieldOf<QLineEdit>(view, "name"), Qt::Key_Escape);
  QVERIFY(!view.form().isVisible());
}

void NetworkPaneTest::formEditsPoliciesOfTheEdges() {
  views::Selection selection;
  NetworkView view(selection);
  view.resize(1000, 900);
  view.show();
  view.showExperiment(load(QStringLiteral("lenet_digits")));
  view.edit(QStringLiteral("fc2"));
  auto* accumulator = fieldOf<QSpinBox>(view, "edge_accumulator_bits");
  QVERIFY(accumulator != nullptr);
  QCOMPARE(accumulator->text(), QStringLiteral("free"));
  accumulator->setValue(18);
  QSignalSpy wanted(&view, &NetworkView::editWanted);
  fieldOf<QPushButton>(view, "ok")->click();
  QCOMPARE(wanted.size(), 1);
  QVERIFY(wanted.front().at(0).value<Experiment>().quant.last.accumulator_bits == BitWidth{18});
  view.edit(QStringLiteral("conv2"));
  QVERIFY(fieldOf<QSpinBox>(view, "edge_accumulator_bits") == nullptr);
}

void NetworkPaneTest::tableEditsCells() {
  views::Selection selection;
  NetworkView view(selection);
  const Experiment lenet = load(QStringLiteral("lenet_digits"));
  view.showExperiment(lenet);
  view.setTableShown(true);
  QAbstractItemModel& model = *view.table().model();
  const int conv2 = view.facts().find(QStringLiteral("conv2"));
  const auto cell = [&](int column) { return model.index(conv2, column); };
  QCOMPARE(cell(views::LayerTableModel::kAccumulatorBits).data().toString(), QStringLiteral("16"));
  QCOMPARE(cell(views::LayerTableModel::kDotLength).data().toString(), QStringLiteral("400"));
  QCOMPARE(cell(views::LayerTableModel::kBudget).data().toString(), QStringLiteral("2047"));
  QSignalSpy wanted(&view, &NetworkView::editWanted);
  model.setData(cell(views::LayerTableModel::kAccumulatorBits), QStringLiteral("14"), Qt::EditRole);
  QCOMPARE(wanted.size(), 1);
  const auto edited = wanted.front().at(0).value<Experiment>();
  QVERIFY(edited.quant.layers.at("conv2").accumulator_bits == BitWidth{14});
  model.setData(cell(views::LayerTableModel::kAccumulatorBits), QStringLiteral("4"), Qt::EditRole);
  QCOMPARE(wanted.size(), 1);
  auto* message = view.findChild<QLabel*>(QStringLiteral("network_message"));
  QVERIFY(message->text().contains(QStringLiteral("Raise accumulator_bits")));
  QVERIFY(!model.flags(cell(views::LayerTableModel::kOutput)).testFlag(Qt::ItemIsEditable));
  view.table().setCurrentIndex(cell(0));
  QCOMPARE(selection.layer(), QStringLiteral("conv2"));
}

void NetworkPaneTest::menuSaysWhyNot() {
  views::Selection selection;
  NetworkView view(selection);
  view.showExperiment(load(QStringLiteral("resnet18_cifar")));
  const auto action_of = [](const QMenu& menu, const QString& text) {
    for (QAction* action : menu.actions()) {
      if (action->text() == text) return action;
    }
    return static_cast<QAction*>(nullptr);
  };
  const auto menu = view.menuFor(view.facts().find(QStringLiteral("stage1_block1_add")));
  const QAction* refused = action_of(*menu, QStringLiteral("Remove stage1_block1_add"));
  QVERIFY(refused != nullptr && !refused->isEnabled());
  QVERIFY(refused->toolTip().contains(QStringLiteral("joins 2 branches")));
  const auto other = view.menuFor(view.facts().find(QStringLiteral("stem_bn")));
  QAction* allowed = action_of(*other, QStringLiteral("Remove stem_bn"));
  QVERIFY(allowed != nullptr && allowed->isEnabled());
  QSignalSpy wanted(&view, &NetworkView::editWanted);
  allowed->trigger();
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.front().at(1).toString(), QStringLiteral("Remove stem_bn"));
  QCOMPARE(wanted.front().at(0).value<Experiment>().network.layers.size(),
           view.facts().layers.size() - 1);
}

void NetworkPaneTest::barsAreLive() {
  views::Selection selection;
  NetworkView view(selection);
  view.showExperiment(load(QStringLiteral("lenet_digits")));
  view.showRun(storyOf(view, 0.75));
  const auto at = static_cast<std::size_t>(view.facts().find(QStringLiteral("conv2")));
  const auto& use = view.canvas().picture().cardOf(at)->use();
  QVERIFY(use.has_value());
  QCOMPARE(use->largest_l1, 1535);  // ⌊2047.9375 · 0.75⌋
  QVERIFY(!use->over);
  QVERIFY(view.canvas().tip(static_cast<int>(at)).contains(QStringLiteral("of the budget")));
  view.showRun(storyOf(view, 1.01));
  QVERIFY(view.canvas().picture().cardOf(at)->use()->over);
  const auto first = static_cast<std::size_t>(view.facts().find(QStringLiteral("conv1")));
  QVERIFY(!view.canvas().picture().cardOf(first)->use());
}

void NetworkPaneTest::barsOnlyForTheSameLayers() {
  views::Selection selection;
  NetworkView view(selection);
  const Experiment lenet = load(QStringLiteral("lenet_digits"));
  view.showExperiment(lenet);
  view.showRun(storyOf(view, 0.75));
  view.showExperiment(withSetting(lenet, "quant.layers.conv2.accumulator_bits", "14").value());
  const auto at = [&](const char* name) {
    return static_cast<std::size_t>(view.facts().find(QString::fromLatin1(name)));
  };
  QVERIFY(!view.canvas().picture().cardOf(at("conv2"))->use());
  QVERIFY(view.canvas().picture().cardOf(at("fc1"))->use());
}

void NetworkPaneTest::liveUpdatesAreFast() {
  constexpr qint64 kMost = 16;
  views::Selection selection;
  NetworkView view(selection);
  view.resize(1200, 900);
  view.show();
  view.showExperiment(load(QStringLiteral("resnet18_cifar")));
  QVERIFY(view.facts().layers.size() >= 60);
  const auto items = view.canvas().picture().items();
  qint64 best = 1000;
  for (int i = 0; i < 6; ++i) {
    const auto story = storyOf(view, 0.5 + 0.05 * i);
    QElapsedTimer timer;
    timer.start();
    view.showRun(story);
    best = std::min(best, timer.elapsed());
  }
  QVERIFY2(best < kMost, qPrintable(QString::number(best)));
  QCOMPARE(view.canvas().picture().items(), items);
}

void NetworkPaneTest::exportsFiles() {
  const QTemporaryDir folder;
  views::Selection selection;
  NetworkView view(selection);
  view.showExperiment(load(QStringLiteral("lenet_digits")));
  const auto bytes_of = [&](const QString& name) {
    const QString path = folder.filePath(name);
    if (!view.exportTo(path)) return QByteArray();
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  };
  QVERIFY(bytes_of(QStringLiteral("a.png")).startsWith("\x89PNG"));
  QVERIFY(bytes_of(QStringLiteral("a.svg")).contains("conv2"));
  QVERIFY(bytes_of(QStringLiteral("a.pdf")).startsWith("%PDF"));
  const QByteArray csv = bytes_of(QStringLiteral("a.csv"));
  QCOMPARE(csv.count('\n'), 1 + static_cast<int>(view.facts().layers.size()));
  QVERIFY(csv.contains("conv2,conv2d 32 filters 5×5,pool1,32×10×10,4,,16,400,12800,2047,,"));
  QVERIFY(bytes_of(QStringLiteral("a.gif")).isEmpty());
}

QTEST_MAIN(NetworkPaneTest)
#include "network_pane_test.moc"
