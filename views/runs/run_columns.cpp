// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/run_columns.h"

#include <QCoreApplication>
#include <cmath>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of the cells, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(RunColumns)
};

constexpr std::array<ColumnFacts, kRunColumns> kColumns{{
    {QT_TRANSLATE_NOOP("RunColumns", "Compare"), nullptr, ColumnKind::kMark,
     QT_TRANSLATE_NOOP("RunColumns", "Whether panes draw the run beside the one shown (Space)")},
    {QT_TRANSLATE_NOOP("RunColumns", "Line"), nullptr, ColumnKind::kMark,
     QT_TRANSLATE_NOOP("RunColumns", "Colour and dashes of the run in the panes")},
    {QT_TRANSLATE_NOOP("RunColumns", "Run"), "name", ColumnKind::kText,
     QT_TRANSLATE_NOOP("RunColumns", "Name of the run; ▶ is shown in the panes (Enter)")},
    {QT_TRANSLATE_NOOP("RunColumns", "State"), "state", ColumnKind::kText,
     QT_TRANSLATE_NOOP("RunColumns", "How the run stands or ended")},
    {QT_TRANSLATE_NOOP("RunColumns", "Method"), "method", ColumnKind::kText,
     QT_TRANSLATE_NOOP("RunColumns", "How the weights of hidden layers are quantized")},
    {"M", "M", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Weight bits of the hidden layers")},
    {"N", "N", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Activation bits of the hidden layers")},
    {"P", "P", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Accumulator bits of the hidden layers, the target")},
    {QT_TRANSLATE_NOOP("RunColumns", "Epochs"), "epochs", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Epochs trained, those of a float phase included")},
    {QT_TRANSLATE_NOOP("RunColumns", "Best score"), "score", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns",
                       "Best test score of any epoch of the main phase: accuracy or PSNR "
                       "[measured]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Final loss"), "loss", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Test loss after the last epoch [measured]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Worst margin"), "margin", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns",
                       "Least log2(limit / reached) of a layer with a target P, after the last "
                       "epoch [exact range]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Sparsity"), "sparsity", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns",
                       "Integer weights that are zero / all weights, after the last epoch "
                       "[exact]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Safe"), "safe", ColumnKind::kYesNo,
     QT_TRANSLATE_NOOP("RunColumns",
                       "Whether the certificate says that no input can overflow [exact]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Time"), "time", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Time of training, resumed parts included [measured]")},
    {QT_TRANSLATE_NOOP("RunColumns", "Created"), "created", ColumnKind::kText,
     QT_TRANSLATE_NOOP("RunColumns", "When the run began (UTC)")},
    {QT_TRANSLATE_NOOP("RunColumns", "Seed"), "seed", ColumnKind::kNumber,
     QT_TRANSLATE_NOOP("RunColumns", "Where data order and initial weights come from")},
}};

QString dash() { return QStringLiteral("–"); }

std::optional<double> bitsOf(const RunRow& row, int RunSettings::*bits) {
  const int value = (*row.settings).*bits;
  return value == 0 ? std::nullopt : std::optional<double>(value);
}

QString settingText(const RunRow& row, const QString& text) {
  switch (row.settings->state) {
    case RunSettings::State::kWaiting: return QStringLiteral("…");
    case RunSettings::State::kUnreadable: return Words::tr("?");
    case RunSettings::State::kRead: break;
  }
  return text;
}

QString scoreText(const RunRow& row) {
  if (!row.score) return dash();
  if (row.metric == Metric::kAccuracy) return percentText(*row.score);
  return Words::tr("%1 dB").arg(*row.score, 0, 'f', 2);
}

QString signedText(double value, int decimals) {
  const QString sign = value < 0 ? QString(QChar(0x2212)) : QStringLiteral("+");
  return sign + QString::number(std::abs(value), 'f', decimals);
}

QString signedTime(double seconds) {
  const QString sign = seconds < 0 ? QString(QChar(0x2212)) : QStringLiteral("+");
  return sign + durationText(std::abs(seconds));
}

QString safeText(const std::optional<bool>& safe) {
  if (!safe) return dash();
  return *safe ? Words::tr("yes") : Words::tr("NO");
}

/// "2026-11-24 17:04:05" of "2026-11-24T17:04:05Z".
QString timeText(QString created) {
  created.replace(QLatin1Char('T'), QLatin1Char(' '));
  if (created.endsWith(QLatin1Char('Z'))) created.chop(1);
  return created;
}

}  // namespace

const ColumnFacts& factsOf(RunColumn column) { return kColumns[static_cast<std::size_t>(column)]; }

QString headingOf(RunColumn column) {
  return QCoreApplication::translate("RunColumns", factsOf(column).heading);
}

QString meaningOf(RunColumn column) {
  return QCoreApplication::translate("RunColumns", factsOf(column).meaning);
}

std::optional<RunColumn> columnNamed(QStringView key) {
  for (int i = 0; i < kRunColumns; ++i) {
    const char* const name = kColumns[static_cast<std::size_t>(i)].key;
    if (name != nullptr && key.compare(QLatin1String(name), Qt::CaseInsensitive) == 0) {
      return static_cast<RunColumn>(i);
    }
  }
  return std::nullopt;
}

std::optional<double> numberOf(const RunRow& row, RunColumn column) {
  switch (column) {
    case RunColumn::kWeightBits: return bitsOf(row, &RunSettings::weight_bits);
    case RunColumn::kActivationBits: return bitsOf(row, &RunSettings::activation_bits);
    case RunColumn::kAccumulatorBits: return bitsOf(row, &RunSettings::accumulator_bits);
    case RunColumn::kEpochs: return static_cast<double>(row.epochs);
    case RunColumn::kScore: return row.score;
    case RunColumn::kLoss: return row.loss;
    case RunColumn::kMargin: return row.margin;
    case RunColumn::kSparsity: return row.sparsity;
    case RunColumn::kTime: return row.seconds;
    case RunColumn::kSeed: return static_cast<double>(row.seed);
    case RunColumn::kSafe:
      return row.safe ? std::optional<double>(*row.safe ? 1 : 0) : std::nullopt;
    default: return std::nullopt;
  }
}

QString cellText(const RunRow& row, RunColumn column) {
  switch (column) {
    case RunColumn::kVisible:
    case RunColumn::kColor: return {};
    case RunColumn::kName: return row.name;
    case RunColumn::kState: return row.state;
    case RunColumn::kMethod: return settingText(row, row.settings->method);
    case RunColumn::kWeightBits:
    case RunColumn::kActivationBits:
    case RunColumn::kAccumulatorBits: {
      const auto bits = numberOf(row, column);
      return settingText(row, bits ? QString::number(*bits) : dash());
    }
    case RunColumn::kEpochs: return QString::number(row.epochs);
    case RunColumn::kScore: return scoreText(row);
    case RunColumn::kLoss: return row.loss ? QString::number(*row.loss, 'f', 4) : dash();
    case RunColumn::kMargin: return bitsText(row.margin);
    case RunColumn::kSparsity: return percentText(row.sparsity);
    case RunColumn::kSafe: return safeText(row.safe);
    case RunColumn::kTime: return durationText(row.seconds);
    case RunColumn::kCreated: return timeText(row.created);
    case RunColumn::kSeed: return QString::number(row.seed);
  }
  return {};
}

QString differenceText(const RunRow& row, const RunRow& baseline, RunColumn column) {
  const bool compared = column == RunColumn::kScore || column == RunColumn::kMargin ||
                        column == RunColumn::kSparsity || column == RunColumn::kTime;
  if (!compared || (column == RunColumn::kScore && row.metric != baseline.metric)) return {};
  const auto value = numberOf(row, column);
  const auto base = numberOf(baseline, column);
  if (!value || !base || !std::isfinite(*value) || !std::isfinite(*base)) return {};
  const double difference = *value - *base;
  const bool share = column == RunColumn::kSparsity ||
                     (column == RunColumn::kScore && row.metric == Metric::kAccuracy);
  const QString text = column == RunColumn::kTime ? signedTime(difference)
                       : share                    ? signedText(100 * difference, 1)
                                                  : signedText(difference, 2);
  return QStringLiteral(" (%1)").arg(text);
}

QString cellTip(const RunRow& row, RunColumn column) {
  const bool setting = column == RunColumn::kMethod || column == RunColumn::kWeightBits ||
                       column == RunColumn::kActivationBits ||
                       column == RunColumn::kAccumulatorBits;
  if (setting && row.settings->state == RunSettings::State::kUnreadable) {
    return Words::tr("The specification of this run cannot be read: %1").arg(row.settings->error);
  }
  if (column == RunColumn::kState && !row.cause.isEmpty()) {
    return Words::tr("%1: %2").arg(row.state, row.cause);
  }
  return meaningOf(column);
}

}  // namespace a2q::views
