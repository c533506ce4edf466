// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/inspector/fact_list.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>

#include "views/common/plot_theme.h"

namespace a2q::views {
namespace {

/// Formulas in lines, without HTML surprises in names.
QString tipText(const QString& plain) {
  if (plain.isEmpty()) return {};
  return QStringLiteral("<p>%1</p>")
      .arg(plain.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

}  // namespace

ShareBar::ShareBar(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Share of the budget"));
}

void ShareBar::show(const BudgetShare& share) {
  const bool same = share.share == share_.share && share.text == share_.text;
  share_ = share;
  setToolTip(tipText(share.tip));
  if (same) return;
  setAccessibleDescription(share.text);
  update();
}

QSize ShareBar::sizeHint() const { return {200, fontMetrics().height() + 8}; }
QSize ShareBar::minimumSizeHint() const { return {100, fontMetrics().height() + 8}; }

void ShareBar::paintEvent(QPaintEvent* /*event*/) {
  constexpr double kBudgetAt = 0.8;  ///< of the width: what is beyond the budget shows too
  const PlotTheme theme = plotTheme(palette());
  const QRect frame = rect().adjusted(0, 1, -1, -2);
  const int limit = frame.left() + static_cast<int>(kBudgetAt * frame.width());
  QPainter painter(this);
  painter.fillRect(frame, theme.background);
  if (share_.share) {
    const double part = std::min(*share_.share * kBudgetAt, 1.0);
    const QRect bar(frame.left(), frame.top(), static_cast<int>(part * frame.width()),
                    frame.height());
    const bool over = *share_.share > 1;
    QColor fill = over ? theme.limit : theme.first;
    fill.setAlpha(over ? 255 : 110);
    painter.fillRect(bar, over ? QBrush(fill, Qt::BDiagPattern) : QBrush(fill));
    painter.setPen(QPen(theme.limit, 2));
    painter.drawLine(limit, frame.top(), limit, frame.bottom());
  }
  painter.setPen(theme.grid);
  painter.drawRect(frame);
  painter.setPen(theme.text);
  painter.drawText(frame.adjusted(6, 0, -6, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   fontMetrics().elidedText(share_.text, Qt::ElideRight, frame.width() - 12));
}

FactList::FactList(QWidget* parent) : QWidget(parent), bar_(new ShareBar) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  for (int row = 0; row < kFactLines; ++row) {
    Line line{new QLabel, new QLabel, new QLabel};
    line.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    line.value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    line.value->setTextFormat(Qt::PlainText);
    line.source->setForegroundRole(QPalette::PlaceholderText);
    for (QLabel* label : {line.name, line.value, line.source}) {
      label->setMinimumHeight(fontMetrics().height() + 1);
    }
    grid->addWidget(line.name, row, 0);
    // A line without a source gives its room to the value.
    auto* right = new QHBoxLayout;
    right->setSpacing(4);
    right->addWidget(line.value, 1);
    right->addWidget(line.source);
    grid->addLayout(right, row, 1);
    lines_.push_back(line);
  }
  grid->addWidget(bar_, kFactLines, 0, 1, 2);
}

void FactList::show(const FactSheet& sheet) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Fact fact = i < sheet.facts.size() ? sheet.facts[i] : Fact{};
    const Line& line = lines_[i];
    line.name->setText(fact.name);
    line.value->setText(fact.value);
    line.source->setText(fact.source);
    line.source->setVisible(!fact.source.isEmpty());
    const QString tip = tipText(fact.tip.isEmpty() ? fact.value : fact.tip);
    for (QLabel* label : {line.name, line.value, line.source}) label->setToolTip(tip);
    line.value->setAccessibleName(fact.name);
    line.value->setAccessibleDescription(QStringLiteral("%1 %2").arg(fact.value, fact.source));
    // An empty line is nothing to stop at with the Tab key.
    line.value->setFocusPolicy(fact.value.isEmpty() ? Qt::NoFocus : Qt::ClickFocus);
  }
  bar_->show(sheet.budget);
}

QString FactList::value(const QString& name) const {
  const auto found =
      std::ranges::find_if(lines_, [&](const Line& line) { return line.name->text() == name; });
  return found == lines_.end() ? QString() : found->value->text();
}

QString FactList::tip(const QString& name) const {
  const auto found =
      std::ranges::find_if(lines_, [&](const Line& line) { return line.name->text() == name; });
  return found == lines_.end() ? QString() : found->value->toolTip();
}

}  // namespace a2q::views
