// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPalette>

namespace a2q::workbench {

enum class Theme { kSystem, kLight, kDark };

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

/// (L1 + 0.05) / (L2 + 0.05) of the relative luminances, from 1 to 21 (WCAG 2.1); colours that let
/// something through are laid on `ground` first.
[[nodiscard]] double contrastRatio(const QColor& text, const QColor& ground);

/// Gives the application its colours and follows the desktop where it is asked to. One for the
/// whole application, which it needs.
class ThemeKeeper : public QObject {
  Q_OBJECT

 public:
  explicit ThemeKeeper(QObject* parent);

  void setTheme(Theme theme);
  [[nodiscard]] Theme theme() const { return theme_; }

 Q_SIGNALS:
  /// The application has other colours, for whatever reason.
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  Theme theme_ = Theme::kSystem;
};

}  // namespace a2q::workbench
