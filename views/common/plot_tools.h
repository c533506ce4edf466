// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>
#include <array>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace a2q::views {

enum class PlotTool { kFollow, kBox, kLog, kCrosshair, kTable, kMenu };
inline constexpr int kPlotToolCount = 6;

/// The slim row above a plot: the pane's own controls at the left, the tools at the right.
class PlotTools : public QWidget {
  Q_OBJECT

 public:
  explicit PlotTools(QWidget* parent);

  [[nodiscard]] QToolButton& button(PlotTool tool) const;
  /// Text at the left.
  void setHeading(const QString& text);
  /// In place of a heading: words of the pane's own, as wide as there is room.
  void setWords(QLabel* words);
  /// A control right of the heading.
  void add(QWidget* control);

 Q_SIGNALS:
  void used(a2q::views::PlotTool tool);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void drawIcons();

  QHBoxLayout* row_ = nullptr;
  QLabel* heading_ = nullptr;
  QWidget* controls_ = nullptr;  ///< of the pane, in as many lines as they need
  std::array<QToolButton*, kPlotToolCount> buttons_{};
};

/// The sign of a tool in one colour.
[[nodiscard]] QIcon toolIcon(PlotTool tool, const QColor& color);

}  // namespace a2q::views
