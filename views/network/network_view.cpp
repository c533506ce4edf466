// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/network_view.h"

#include <QCheckBox>
#include <QEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "views/common/flow_layout.h"
#include "views/common/number_text.h"
#include "views/common/plain_tip.h"
#include "views/common/selection.h"
#include "views/network/edit_text.h"
#include "views/network/layer_form.h"
#include "views/network/layer_table_model.h"
#include "views/network/network_canvas.h"
#include "views/network/network_export.h"

namespace a2q::views {
namespace {

/// From so many layers on a card a layer is too long a way down.
constexpr std::size_t kManyLayers = 20;

}  // namespace

NetworkView::NetworkView(Selection& selection, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      summary_(new QLabel),
      message_(new QLabel),
      pages_(new QStackedWidget),
      canvas_(new NetworkCanvas(this)),
      table_(new QTableView),
      model_(new LayerTableModel(this)),
      form_(new LayerForm(this)) {
  auto* bar = new FlowLayout;
  createBar(*bar);
  createTable();
  pages_->addWidget(canvas_);
  pages_->addWidget(table_);
  message_->setObjectName(QStringLiteral("network_message"));
  message_->setTextFormat(Qt::PlainText);
  message_->setWordWrap(true);
  message_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 6);
  column->setSpacing(4);
  column->addWidget(summary_);
  column->addLayout(bar);
  column->addWidget(pages_, 1);
  column->addWidget(message_);
  connectCanvas();
  connect(form_, &LayerForm::accepted, this, [this](const Experiment& edited, const QString& what) {
    closeForm();
    Q_EMIT editWanted(edited, what);
  });
  connect(form_, &LayerForm::sizeChanged, this, [this] {
    if (form_->isVisible()) placeForm();
  });
  connect(form_, &LayerForm::cancelled, this, &NetworkView::closeForm);
  connect(&selection_, &Selection::changed, this, &NetworkView::showSelection);
  canvas_->picture().setPalette(palette());
}

QCheckBox* NetworkView::addSwitch(QLayout& bar, const QString& text, const QString& tip) {
  auto* box = new QCheckBox(text);
  box->setToolTip(tip);
  bar.addWidget(box);
  return box;
}

void NetworkView::createBar(QLayout& bar) {
  summary_->setTextFormat(Qt::PlainText);
  // A long name must not keep the pane from getting narrow.
  summary_->setWordWrap(true);
  compact_ = addSwitch(bar, tr("&Compact"),
                       tr("One card for a convolution with its batch norm and activation"));
  rightwards_ = addSwitch(bar, tr("Left to &right"), tr("Data flows to the right"));
  labels_ = addSwitch(bar, tr("&Shapes"), tr("Shapes at the edges"));
  as_table_ = addSwitch(bar, tr("View as &table"), tr("The same facts as rows, editable too"));
  connect(compact_, &QCheckBox::toggled, this,
          [this](bool on) { setStyle(on ? CardStyle::kCompact : CardStyle::kPlain); });
  connect(rightwards_, &QCheckBox::toggled, this,
          [this](bool on) { setDirection(on ? FlowDirection::kRight : FlowDirection::kDown); });
  connect(labels_, &QCheckBox::toggled, this, &NetworkView::setLabelsShown);
  connect(as_table_, &QCheckBox::toggled, this, &NetworkView::setTableShown);
}

void NetworkView::createTable() {
  table_->setModel(model_);
  table_->setAccessibleName(tr("Layers of the network"));
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->verticalHeader()->hide();
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  connect(model_, &LayerTableModel::cellEdited, this, &NetworkView::editCell);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) {
            if (now.isValid()) chooseLayer(now.row());
          });
  connect(table_, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
    if (!model_->flags(index).testFlag(Qt::ItemIsEditable)) openForm(index.row());
  });
  connect(table_, &QTableView::customContextMenuRequested, this, [this](const QPoint& place) {
    menuFor(table_->currentIndex().row())->exec(table_->viewport()->mapToGlobal(place));
  });
}

void NetworkView::connectCanvas() {
  canvas_->tip = [this](int layer) {
    const auto at = static_cast<std::size_t>(layer);
    return layerTip(facts_.layers[at], use_[at]);
  };
  connect(canvas_, &NetworkCanvas::layerChosen, this, &NetworkView::chooseLayer);
  connect(canvas_, &NetworkCanvas::editWanted, this, &NetworkView::openForm);
  connect(canvas_, &NetworkCanvas::menuWanted, this, [this](int layer, const QPoint& place) {
    if (layer >= 0) chooseLayer(layer);
    menuFor(layer)->exec(place);
  });
}

void NetworkView::showExperiment(const Experiment& experiment) {
  if (experiment == experiment_ && !facts_.layers.empty()) return;
  experiment_ = experiment;
  closeForm();
  auto facts = networkFacts(experiment);
  say(facts ? QString() : errorText(facts.error()));
  facts_ = facts ? std::move(*facts) : NetworkFacts{};
  rebuild();
}

void NetworkView::rebuild() {
  const CardStyle style = chosen_style_.value_or(
      facts_.layers.size() > kManyLayers ? CardStyle::kCompact : CardStyle::kPlain);
  const QSignalBlocker quiet(compact_);
  compact_->setChecked(style == CardStyle::kCompact);
  summary_->setText(tr("%1: %2 layers, %3 with weights, %4 parameters")
                        .arg(QString::fromStdString(experiment_.network.name))
                        .arg(facts_.layers.size())
                        .arg(facts_.weighted)
                        .arg(grouped(facts_.parameters)));
  summary_->setToolTip(plainTip(summary_->text()));
  canvas_->picture().build(facts_, style, direction_);
  canvas_->picture().setLabelsShown(labels_->isChecked());
  canvas_->fit();
  model_->show(facts_);
  table_->resizeColumnsToContents();
  used_layers_.reset();
  use_.assign(facts_.layers.size(), std::nullopt);
  showUse();
  showSelection();
}

void NetworkView::showRun(const StoryPointer& story) {
  story_ = story;
  showUse();
}

void NetworkView::showUse() {
  if (!story_ || story_->layers == used_layers_) return;
  used_layers_ = story_->layers;
  for (std::size_t at = 0; at < facts_.layers.size(); ++at) {
    const LayerFacts& layer = facts_.layers[at];
    if (!layer.budget) continue;
    const LayerSnapshot* snapshot = findLayer(*story_, layer.name.toStdString());
    use_[at] = snapshot == nullptr ? std::nullopt : budgetUse(layer, *snapshot);
    canvas_->picture().cardOf(at)->setUse(use_[at]);
  }
  model_->showUse(use_);
}

void NetworkView::setStyle(CardStyle style) {
  chosen_style_ = style;
  rebuild();
}

void NetworkView::setDirection(FlowDirection direction) {
  direction_ = direction;
  const QSignalBlocker quiet(rightwards_);
  rightwards_->setChecked(direction == FlowDirection::kRight);
  rebuild();
}

void NetworkView::setLabelsShown(bool shown) {
  const QSignalBlocker quiet(labels_);
  labels_->setChecked(shown);
  canvas_->picture().setLabelsShown(shown);
}

void NetworkView::setTableShown(bool shown) {
  const QSignalBlocker quiet(as_table_);
  as_table_->setChecked(shown);
  closeForm();
  pages_->setCurrentWidget(shown ? static_cast<QWidget*>(table_) : canvas_);
  showSelection();
}

void NetworkView::chooseLayer(int layer) {
  selection_.selectLayer(layer < 0 ? QString()
                                   : facts_.layers[static_cast<std::size_t>(layer)].name);
}

void NetworkView::showSelection() {
  const int layer = facts_.find(selection_.layer());
  canvas_->select(layer);
  canvas_->setAccessibleDescription(
      layer < 0 ? tr("No layer is selected; arrow keys move along the edges")
                : layerSentence(facts_.layers[static_cast<std::size_t>(layer)],
                                use_[static_cast<std::size_t>(layer)]));
  if (layer < 0 || table_->currentIndex().row() == layer) return;
  table_->setCurrentIndex(model_->index(layer, LayerTableModel::kName));
}

bool NetworkView::exportTo(const QString& path) const {
  const QString ending = path.section(QLatin1Char('.'), -1).toLower();
  const QByteArray bytes =
      ending == QStringLiteral("csv")
          ? csvText().toUtf8()
          : pictureOf(canvas_->picture(), canvas_->picture().picture(),
                      QString::fromStdString(experiment_.network.name), ending);
  return !bytes.isEmpty() &&
         writeFileAtomically(path.toStdString(), bytes.toStdString()).has_value();
}

QString NetworkView::csvText() const { return model_->csvText(); }

void NetworkView::say(const QString& text) {
  message_->setText(text);
  message_->setVisible(!text.isEmpty());
}

void NetworkView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) canvas_->picture().setPalette(palette());
  if (event->type() == QEvent::FontChange) rebuild();
}

void NetworkView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (form_->isVisible()) placeForm();
}

void NetworkView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  showUse();
}

}  // namespace a2q::views
