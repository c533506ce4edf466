// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/policy_table.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/plain_tip.h"
#include "views/resources/resource_text.h"

namespace a2q::views {
namespace {

enum Column { kPolicy, kWidths, kLut, kBram, kClock, kOwnLut, kRate, kColumns };

constexpr double kMega = 1e-6;

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString amount(const DesignPlan& plan, ResourceKind kind) {
  return grouped(std::llround(amountOf(plan.estimate.total.value, kind)));
}

}  // namespace

PolicyTable::PolicyTable(QWidget* parent)
    : QTableWidget(static_cast<int>(kAccumulatorPolicies.size()), kColumns, parent) {
  setObjectName(QStringLiteral("resources_policies"));
  setAccessibleName(tr("Accumulator policies side by side"));
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setSelectionMode(SingleSelection);
  setTabKeyNavigation(false);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrap(false);
  verticalHeader()->hide();
  const int line = fontMetrics().height() + 6;
  verticalHeader()->setDefaultSectionSize(line);
  verticalHeader()->setMinimumSectionSize(line);
  horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  horizontalHeader()->setHighlightSections(false);
  connect(this, &QTableWidget::currentCellChanged, this, [this](int row, int, int before, int) {
    if (row >= 0 && row != before) {
      Q_EMIT policyWanted(kAccumulatorPolicies[static_cast<std::size_t>(row)]);
    }
  });
}

void PolicyTable::setCell(int row, int column, const QString& text, const QString& tip) {
  if (item(row, column) == nullptr) setItem(row, column, new QTableWidgetItem);
  item(row, column)->setText(text);
  item(row, column)->setToolTip(plainTip(tip));
  if (column > kWidths) item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void PolicyTable::showHeadings(const HardwareStory& story) {
  const Family& family = *story.request.device->family;
  const QString lut = unitOf(family, ResourceKind::kLut);
  const QString bram = unitOf(family, ResourceKind::kBram);
  setHorizontalHeaderLabels(
      {tr("policy"), tr("P"), lut, bram, tr("MHz"), tr("own %1").arg(lut), tr("rate")});
  const QString same = tr("With the folding of the bars, which is that of the selected policy");
  const QString own = tr("With the folding that is best for this policy");
  for (const int column : {kLut, kBram, kClock}) horizontalHeaderItem(column)->setToolTip(same);
  for (const int column : {kOwnLut, kRate}) horizontalHeaderItem(column)->setToolTip(own);
}

void PolicyTable::showRow(int row, const HardwareStory& story, const PolicyPlan& plan) {
  const QString source = QStringLiteral(" [%1]").arg(sourceText(story));
  const QString why = plan.error
                          ? QString::fromStdString(plan.error->message + ": " + plan.error->cause)
                          : QString();
  const QString dash = QStringLiteral("–");
  setCell(row, kPolicy, fromView(policyName(plan.policy)), fromView(policyText(plan.policy)));
  const auto& same = plan.same_folding;
  const auto& own = plan.own_folding;
  const QString same_tip = same ? tr("Σ of all blocks, same folding") + source : why;
  const QString own_tip =
      own ? tr("Σ of all blocks, own folding; %1 %2")
                    .arg(amount(*own, ResourceKind::kBram),
                         unitOf(*story.request.device->family, ResourceKind::kBram)) +
                source
          : why;
  setCell(row, kWidths, same ? widthsText(*same) : dash,
          same ? tr("P of the layers with weights") : why);
  setCell(row, kLut, same ? amount(*same, ResourceKind::kLut) : dash, same_tip);
  setCell(row, kBram, same ? amount(*same, ResourceKind::kBram) : dash, same_tip);
  setCell(row, kClock, same ? QString::number(std::lround(kMega * same->clock.hz)) : dash,
          same ? tr("Highest clock, %1 to %2 MHz [estimate]")
                     .arg(std::lround(kMega * same->clock.low))
                     .arg(std::lround(kMega * same->clock.high))
               : why);
  setCell(row, kOwnLut, own ? amount(*own, ResourceKind::kLut) : dash, own_tip);
  setCell(
      row, kRate, own ? tr("%1/s").arg(grouped(std::llround(own->rate()))) : dash,
      own ? tr("Samples a second: clock / initiation interval = %1 MHz / %2 [estimate]")
                .arg(QString::number(kMega * own->clock_hz, 'g', 4), grouped(own->design.interval))
          : why);
}

void PolicyTable::showPolicies(const HardwareStory& story) {
  const QSignalBlocker silent(this);
  showHeadings(story);
  for (std::size_t i = 0; i < story.policies.size(); ++i) {
    showRow(static_cast<int>(i), story, story.policies[i]);
    if (story.policies[i].policy == story.policy) setCurrentCell(static_cast<int>(i), 0);
  }
  fitHeight();
}

void PolicyTable::fitHeight() {
  const bool too_wide = horizontalHeader()->length() > viewport()->width();
  const int bar = too_wide ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0;
  const int rows = rowCount() * verticalHeader()->defaultSectionSize();
  setFixedHeight(2 * frameWidth() + horizontalHeader()->sizeHint().height() + rows + bar);
}

void PolicyTable::resizeEvent(QResizeEvent* event) {
  QTableWidget::resizeEvent(event);
  fitHeight();
}

}  // namespace a2q::views
