// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/channels/channel_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Channels)
};

const SignedSums& sumsOf(const LayerSnapshot& layer, int channel) {
  return layer.channels[static_cast<std::size_t>(channel)];
}

std::int64_t largestNorm(const LayerSnapshot& layer) {
  std::int64_t largest = 0;
  for (const SignedSums& sums : layer.channels) largest = std::max(largest, sums.l1());
  return largest;
}

double shareOf(std::int64_t l1, double whole) {
  return static_cast<double>(l1) / std::max(whole, 1e-9);
}

QString budgetLine(const LayerSnapshot& layer, std::int64_t l1) {
  if (!layer.budget) {
    const std::int64_t largest = largestNorm(layer);
    return Words::tr("No budget: %1 / %2 = %3 of the layer's largest ‖q‖₁ [exact]")
        .arg(grouped(l1), grouped(largest), percentText(shareOf(l1, static_cast<double>(largest))));
  }
  const QString text = Words::tr("Share of the budget: %1 / %2 = %3 [bound]")
                           .arg(grouped(l1), QString::number(layer.budget->value(), 'f', 1),
                                percentText(shareOf(l1, layer.budget->value())));
  return layer.budget->allows(l1) ? text : text + Words::tr(" – OVER BUDGET");
}

QString marginLine(const LayerSnapshot& layer, const AccumulatorRange& range) {
  if (!layer.accumulator) return Words::tr("No P is asked for: the layer is free");
  const AccumulatorSpec spec{*layer.accumulator};
  const QString text = Words::tr("P = %1: %2, margin %3 [exact]")
                           .arg(QString::number(spec.width.bits), accumulatorFormula(spec.width),
                                bitsText(marginOf(range, spec).bits));
  return spec.holds(range.low, range.high) ? text : text + Words::tr(" – OVERFLOW POSSIBLE");
}

QString numberOf(double value) {
  return std::isinf(value) ? QStringLiteral("inf") : QString::number(value, 'g', 9);
}

}  // namespace

QString channelTip(const LayerSnapshot& layer, int channel) {
  const SignedSums& sums = sumsOf(layer, channel);
  const AccumulatorRange range = exactRange(sums, layer.inputs);
  return tipOf({Words::tr("<b>%1, channel %2</b> (K = %3)")
                    .arg(QString::fromStdString(layer.layer).toHtmlEscaped(),
                         QString::number(channel), grouped(layer.k)),
                Words::tr("‖q‖₁ = S⁺ + S⁻ = %1 + %2 = %3 [exact]")
                    .arg(grouped(sums.positive), grouped(sums.negative), grouped(sums.l1())),
                budgetLine(layer, sums.l1()),
                highFormula(sums, layer.inputs) + Words::tr(" [exact]"),
                lowFormula(sums, layer.inputs) + Words::tr(" [exact]"), marginLine(layer, range),
                Words::tr("Smallest safe P = %1 [exact]").arg(smallestAccumulator(range).bits)});
}

QString channelSummary(const LayerSnapshot& layer, int channel) {
  const std::int64_t l1 = sumsOf(layer, channel).l1();
  const AccumulatorRange range = exactRange(sumsOf(layer, channel), layer.inputs);
  QString text =
      Words::tr("%1, channel %2: ‖q‖₁ %3")
          .arg(QString::fromStdString(layer.layer), QString::number(channel), grouped(l1));
  if (layer.budget) {
    text +=
        Words::tr(" of %1 = %2%3")
            .arg(grouped(layer.budget->floor()), percentText(shareOf(l1, layer.budget->value())),
                 layer.budget->allows(l1) ? QString() : Words::tr(", OVER BUDGET"));
  }
  text += Words::tr("; range %1, needs %2 bits")
              .arg(rangeText(range), QString::number(smallestAccumulator(range).bits));
  if (!layer.accumulator) return text;
  return text + Words::tr(" of P %1, margin %2")
                    .arg(QString::number(layer.accumulator->bits),
                         bitsText(marginOf(range, AccumulatorSpec{*layer.accumulator}).bits));
}

QString channelCsv(const ChannelGrid& grid, int first_row, int last_row, int first_cell,
                   int last_cell) {
  QString text = QStringLiteral(
      "layer,channel,positive_sum,negative_sum,l1,budget,share_percent,low,high,P,margin_bits,"
      "smallest_safe_P\n");
  for (int r = std::max(first_row, 0); r <= last_row && r < static_cast<int>(grid.rows.size());
       ++r) {
    const LayerSnapshot& layer = (*grid.layers)[static_cast<std::size_t>(r)];
    const auto& channels = grid.rows[static_cast<std::size_t>(r)].channels;
    const QString name = csvQuoted(QString::fromStdString(layer.layer));
    for (int c = std::max(first_cell, 0); c <= last_cell && c < static_cast<int>(channels.size());
         ++c) {
      const int channel = static_cast<int>(channels[static_cast<std::size_t>(c)]);
      const SignedSums& sums = sumsOf(layer, channel);
      const AccumulatorRange range = exactRange(sums, layer.inputs);
      QStringList fields{name, QString::number(channel), QString::number(sums.positive),
                         QString::number(sums.negative), QString::number(sums.l1())};
      fields << (layer.budget ? csvNumber(layer.budget->floor()) : QString())
             << (layer.budget ? numberOf(100 * shareOf(sums.l1(), layer.budget->value()))
                              : QString())
             << csvNumber(range.low) << csvNumber(range.high)
             << (layer.accumulator ? QString::number(layer.accumulator->bits) : QString())
             << (layer.accumulator
                     ? numberOf(marginOf(range, AccumulatorSpec{*layer.accumulator}).bits)
                     : QString())
             << QString::number(smallestAccumulator(range).bits);
      text += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
  }
  return text;
}

}  // namespace a2q::views
