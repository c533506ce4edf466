// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

class QWidget;

namespace a2q::workbench {

/// A page of the documentation that is compiled into the program.
struct HelpPage {
  const char* file;   ///< "workbench.md"
  const char* title;  ///< to be translated in the context "Help"
};

[[nodiscard]] std::span<const HelpPage> helpPages();

/// The page as Markdown; in place of the line "[shortcuts]" stands `shortcuts`.
[[nodiscard]] QString helpText(const QString& file, const QString& shortcuts);

/// The heading of workbench.md that tells about what has the keyboard: the property "help" of the
/// widget or of one around it, else the title of the dock it is in; empty: neither.
[[nodiscard]] QString helpHeadingFor(const QWidget* widget);

}  // namespace a2q::workbench
