// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/accumulator/witness_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "views/common/number_text.h"
#include "views/common/range_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Witness)
};

bool isHigh(const WitnessAnswer& answer) { return answer.side == WitnessSide::kHigh; }

}  // namespace

QString witnessTitle(const WitnessAnswer& answer) {
  const QString end = isHigh(answer) ? Words::tr("highest") : Words::tr("lowest");
  return Words::tr("%1, channel %2: the input of the %3 sum")
      .arg(QString::fromStdString(answer.layer), QString::number(answer.channel), end);
}

QString witnessFacts(const WitnessAnswer& answer) {
  const SignedSums sums = signedSums(answer.weights);
  QStringList lines;
  lines << Words::tr("<b>%1 = %2</b> after %3 products [exact]")
               .arg(isHigh(answer) ? QStringLiteral("hi") : QStringLiteral("lo"),
                    grouped(answer.end()), grouped(static_cast<Int128>(answer.weights.size())));
  lines << (isHigh(answer) ? highFormula(sums, answer.inputs) : lowFormula(sums, answer.inputs));
  lines << (isHigh(answer) ? Words::tr("x = xmax where q > 0, xmin elsewhere")
                           : Words::tr("x = xmax where q < 0, xmin elsewhere"));
  const QString range = rangeText(answer.range);
  lines << Words::tr("Smallest safe P of the channel: %1 [exact],<br>for %2")
               .arg(QString::number(answer.smallest.bits), range);
  if (answer.judged) {
    const AccumulatorSpec spec{*answer.judged};
    lines << (overflowsJudged(answer) ? Words::tr("<b>OVERFLOWS P = %1</b>: %2")
                                            .arg(QString::number(spec.width.bits),
                                                 rangeText({spec.minimum(), spec.maximum()}))
                                      : Words::tr("Stays inside P = %1: %2")
                                            .arg(QString::number(spec.width.bits),
                                                 rangeText({spec.minimum(), spec.maximum()})));
  } else {
    lines << Words::tr("Free: no P is asked for");
  }
  return lines.join(QStringLiteral("<br>"));
}

QString witnessPreview(const WitnessAnswer& answer, std::size_t most) {
  const std::size_t count = std::min(most, answer.witness.inputs.size());
  QStringList inputs;
  for (std::size_t i = 0; i < count; ++i) inputs << grouped(answer.witness.inputs[i]);
  const QString list = inputs.join(QStringLiteral(", "));
  if (count == answer.witness.inputs.size()) return Words::tr("x = %1").arg(list);
  return Words::tr("x = %1, … (%2 of %3; all of them in the table of the plot and its CSV)")
      .arg(list, QString::number(count), QString::number(answer.witness.inputs.size()));
}

QStringList outcomeFields(const ReplayOutcome& outcome) {
  const AccumulatorSpec spec{outcome.accumulator};
  return {QString::number(outcome.accumulator.bits),
          outcome.overflow == Overflow::kWrap ? Words::tr("wrap") : Words::tr("saturate"),
          grouped(outcome.result),
          outcome.overflowed ? Words::tr("yes: OVERFLOW") : Words::tr("no: exact"),
          rangeText({spec.minimum(), spec.maximum()})};
}

QString witnessCsv(const WitnessAnswer& answer) {
  QString text = QStringLiteral("position,weight,input,product,running_sum\n");
  for (std::size_t i = 0; i < answer.weights.size(); ++i) {
    const Int128 product = Int128{answer.weights[i]} * answer.witness.inputs[i];
    text += QStringLiteral("%1,%2,%3,%4,%5\n")
                .arg(i)
                .arg(answer.weights[i])
                .arg(answer.witness.inputs[i])
                .arg(csvNumber(product), csvNumber(answer.witness.running_sums[i]));
  }
  return text;
}

}  // namespace a2q::views
