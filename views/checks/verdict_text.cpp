// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/verdict_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of the verdict, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Verdict)
};

Int128 channelsWithTarget(const Certificate& certificate) {
  Int128 count = 0;
  for (const LayerBound& layer : certificate.layers) {
    if (layer.accumulator) count += static_cast<Int128>(layer.channels.size());
  }
  return count;
}

QString overflowText(const Certificate& certificate) {
  QStringList layers;
  for (const LayerBound& layer : certificate.layers) {
    const auto unsafe = std::count_if(layer.channels.begin(), layer.channels.end(),
                                      [](const ChannelBound& channel) { return !channel.safe; });
    if (unsafe == 0) continue;
    layers << Words::tr("%1: %2 of %3 channels leave %4 bits, %5 would be enough")
                  .arg(QString::fromStdString(layer.layer), grouped(unsafe),
                       grouped(static_cast<Int128>(layer.channels.size())))
                  .arg(layer.accumulator->bits)
                  .arg(layer.smallest.bits);
  }
  return Words::tr("OVERFLOW POSSIBLE. %1.").arg(layers.join(QStringLiteral("; ")));
}

QString stateText(const RunRecord& record) {
  switch (record.state) {
    case RunState::kFinished: return {};
    case RunState::kStopped:
      return Words::tr("The run was stopped; this is about the weights so far. ");
    case RunState::kDiverged:
      return Words::tr("The run diverged; this is about its last weights. ");
    case RunState::kOutOfMemory:
      return Words::tr("Memory did not suffice; this is about the last weights. ");
  }
  return {};
}

/// A run that ended before there were integers to certify.
QString uncertifiedText(RunState state) {
  switch (state) {
    case RunState::kFinished: return Words::tr("Nothing is certified.");
    case RunState::kStopped: return Words::tr("The run was stopped: nothing is certified.");
    case RunState::kDiverged: return Words::tr("The run diverged: nothing is certified.");
    case RunState::kOutOfMemory: return Words::tr("Memory did not suffice: nothing is certified.");
  }
  return {};
}

QString scoreSentence(const RunRecord& record) {
  if (record.epochs.empty()) return {};
  const EpochRecord& last = record.epochs.back();
  return Words::tr(" Test %1 %2 after epoch %3 [measured].")
      .arg(QString::fromUtf8(metricName(last.metric).data()),
           QString::fromStdString(scoreText(last.metric, last.test_score)))
      .arg(last.epoch);
}

}  // namespace

Verdict verdictOf(const Certificate& certificate) {
  if (channelsWithTarget(certificate) == 0) return Verdict::kNothingToCertify;
  return certificate.safe() ? Verdict::kCertified : Verdict::kOverflowPossible;
}

QString verdictText(const RunRecord& record) {
  const Certificate& certificate = record.certificate;
  if (certificate.layers.empty() && record.experiment.quant.method != QuantMethod::kFloat) {
    return uncertifiedText(record.state) + scoreSentence(record);
  }
  const QString channels = grouped(channelsWithTarget(certificate));
  QString text;
  switch (verdictOf(certificate)) {
    case Verdict::kCertified:
      text = Words::tr(
                 "Certified: no input can overflow, in %1 of %1 channels with a target P (exact "
                 "integer arithmetic).")
                 .arg(channels);
      break;
    case Verdict::kOverflowPossible: text = overflowText(certificate); break;
    case Verdict::kNothingToCertify:
      text =
          certificate.layers.empty()
              ? Words::tr("A float network: nothing is quantized, so there is nothing to certify.")
              : Words::tr(
                    "No layer has an accumulator target; “smallest P” says what each would need.");
      break;
  }
  return stateText(record) + text + scoreSentence(record);
}

}  // namespace a2q::views
