// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/resource_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"
#include "views/resources/synthesis_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Resources)
};

QString whole(double amount) { return grouped(std::llround(amount)); }

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString shareText(double share) {
  return std::isinf(share) ? Words::tr("the device has none") : percentText(share);
}

QString boundText(const ResourceEstimate& use, ResourceKind kind) {
  if (!use.low || !use.high) return {};
  return Words::tr(", seen between %1 and %2")
      .arg(whole(amountOf(*use.low, kind)), whole(amountOf(*use.high, kind)));
}

QStringList unitLines(const HardwareStory& story, const ResourceRow& row) {
  const DesignLayer& layer = story.plan->design.network.layers[row.layer];
  const LayerFolding& folding = story.plan->design.folding.layers[row.layer];
  QStringList lines;
  if (layer.operation == DesignOperation::kDense) {
    lines << Words::tr("MW %1 → MH %2, PE %3, SIMD %4")
                 .arg(grouped(layer.matrixWidth()), grouped(layer.output.channels))
                 .arg(folding.pe)
                 .arg(folding.simd);
    lines << Words::tr("Cycles of the unit: (MH/PE)·(MW/SIMD)·vectors = (%1/%2)·(%3/%4)·%5 = %6")
                 .arg(layer.output.channels)
                 .arg(folding.pe)
                 .arg(layer.matrixWidth())
                 .arg(folding.simd)
                 .arg(layer.pixels())
                 .arg(grouped(layer.output.channels / folding.pe *
                              (layer.matrixWidth() / folding.simd) * layer.pixels()));
  } else {
    lines << Words::tr("PE %1").arg(folding.pe);
  }
  if (layer.hasWeights()) {
    lines << Words::tr("M %1, N %2, P %3 (policy %4)")
                 .arg(layer.weights.bits)
                 .arg(layer.input_formats.front().width.bits)
                 .arg(layer.accumulator.bits)
                 .arg(fromView(policyName(story.policy)));
  }
  return lines;
}

}  // namespace

QString amountText(const HardwareStory& story, const ResourceEstimate& use, ResourceKind kind) {
  const Device& device = *story.request.device;
  if (!isEstimated(story.request.model, kind)) {
    return Words::tr("%1\u00a0–\u00a0(not\u00a0estimated)").arg(unitOf(*device.family, kind));
  }
  const double amount = amountOf(use.value, kind);
  // Number, unit and share stay on one line.
  return Words::tr("%1\u00a0%2\u00a0(%3)")
      .arg(whole(amount), unitOf(*device.family, kind), shareText(shareOf(amount, device, kind)));
}

QString sourceText(const HardwareStory& story) {
  if (story.request.model == ModelKind::kFinn) {
    return Words::tr("estimate, finn: FINN's analytic model");
  }
  return Words::tr("estimate, calibrated: %1").arg(fromView(story.plan->estimate.total.source));
}

QString overuseText(const HardwareStory& story) {
  QStringList out;
  const Device& device = *story.request.device;
  for (const ResourceKind kind : kResourceKinds) {
    const double used = amountOf(story.plan->estimate.total.value, kind);
    const double all = amountOf(device.totals, kind);
    const double allowed = std::floor(story.request.utilisation * all);
    if (used <= allowed) continue;
    out << Words::tr("%1\u00a0%2 where %3 of %4 may be used, %5 too many")
               .arg(whole(used), unitOf(*device.family, kind), whole(allowed), whole(all),
                    whole(std::ceil(used - allowed)));
  }
  return out.join(QStringLiteral("; "));
}

QString verdictText(const HardwareStory& story) {
  const Device& device = *story.request.device;
  const ResourceEstimate& total = story.plan->estimate.total;
  const TightestResource worst = tightest(total.value, device.totals);
  const QString part = QString::fromStdString(device.part);
  constexpr double kPercent = 100;
  const double allowed = kPercent * story.request.utilisation;
  QString text = story.is_preview ? Words::tr("<b>What if:</b> ") : QString();
  text += story.fits ? Words::tr("<b>Fits</b> %1 at %2 (%3), limit %4 %.")
                           .arg(part, percentText(worst.share), fromView(worst.name))
                           .arg(allowed)
                     : Words::tr("<b>DOES NOT FIT</b> %1: the design of the least area takes %2.")
                           .arg(part, overuseText(story));
  QStringList amounts;
  for (const ResourceKind kind : kResourceKinds) amounts << amountText(story, total, kind);
  return text + QStringLiteral("<br>") + amounts.join(QStringLiteral(" · "));
}

QString widthsText(const DesignPlan& plan) {
  int least = 0;
  int most = 0;
  for (const DesignLayer& layer : plan.design.network.layers) {
    if (!layer.hasWeights()) continue;
    least = least == 0 ? layer.accumulator.bits : std::min(least, layer.accumulator.bits);
    most = std::max(most, layer.accumulator.bits);
  }
  return least == most ? QString::number(least) : QStringLiteral("%1–%2").arg(least).arg(most);
}

QString resourceTip(const HardwareStory& story, const ResourceRow& row) {
  QStringList lines{Words::tr("<b>%1</b>").arg(row.name.toHtmlEscaped())};
  if (!row.isTotal()) lines << unitLines(story, row);
  for (const ResourceKind kind : kResourceKinds) {
    const bool known = isEstimated(story.request.model, kind);
    const QString synthesis = synthesisText(story, row, kind);
    lines << amountText(story, row.use, kind) + (known ? boundText(row.use, kind) : QString()) +
                 (synthesis.isEmpty() ? QString() : QStringLiteral("; ") + synthesis);
  }
  lines << (row.isTotal() ? Words::tr("Initiation interval: the cycles of the slowest block, %1")
                          : Words::tr("Slowest block: %1 cycles a sample"))
               .arg(grouped(row.cycles));
  if (row.bottleneck) lines << Words::tr("<b>Bottleneck</b>: no other layer takes more cycles");
  lines << (row.isTotal() ? Words::tr("Share = Σ blocks / device [%1]")
                          : Words::tr("Share = Σ blocks of the layer / device [%1]"))
               .arg(sourceText(story).toHtmlEscaped());
  if (row.synthesis) {
    lines << Words::tr(
                 "Synthesis = Σ blocks, each on its own [%1]; in per cent: (estimate − "
                 "synthesis) / synthesis")
                 .arg(synthesisSource(story).toHtmlEscaped());
  }
  if (row.use.larger > 0) {
    lines << Words::tr(
                 "%1 of its blocks are larger than any that was measured: the range may not "
                 "hold there")
                 .arg(row.use.larger);
  }
  if (!row.use.low) lines << Words::tr("No error is known for this family: compare, do not plan");
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace a2q::views
