// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/command_line_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <vector>

#include "core/project/facts.h"
#include "core/project/project_templates.h"

namespace a2q::workbench {
namespace {

/// What can be set on a command line: all but the layers of the network.
bool settable(const Difference& found) { return !found.where.starts_with("network."); }

QString beginning(const Document& document) {
  const std::filesystem::path project = document.project()->path();
  if (!project.empty()) {
    return QStringLiteral("a2q train ") + shellWord(QString::fromStdString(project.string()));
  }
  if (!document.isSample()) return QStringLiteral("a2q train ") + shellWord(document.source());
  const QString name = QString::fromUtf8(kBuiltInTemplate) + QStringLiteral(".a2q");
  return QStringLiteral("a2q new %1 && a2q train %1").arg(name);
}

}  // namespace

QString shellWord(const QString& word) {
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=+,@%-]+$"));
  if (plain.match(word).hasMatch()) return word;
  QString inside = word;
  return QLatin1Char('\'') + inside.replace(QLatin1Char('\''), QStringLiteral("'\\''")) +
         QLatin1Char('\'');
}

QString trainCommand(const Document& document, const Experiment& experiment,
                     const ComputeOptions& compute) {
  std::vector<Difference> changes;
  compareFacts(settingsOf(document.savedExperiment()), settingsOf(experiment), "", changes);
  QString line = beginning(document);
  bool told = true;
  for (const Difference& change : changes) {
    told = told && settable(change);
    if (!settable(change)) continue;
    line += QStringLiteral(" --set ") +
            shellWord(QString::fromStdString(change.where + "=" + change.b));
  }
  if (compute.device != ComputeOptions{}.device) {
    line += QStringLiteral(" --device ") + shellWord(QString::fromStdString(compute.device));
  }
  if (compute.threads > 0) line += QStringLiteral(" --threads %1").arg(compute.threads);
  if (told) return line;
  return line + QStringLiteral("  # ") +
         QCoreApplication::translate("CommandLineText",
                                     "the network itself was changed: save the project first");
}

}  // namespace a2q::workbench
