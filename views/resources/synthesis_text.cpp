// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/synthesis_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Resources)
};

QString whole(double amount) { return grouped(std::llround(amount)); }

/// " (−2.0 %)", or nothing.
QString differenceText(const HardwareStory& story, const ResourceRow& row, ResourceKind kind) {
  const auto share = differenceOf(story, row, kind);
  if (!share) return {};
  // What would read as −0.0 has no sign.
  const bool none = std::abs(*share) < 0.0005;
  const QString sign = none ? QString() : *share < 0 ? QStringLiteral("−") : QStringLiteral("+");
  return QStringLiteral("\u00a0(%1%2)").arg(sign, percentText(std::abs(*share)));
}

}  // namespace

std::optional<double> differenceOf(const HardwareStory& story, const ResourceRow& row,
                                   ResourceKind kind) {
  if (!row.synthesis || !isEstimated(story.request.model, kind)) return std::nullopt;
  const double found = amountOf(*row.synthesis, kind);
  if (found <= 0) return std::nullopt;
  return (amountOf(row.use.value, kind) - found) / found;
}

QString synthesisText(const HardwareStory& story, const ResourceRow& row, ResourceKind kind) {
  if (!row.synthesis) return {};
  return Words::tr("synthesis\u00a0%1").arg(whole(amountOf(*row.synthesis, kind))) +
         differenceText(story, row, kind);
}

QString comparisonText(const HardwareStory& story, const ResourceRow& row) {
  QStringList out;
  for (const ResourceKind kind : kResourceKinds) {
    const double found = amountOf(*row.synthesis, kind);
    const double told = amountOf(row.use.value, kind);
    if (found <= 0 && told <= 0) continue;
    const QString unit = unitOf(*story.request.device->family, kind);
    out << (isEstimated(story.request.model, kind)
                ? Words::tr("%1\u00a0%2\u00a0estimate, %3\u00a0synthesis")
                      .arg(unit, whole(told), whole(found))
                : Words::tr("%1\u00a0%2\u00a0synthesis").arg(unit, whole(found))) +
               differenceText(story, row, kind);
  }
  return out.join(QStringLiteral(" · "));
}

QString synthesisVerdict(const HardwareStory& story, const std::vector<ResourceRow>& rows) {
  if (!story.synthesis) return {};
  if (rows.back().synthesis) {
    return Words::tr("Synthesis (hatched or |): %1").arg(comparisonText(story, rows.back()));
  }
  const auto known =
      std::ranges::count_if(rows, [](const ResourceRow& row) { return row.synthesis.has_value(); });
  return Words::tr("Synthesis (hatched or |): known of %1 of %2 layers")
      .arg(known)
      .arg(rows.size() - 1);
}

QString synthesisSource(const HardwareStory& story) {
  return Words::tr("measured, %1, before placement, example weights")
      .arg(QString::fromStdString(story.synthesis->tool));
}

}  // namespace a2q::views
