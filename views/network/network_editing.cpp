// SPDX-License-Identifier: GPL-3.0-or-later
// The part of NetworkView that edits: the form on the spot, cells of the table, and the menu.
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>
#include <QTableView>

#include "core/network/edit.h"
#include "views/network/edit_text.h"
#include "views/network/layer_form.h"
#include "views/network/layer_table_model.h"
#include "views/network/network_canvas.h"
#include "views/network/network_menu.h"
#include "views/network/network_view.h"

namespace a2q::views {
namespace {

/// The bits of a cell: a number, or nothing for an empty one; false for anything else.
bool readBits(const QString& text, std::optional<BitWidth>& bits) {
  if (text.isEmpty()) {
    bits.reset();
    return true;
  }
  bool is_number = false;
  const int value = text.toInt(&is_number);
  if (is_number) bits = BitWidth{value};
  return is_number;
}

/// The specification after a cell of M, N or P was set. Cleared means inherited; "free" is for the
/// policies of the first and the last layer.
Result<Experiment> withCell(const Experiment& before, const std::string& layer, int column,
                            const QString& text) {
  auto settings = settingsOf(before, layer);
  if (!settings) return tl::make_unexpected(settings.error());
  const bool accumulator = column == LayerTableModel::kAccumulatorBits;
  if (accumulator && settings->edge && text == QStringLiteral("free")) {
    settings->edge->accumulator_bits.reset();
    settings->change.accumulator_bits.reset();
    return setLayer(before, layer, *settings);
  }
  auto& bits = accumulator                              ? settings->change.accumulator_bits
               : column == LayerTableModel::kWeightBits ? settings->change.weight_bits
                                                        : settings->change.activation_bits;
  if (!readBits(text, bits)) {
    return fail(ErrorCode::kSpecValue, '\'' + text.toStdString() + "' is no number of bits", {},
                "Give a whole number, or clear the cell to inherit.");
  }
  return setLayer(before, layer, *settings);
}

}  // namespace

void NetworkView::edit(const QString& layer) {
  const int at = facts_.find(layer);
  if (at >= 0) openForm(at);
}

void NetworkView::openForm(int layer) {
  chooseLayer(layer);
  form_->open(experiment_, facts_.layers[static_cast<std::size_t>(layer)].name);
  placeForm();
  form_->show();
  form_->raise();
}

/// Beside the layer, where there is room, else at the right edge.
void NetworkView::placeForm() {
  constexpr int kGap = 12;
  const QSize size = form_->wantedSize().boundedTo(QSize(width() - kGap, height() - kGap));
  QPoint place(width() - size.width() - kGap, kGap);
  const int layer = facts_.find(form_->layer());
  if (pages_->currentWidget() == canvas_ && layer >= 0) {
    QRect card = canvas_->placeOf(layer);
    card.translate(canvas_->mapTo(this, QPoint()));
    const bool right = card.right() + kGap + size.width() < width();
    const bool left = card.left() - kGap - size.width() > 0;
    if (right) {
      place.setX(card.right() + kGap);
    } else if (left) {
      place.setX(card.left() - kGap - size.width());
    }
    place.setY(
        std::clamp(card.top(), kGap / 2, std::max(kGap / 2, height() - size.height() - kGap)));
  }
  form_->setGeometry(QRect(place, size));
}

void NetworkView::closeForm() {
  if (!form_->isVisible()) return;
  form_->hide();
  pages_->currentWidget()->setFocus();
}

void NetworkView::editCell(int layer, int column, const QString& text) {
  const QString name = facts_.layers[static_cast<std::size_t>(layer)].name;
  const bool renames = column == LayerTableModel::kName;
  const auto edited = renames ? renameLayer(experiment_, name.toStdString(), text.toStdString())
                              : withCell(experiment_, name.toStdString(), column, text);
  say(edited ? QString() : QStringLiteral("⚠ ") + errorText(edited.error()));
  if (!edited || *edited == experiment_) return;
  Q_EMIT editWanted(*edited, editText(experiment_, *edited, name, renames ? text : name));
}

void NetworkView::addChoice(QMenu& menu, const EditChoice& choice) {
  QAction* action = menu.addAction(choice.text);
  action->setEnabled(choice.edited.has_value());
  if (!choice.edited) {
    action->setToolTip(errorText(choice.edited.error()));
    return;
  }
  connect(action, &QAction::triggered, this,
          [this, edited = *choice.edited, what = choice.what] { Q_EMIT editWanted(edited, what); });
}

std::unique_ptr<QMenu> NetworkView::menuFor(int layer) {
  auto menu = std::make_unique<QMenu>(this);
  menu->setToolTipsVisible(true);
  if (layer >= 0) {
    const LayerFacts& facts = facts_.layers[static_cast<std::size_t>(layer)];
    menu->addAction(tr("&Edit %1… (F2)").arg(facts.name), this, [this, layer] { openForm(layer); });
    QMenu* insert = menu->addMenu(tr("&Insert behind %1").arg(facts.name));
    insert->setToolTipsVisible(true);
    for (const EditChoice& choice : insertChoices(experiment_, facts)) addChoice(*insert, choice);
    addChoice(*menu, removeChoice(experiment_, facts));
    menu->addSeparator();
  }
  menu->addAction(tr("&Fit (0)"), canvas_, &NetworkCanvas::fit);
  addExports(*menu);
  return menu;
}

void NetworkView::addExports(QMenu& menu) {
  const auto add = [&](const QString& text, const QString& ending, const QString& filter) {
    menu.addAction(text, this, [this, ending, filter] { askAndExport(ending, filter); });
  };
  add(tr("Save picture as &PNG…"), QStringLiteral("png"), tr("PNG picture (*.png)"));
  add(tr("Save picture as S&VG…"), QStringLiteral("svg"), tr("SVG drawing (*.svg)"));
  add(tr("Save picture as P&DF…"), QStringLiteral("pdf"), tr("PDF document (*.pdf)"));
  add(tr("Save layers as &CSV…"), QStringLiteral("csv"), tr("CSV table (*.csv)"));
}

void NetworkView::askAndExport(const QString& ending, const QString& filter) {
  const QString proposal =
      QString::fromStdString(experiment_.network.name) + QLatin1Char('.') + ending;
  QString path = QFileDialog::getSaveFileName(this, tr("Export"), proposal, filter);
  if (path.isEmpty()) return;
  if (!path.endsWith(QLatin1Char('.') + ending, Qt::CaseInsensitive)) {
    path += QLatin1Char('.') + ending;
  }
  if (exportTo(path)) return;
  QMessageBox::warning(this, tr("Export failed"),
                       tr("Nothing was written to %1. Check the free space and the permission of "
                          "the folder.")
                           .arg(path));
}

}  // namespace a2q::views
