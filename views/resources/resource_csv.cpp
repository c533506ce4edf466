// SPDX-License-Identifier: GPL-3.0-or-later
#include <QStringList>

#include "views/resources/resource_text.h"
#include "views/resources/synthesis_text.h"

namespace a2q::views {
namespace {

QString number(double value) {
  constexpr int kDigits = 9;
  return QString::number(value, 'g', kDigits);
}

QStringList amounts(const HardwareStory& story, const ResourceEstimate& use) {
  QStringList cells;
  for (const ResourceKind kind : kResourceKinds) {
    if (!isEstimated(story.request.model, kind)) {
      cells << QString() << QString() << QString();
      continue;
    }
    cells << number(amountOf(use.value, kind))
          << (use.low ? number(amountOf(*use.low, kind)) : QString())
          << (use.high ? number(amountOf(*use.high, kind)) : QString());
  }
  return cells;
}

/// Of each resource what synthesis made, and by how many per cent the estimate differs.
QStringList measures(const HardwareStory& story, const ResourceRow& row) {
  constexpr double kPercent = 100;
  QStringList cells;
  for (const ResourceKind kind : kResourceKinds) {
    const auto difference = differenceOf(story, row, kind);
    cells << (row.synthesis ? number(amountOf(*row.synthesis, kind)) : QString())
          << (difference ? QString::number(kPercent * *difference, 'f', 1) : QString());
  }
  return cells;
}

}  // namespace

QString resourceCsv(const HardwareStory& story, const std::vector<ResourceRow>& rows) {
  QString text = QStringLiteral(
      "layer,p,pe,simd,cycles,lut,lut_low,lut_high,ff,ff_low,ff_high,bram,bram_low,bram_high,dsp,"
      "dsp_low,dsp_high,");
  if (story.synthesis) {
    text += QStringLiteral(
        "lut_synthesis,lut_difference_percent,ff_synthesis,ff_difference_percent,bram_synthesis,"
        "bram_difference_percent,dsp_synthesis,dsp_difference_percent,");
  }
  text += QStringLiteral("bottleneck\n");
  for (const ResourceRow& row : rows) {
    QString name = row.name;
    QStringList cells{QLatin1Char('"') + name.replace(QLatin1Char('"'), QStringLiteral("\"\"")) +
                      QLatin1Char('"')};
    if (row.isTotal()) {
      cells << QString() << QString() << QString();
    } else {
      const DesignLayer& layer = story.plan->design.network.layers[row.layer];
      const LayerFolding& folding = story.plan->design.folding.layers[row.layer];
      cells << (layer.hasWeights() ? QString::number(layer.accumulator.bits) : QString())
            << QString::number(folding.pe) << QString::number(folding.simd);
    }
    cells << QString::number(row.cycles) << amounts(story, row.use);
    if (story.synthesis) cells << measures(story, row);
    cells << (row.bottleneck ? QStringLiteral("yes") : QString());
    text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
  }
  return text;
}

}  // namespace a2q::views
