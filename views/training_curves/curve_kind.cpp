// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/curve_kind.h"

#include <QCoreApplication>
#include <cmath>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(TrainingCurves)
};

}  // namespace

QString curveLabel(CurveKind kind, Metric metric) {
  switch (kind) {
    case CurveKind::kLoss: return Words::tr("loss");
    case CurveKind::kScore:
      return metric == Metric::kAccuracy ? Words::tr("accuracy in %") : Words::tr("PSNR in dB");
    case CurveKind::kLearningRate: return Words::tr("learning rate");
    case CurveKind::kPenalty: return Words::tr("penalty");
    case CurveKind::kMargin: return Words::tr("margin in bits");
    case CurveKind::kSparsity: return Words::tr("zero weights in %");
    case CurveKind::kThroughput: break;
  }
  return Words::tr("samples / s");
}

QString curveKey(CurveKind kind, Metric metric) {
  switch (kind) {
    case CurveKind::kLoss: return QStringLiteral("loss");
    case CurveKind::kScore:
      return metric == Metric::kAccuracy ? QStringLiteral("accuracy_percent")
                                         : QStringLiteral("psnr_db");
    case CurveKind::kLearningRate: return QStringLiteral("learning_rate");
    case CurveKind::kPenalty: return QStringLiteral("penalty");
    case CurveKind::kMargin: return QStringLiteral("worst_margin_bits");
    case CurveKind::kSparsity: return QStringLiteral("sparsity_percent");
    case CurveKind::kThroughput: break;
  }
  return QStringLiteral("samples_per_second");
}

QString curveValue(CurveKind kind, Metric metric, double value) {
  constexpr double kPercent = 100;
  switch (kind) {
    case CurveKind::kScore:
      return QString::fromStdString(
                 scoreText(metric, metric == Metric::kAccuracy ? value / kPercent : value)) +
             Words::tr(" [measured]");
    case CurveKind::kLearningRate: return Words::tr("%1 [exact]").arg(value, 0, 'g', 4);
    case CurveKind::kMargin: return Words::tr("%1 [exact]").arg(bitsText(value));
    case CurveKind::kSparsity: return Words::tr("%1 [exact]").arg(percentText(value / kPercent));
    case CurveKind::kThroughput: return Words::tr("%1 samples/s [measured]").arg(value, 0, 'f', 0);
    case CurveKind::kLoss:
    case CurveKind::kPenalty: break;
  }
  return Words::tr("%1 [measured]").arg(value, 0, 'g', 5);
}

QString curveExplanation(CurveKind kind, Metric metric) {
  switch (kind) {
    case CurveKind::kLoss:
      return Words::tr("Loss of each batch, penalty not included; diamonds: of the test part.");
    case CurveKind::kScore:
      return metric == Metric::kAccuracy
                 ? Words::tr(
                       "Right answers / answers, over the epoch so far; diamonds: of the "
                       "test part.")
                 : Words::tr(
                       "10·log10(peak² / mean squared error), over the epoch so far; "
                       "diamonds: of the test part.");
    case CurveKind::kLearningRate: return Words::tr("What the schedule gives for the step.");
    case CurveKind::kPenalty:
      return Words::tr(
          "λ · Σ max(g − s·T, 0) over the channels of the hidden layers: what norms g "
          "are above their bound s·T.");
    case CurveKind::kMargin:
      return Words::tr(
          "Least over all layers with a target P of log2(limit / largest sum that any "
          "input can reach); below 0 an overflow is possible.");
    case CurveKind::kSparsity:
      return Words::tr("Integer weights that are 0 / all integer weights.");
    case CurveKind::kThroughput: break;
  }
  return Words::tr("Samples of a batch / seconds from the step before.");
}

bool isNoisy(CurveKind kind) {
  return kind == CurveKind::kLoss || kind == CurveKind::kPenalty || kind == CurveKind::kThroughput;
}

bool isTested(CurveKind kind) { return kind == CurveKind::kLoss || kind == CurveKind::kScore; }

bool startsLogarithmic(CurveKind kind) { return kind == CurveKind::kLoss; }

QString keyLabel(KeyUnit unit) {
  switch (unit) {
    case KeyUnit::kStep: return Words::tr("step (one batch each)");
    case KeyUnit::kEpoch: return Words::tr("epoch");
    case KeyUnit::kSeconds: break;
  }
  return Words::tr("seconds of training");
}

QString keyName(KeyUnit unit) {
  switch (unit) {
    case KeyUnit::kStep: return QStringLiteral("step");
    case KeyUnit::kEpoch: return QStringLiteral("epoch");
    case KeyUnit::kSeconds: break;
  }
  return QStringLiteral("seconds");
}

QString keyValue(KeyUnit unit, double key) {
  switch (unit) {
    case KeyUnit::kStep: return Words::tr("step %1").arg(grouped(std::llround(key)));
    case KeyUnit::kEpoch: return Words::tr("epoch %1").arg(key, 0, 'f', 2);
    case KeyUnit::kSeconds: break;
  }
  return durationText(std::max(key, 0.0));
}

}  // namespace a2q::views
