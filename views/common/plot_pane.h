// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include "views/common/plot_theme.h"

class QCustomPlot;
class QVBoxLayout;

namespace a2q::views {

/// A pane around one plot: wheel zoom, drag, double-click fit, and a context menu that exports the
/// picture (PNG, PDF) and the values (CSV). It follows the data until a person zooms or drags, and
/// follows again after a fit.
class PlotPane : public QWidget {
  Q_OBJECT

 public:
  /// `file_stem` names exported files.
  PlotPane(const QString& file_stem, QWidget* parent);

  /// The exact values shown, with a heading line.
  [[nodiscard]] virtual QString csvText() const = 0;

  /// Writes the picture or the values; the ending of the name says what. False: it failed.
  [[nodiscard]] bool exportTo(const QString& path);

 protected:
  /// Shows everything.
  virtual void fit() = 0;
  /// Colours the series; axes and background are done.
  virtual void themeSeries(const PlotTheme& theme) = 0;
  /// What to tell about the place under the mouse; empty: nothing.
  [[nodiscard]] virtual QString tipAt(const QPoint& place) const = 0;

  void changeEvent(QEvent* event) override;

  [[nodiscard]] QCustomPlot& plot() const { return *plot_; }
  [[nodiscard]] QVBoxLayout& column() const { return *column_; }
  [[nodiscard]] bool follows() const { return follows_; }
  void retheme();

 private:
  void connectMouse();
  void fitAndFollow();
  void showMenu(const QPoint& place);
  void askAndExport(const QString& ending, const QString& filter);

  QString file_stem_;
  QVBoxLayout* column_ = nullptr;
  QCustomPlot* plot_ = nullptr;
  bool follows_ = true;
};

}  // namespace a2q::views
