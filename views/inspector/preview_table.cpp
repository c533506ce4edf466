// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/preview_table.h"

#include <QHeaderView>
#include <QStringList>

#include "views/common/number_text.h"
#include "views/inspector/formula_text.h"
#include "views/inspector/layer_text.h"

namespace a2q::views {
namespace {

QString dash() { return QStringLiteral("–"); }

/// A number of every layer, what it is called, and how it comes about.
struct Column {
  QString heading;
  QString tip;
  QString (*text)(const LayerFacts&);
  QString (*formula)(const LayerFacts&);
};

QString normText(const LayerFacts& layer) {
  const QString budget = layer.budget ? grouped(layer.budget->floor()) : dash();
  const QString norm = layer.norms ? grouped(layer.norms->largest_l1) : dash();
  return norm + QLatin1Char('/') + budget;
}

QString marginText(const LayerFacts& layer) {
  if (!layer.norms || !layer.norms->margin) return dash();
  QString bits = bitsText(layer.norms->margin->bits);
  bits.remove(QStringLiteral("\u00A0bit"));
  return layer.norms->safe ? bits : QStringLiteral("⚠ ") + bits;
}

QString smallestText(const LayerFacts& layer) {
  return layer.norms ? QString::number(layer.norms->smallest.bits) : dash();
}

QString zerosText(const LayerFacts& layer) {
  if (!layer.norms) return dash();
  return QString::number(100 * layer.norms->sparsity, 'f', 0) + QStringLiteral("\u00A0%");
}

QString marginTip(const LayerFacts& layer) {
  return layer.norms ? marginFormula(layer, layer.norms->range) : QString();
}

QString smallestTip(const LayerFacts& layer) {
  return layer.norms ? smallestFormula(layer.norms->range) : QString();
}

const std::vector<Column>& columns() {
  static const std::vector<Column> all = {
      {PreviewTable::tr("‖q‖₁/budget"),
       PreviewTable::tr("Largest ‖q‖₁ of any channel [exact] and what P allows [bound]"), normText,
       budgetFormula},
      {PreviewTable::tr("margin"), PreviewTable::tr("Exact margin in bits [exact]"), marginText,
       marginTip},
      {PreviewTable::tr("P ≥"), PreviewTable::tr("Smallest P that never overflows [exact]"),
       smallestText, smallestTip},
      {PreviewTable::tr("zeros"), PreviewTable::tr("Share of zero weights [exact]"), zerosText,
       sparsityFormula},
  };
  return all;
}

QString change(const QString& letter, int before, int after) {
  return before == after ? QString()
                         : QStringLiteral("%1 %2→%3").arg(letter).arg(before).arg(after);
}

/// "P 16→12, N 4→3": what of the layer's own bits is changed.
QString changesText(const LayerFacts& before, const LayerFacts& after) {
  constexpr int kFree = 0;
  const auto p = [](const LayerFacts& layer) {
    return layer.accumulator ? layer.accumulator->bits : kFree;
  };
  QStringList changes;
  if (p(before) != p(after)) {
    const auto word = [](int bits) {
      return bits == kFree ? PreviewTable::tr("free") : QString::number(bits);
    };
    changes << QStringLiteral("P %1→%2").arg(word(p(before)), word(p(after)));
  }
  changes << change(QStringLiteral("M"), before.weight_bits.bits, after.weight_bits.bits);
  changes << change(QStringLiteral("N"), before.input_format.width.bits,
                    after.input_format.width.bits);
  if (before.rule != after.rule) {
    changes << QStringLiteral("%1→%2").arg(ruleName(before.rule), ruleName(after.rule));
  }
  changes.removeAll(QString());
  return changes.join(QStringLiteral(", "));
}

QTableWidgetItem* itemOf(const QString& before, const QString& after, const QString& tip) {
  auto* item = new QTableWidgetItem(before + QLatin1Char('\n') + after);
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
  item->setToolTip(
      QStringLiteral("<p>%1</p>")
          .arg(tip.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"))));
  return item;
}

}  // namespace

PreviewTable::PreviewTable(QWidget* parent) : QTableWidget(parent) {
  constexpr int kLeastColumn = 28;
  setAccessibleName(tr("What would change, a layer a row: before above after"));
  QStringList headings{tr("layer")};
  for (const Column& column : columns()) headings << column.heading;
  setColumnCount(static_cast<int>(headings.size()));
  setHorizontalHeaderLabels(headings);
  horizontalHeaderItem(0)->setToolTip(tr("The layer, and which of its bits change"));
  for (int i = 1; i < columnCount(); ++i) {
    horizontalHeaderItem(i)->setToolTip(columns()[static_cast<std::size_t>(i) - 1].tip);
  }
  horizontalHeader()->setMinimumSectionSize(kLeastColumn);
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  horizontalHeader()->setHighlightSections(false);
  verticalHeader()->hide();
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(2 * fontMetrics().lineSpacing() + 4);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setTabKeyNavigation(false);
  setWordWrap(false);
  setTextElideMode(Qt::ElideRight);
}

void PreviewTable::show(const WhatIf& what_if) {
  setUpdatesEnabled(false);
  setRowCount(0);
  for (std::size_t i = 0; i < what_if.before.size(); ++i) {
    const bool same = sameFacts(what_if.before[i], what_if.after[i]);
    if (!same) addRow(what_if.before[i], what_if.after[i]);
  }
  setUpdatesEnabled(true);
}

void PreviewTable::addRow(const LayerFacts& before, const LayerFacts& after) {
  const int row = rowCount();
  insertRow(row);
  const QString changes = changesText(before, after);
  auto* name =
      itemOf(nameOf(before.layer), changes, nameOf(before.layer) + QLatin1Char('\n') + changes);
  setItem(row, 0, name);
  for (int i = 1; i < columnCount(); ++i) {
    const Column& column = columns()[static_cast<std::size_t>(i) - 1];
    const QString tip =
        tr("Before: %1\nAfter: %2").arg(column.formula(before), column.formula(after));
    auto* item = itemOf(column.text(before), column.text(after), tip);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setItem(row, i, item);
  }
}

QString PreviewTable::cell(int row, int column) const {
  const QTableWidgetItem* found = item(row, column);
  return found == nullptr ? QString() : found->text();
}

}  // namespace a2q::views
