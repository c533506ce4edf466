// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/edit_text.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/project/project_diff.h"

namespace a2q::views {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

/// "filters" of "network.layers.conv2.filters".
QString lastKey(const std::string& where) {
  return QString::fromStdString(where).section(QLatin1Char('.'), -1);
}

}  // namespace

QString editText(const Experiment& before, const Experiment& after, const QString& old_name,
                 const QString& name) {
  if (name != old_name) return Words::tr("Rename %1 to %2").arg(old_name, name);
  const auto differences = specificationDiff(writeExperiment(before), writeExperiment(after));
  QStringList keys;
  for (const Difference& one : differences) keys << lastKey(one.where);
  keys.removeDuplicates();
  if (differences.size() == 1 && !differences.front().b.empty()) {
    const QString value = QString::fromStdString(differences.front().b).remove(QLatin1Char('"'));
    return Words::tr("Change %1 of %2 to %3").arg(keys.front(), name, value);
  }
  return Words::tr("Change %1 of %2").arg(keys.join(QStringLiteral(", ")), name);
}

QString errorText(const Error& error) {
  QStringList lines{QString::fromStdString(error.message)};
  if (!error.cause.empty()) {
    lines << Words::tr("Why: %1").arg(QString::fromStdString(error.cause));
  }
  if (!error.remedy.empty()) lines << QString::fromStdString(error.remedy);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace a2q::views
