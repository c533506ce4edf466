// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/dialogs/help_pages.h"

#include <QDockWidget>
#include <QFile>
#include <array>

/// The linker leaves out what of a static library nobody names. Outside of any namespace, as the
/// macro asks.
static void openResources() { Q_INIT_RESOURCE(help); }

namespace a2q::workbench {
namespace {

constexpr std::array<HelpPage, 4> kPages = {{
    {"workbench.md", QT_TRANSLATE_NOOP("Help", "The window")},
    {"glossary.md", QT_TRANSLATE_NOOP("Help", "Glossary")},
    {"project-format.md", QT_TRANSLATE_NOOP("Help", "Project file")},
    {"exchange-formats.md", QT_TRANSLATE_NOOP("Help", "Exchange formats")},
}};

}  // namespace

std::span<const HelpPage> helpPages() { return kPages; }

QString helpText(const QString& file, const QString& shortcuts) {
  openResources();
  QFile page(QStringLiteral(":/docs/") + file);
  if (!page.open(QIODevice::ReadOnly)) return {};
  QString text = QString::fromUtf8(page.readAll());
  return text.replace(QLatin1String("\n[shortcuts]\n"),
                      QLatin1Char('\n') + shortcuts + QLatin1Char('\n'));
}

QString helpHeadingFor(const QWidget* widget) {
  for (; widget != nullptr; widget = widget->parentWidget()) {
    const QString named = widget->property("help").toString();
    if (!named.isEmpty()) return named;
    if (const auto* dock = qobject_cast<const QDockWidget*>(widget)) return dock->windowTitle();
  }
  return {};
}

}  // namespace a2q::workbench
