// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/hardware/estimate_line.h"

#include <QCoreApplication>

#include "app/workbench/project/document.h"
#include "app/workbench/window/command_line_text.h"

namespace a2q::workbench {
namespace {

/// Nothing for the sample, which the command takes by itself.
QString sourceOf(const Document& document) {
  const std::filesystem::path project = document.project()->path();
  if (!project.empty()) {
    return QLatin1Char(' ') + shellWord(QString::fromStdString(project.string()));
  }
  return document.isSample() ? QString() : QLatin1Char(' ') + shellWord(document.source());
}

QString fromView(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString foldingWord(const std::string& layer, const FoldingOverride& folding) {
  QString word =
      QString::fromStdString(layer) + QLatin1Char('=') + QString::number(folding.pe.value_or(1));
  if (folding.simd) word += QLatin1Char(',') + QString::number(*folding.simd);
  return shellWord(word);
}

/// Nothing for what the command takes by itself.
QString limitsOf(const PlanRequest& request) {
  constexpr double kPercent = 100;
  constexpr double kMega = 1e6;
  QString words;
  if (request.utilisation != PlanRequest().utilisation) {
    words += QStringLiteral(" --utilisation %1").arg(kPercent * request.utilisation);
  }
  if (request.clock_hz) words += QStringLiteral(" --clock %1").arg(*request.clock_hz / kMega);
  return words;
}

}  // namespace

QString estimateLine(const Document& document, const views::HardwareStory& story,
                     const QString& run, std::optional<AccumulatorPolicy> policy) {
  QString line = QStringLiteral("a2q estimate") + sourceOf(document);
  if (!run.isEmpty() && !document.project()->path().empty()) {
    line += QStringLiteral(" --run ") + shellWord(run);
  }
  line += QStringLiteral(" --device ") + shellWord(QString::fromStdString(story.place)) +
          QStringLiteral(" --model ") + fromView(modelName(story.request.model));
  line += limitsOf(story.request);
  if (policy && *policy == story.policy) {
    line += QStringLiteral(" --policy ") + fromView(policyName(*policy));
  }
  for (const auto& [layer, folding] : story.request.overrides) {
    line += QStringLiteral(" --set-folding ") + foldingWord(layer, folding);
  }
  if (story.synthesis && story.synthesis->total) line += QStringLiteral(" --verify");
  const bool told = document.experiment() == document.savedExperiment() && !story.is_preview;
  if (told) return line;
  return line + QStringLiteral("  # ") +
         QCoreApplication::translate("CommandLineText",
                                     "the specification was changed: save the project first");
}

}  // namespace a2q::workbench
