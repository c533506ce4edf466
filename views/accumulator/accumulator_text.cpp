// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/accumulator_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "views/common/number_text.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Accumulator)
};

QStringList channelLines(const LayerSnapshot& layer, int channel, const QString& name) {
  const SignedSums& sums = layer.channels[static_cast<std::size_t>(channel)];
  return {name + QStringLiteral(": ") + highFormula(sums, layer.inputs) + Words::tr(" [exact]"),
          name + QStringLiteral(": ") + lowFormula(sums, layer.inputs) + Words::tr(" [exact]")};
}

QStringList targetLines(const AccumulatorRow& row, const LayerSnapshot& layer) {
  if (!row.target) return {Words::tr("Free: no P is asked for; drawn in the smallest safe P")};
  QStringList lines{Words::tr("P = %1: %2")
                        .arg(QString::number(row.target->bits), accumulatorFormula(*row.target))};
  if (row.bound) {
    lines << Words::tr("Guaranteed: log2(budget / largest ‖q‖₁) = log2(%1 / %2) = %3 [bound]")
                 .arg(QString::number(layer.budget->value(), 'f', 1), grouped(*row.largest_l1),
                      bitsText(row.bound->bits));
  }
  lines << Words::tr("Exact worst case: log2(limit / reached) = %1 [exact]")
               .arg(bitsText(row.exact->bits));
  if (row.over) lines << Words::tr("<b>OVERFLOW POSSIBLE</b>: the range leaves P bits");
  return lines;
}

QString marginField(const std::optional<Margin>& margin) {
  if (!margin) return {};
  return std::isinf(margin->bits) ? QStringLiteral("inf") : QString::number(margin->bits, 'g', 9);
}

}  // namespace

QString accumulatorLabel(const AccumulatorRow& row) {
  if (!row.has_values) return Words::tr("not known before the first batch");
  if (!row.target) return Words::tr("free: needs %1 bits").arg(row.smallest.bits);
  QString text = row.over ? Words::tr("OVERFLOW POSSIBLE · ") : QString();
  if (row.bound) text += Words::tr("bound %1 · ").arg(bitsText(row.bound->bits));
  return text + Words::tr("exact %1").arg(bitsText(row.exact->bits));
}

QString smallestText(const AccumulatorRow& row) {
  if (!row.has_values) {
    return row.target ? Words::tr("– of %1").arg(row.target->bits) : QStringLiteral("–");
  }
  const QString smallest = QString::number(row.smallest.bits);
  return row.target ? Words::tr("%1 of %2").arg(smallest).arg(row.target->bits)
                    : Words::tr("%1, free").arg(smallest);
}

QString accumulatorTip(const AccumulatorRow& row, const LayerSnapshot& layer, int channel,
                       std::int64_t observed_samples) {
  QStringList lines{Words::tr("<b>%1</b> (K = %2, %3 channels)")
                        .arg(QString::fromStdString(row.layer).toHtmlEscaped(), grouped(layer.k),
                             grouped(static_cast<Int128>(layer.channels.size())))};
  if (row.has_values) {
    lines << Words::tr("Reachable, all channels: %1 [exact]").arg(rangeText(row.range));
    lines << channelLines(layer, row.worst, Words::tr("Worst channel %1").arg(row.worst));
    if (channel >= 0 && channel != row.worst) {
      lines << channelLines(layer, channel, Words::tr("Channel %1").arg(channel));
    }
    lines << targetLines(row, layer)
          << Words::tr("Smallest safe P = %1 [exact]").arg(row.smallest.bits);
  } else {
    lines << Words::tr("The weights are not known before the first batch.");
  }
  if (row.observed) {
    lines << Words::tr("Seen on %1 samples: %2 [measured]")
                 .arg(grouped(observed_samples), rangeText(*row.observed));
  }
  return tipOf(lines);
}

QString accumulatorCsv(const std::vector<AccumulatorRow>& rows, std::int64_t observed_samples) {
  QString text = QStringLiteral(
      "layer,P,low,high,smallest_safe_P,bound_margin_bits,exact_margin_bits,overflow_possible,"
      "worst_channel,observed_low,observed_high,observed_samples\n");
  for (const AccumulatorRow& row : rows) {
    QStringList fields{csvQuoted(QString::fromStdString(row.layer)),
                       row.target ? QString::number(row.target->bits) : QString()};
    if (row.has_values) {
      fields << csvNumber(row.range.low) << csvNumber(row.range.high)
             << QString::number(row.smallest.bits) << marginField(row.bound)
             << marginField(row.exact) << (row.over ? QStringLiteral("yes") : QStringLiteral("no"))
             << QString::number(row.worst);
    } else {
      fields << QStringList(7, QString());
    }
    fields << (row.observed ? csvNumber(row.observed->low) : QString())
           << (row.observed ? csvNumber(row.observed->high) : QString())
           << (row.observed ? QString::number(observed_samples) : QString());
    text += fields.join(QLatin1Char(',')) + QLatin1Char('\n');
  }
  return text;
}

}  // namespace a2q::views
