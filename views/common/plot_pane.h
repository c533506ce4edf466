// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "views/common/plot_theme.h"

class QCPAbstractPlottable;
class QCPAxis;
class QCPAxisRect;
class QCPLegend;
class QCustomPlot;
class QKeyEvent;
class QLabel;
class QMenu;
class QMouseEvent;
class QVBoxLayout;

namespace a2q::views {

class Crosshair;
class LegendToggle;
class PlotTools;
class TableDialog;
enum class AxisScale;
enum class PlotTool;

/// A pane around one plot, with all that a plot has to offer: zoom by wheel, box and keys, pan,
/// fit, logarithmic axes, a crosshair with all values, series that hide from the legend, export of
/// the picture (PNG, SVG, PDF) and the values (CSV), and the values as a table. It follows the data
/// until a person zooms or pans, and follows again after a fit.
class PlotPane : public QWidget {
  Q_OBJECT

 public:
  /// `file_stem` names exported files.
  PlotPane(const QString& file_stem, QWidget* parent);
  ~PlotPane() override;

  /// The exact values shown, with a heading line.
  [[nodiscard]] virtual QString csvText() const = 0;
  /// Stands above exported pictures; the accessible name unless a pane knows better.
  [[nodiscard]] virtual QString title() const { return accessibleName(); }

  /// Writes the picture or the values; the ending of the name says what (.png, .svg, .pdf; anything
  /// else: CSV). Errors: kWriteFailed.
  [[nodiscard]] Status exportTo(const QString& path);
  /// Whether the axes are those of the data; not after a person has zoomed or moved.
  [[nodiscard]] bool follows() const { return follows_; }
  /// What the crosshair tells: the key, and the value of every visible series; empty without it.
  [[nodiscard]] QString crosshairText() const;
  /// Opens the table of values, or reads it again.
  TableDialog* showTable();

 protected:
  /// Shows everything.
  virtual void fit() = 0;
  /// Colours the series; axes and background are done.
  virtual void themeSeries(const PlotTheme& theme) = 0;
  /// What to tell about the place under the mouse; empty: nothing.
  [[nodiscard]] virtual QString tipAt(const QPoint& place) const = 0;

  /// The value axes that may be logarithmic.
  [[nodiscard]] virtual std::vector<QCPAxis*> logAxes() const { return {}; }
  /// A person changed the scale of an axis of logAxes(); fit() follows if the pane follows.
  virtual void scaleChanged(QCPAxis& /*axis*/) {}
  /// A value of a series with its unit, and the key of an axis, for the crosshair.
  [[nodiscard]] virtual QString valueText(const QCPAbstractPlottable& series, double value) const;
  [[nodiscard]] virtual QString keyText(const QCPAxis& axis, double key) const;
  /// A person showed or hid the series of this name; series of the same name are done.
  virtual void seriesToggled(const QString& /*name*/) {}
  /// A key for the pane itself; true: it was used, and means nothing else.
  virtual bool keyPressed(const QKeyEvent& /*event*/) { return false; }
  /// A click with the left button that was no drag and hit no legend.
  virtual void clicked(const QPoint& /*place*/) {}
  /// Entries of the pane's own for the menu.
  virtual void fillMenu(QMenu& /*menu*/) {}
  /// A weight of 0..1 from the control of addSmoothing().
  virtual void smoothingChanged(double /*weight*/) {}

  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

  [[nodiscard]] QCustomPlot& plot() const { return *plot_; }
  [[nodiscard]] QVBoxLayout& column() const { return *column_; }
  [[nodiscard]] PlotTools& tools() const { return *tools_; }
  [[nodiscard]] bool isHidden(const QString& series) const;
  /// Adds a control for smoothing to the tool row; smoothingChanged() hears of it.
  void addSmoothing(double weight);
  /// Text in the middle of an empty plot: how to get data. Empty: none.
  void setNotice(const QString& text);
  /// Shows everything and follows the data again.
  void fitAndFollow();
  void retheme();
  /// After series or legends were built anew: what a person has hidden stays hidden.
  void reapplyHidden();

 private:
  void connectMouse();
  void mousePressed(QMouseEvent* event);
  void mouseReleased(const QMouseEvent* event);
  void mouseMoved(const QMouseEvent* event);
  void boxDrawn(const QRect& box);
  [[nodiscard]] bool keyUsed(const QKeyEvent& event);
  [[nodiscard]] bool letterUsed(int key);
  [[nodiscard]] QCPAxisRect* rectInUse() const;
  void stopFollowing();
  void toolUsed(PlotTool tool);
  void toggleBox();
  void toggleScales();
  void toggleScale(QCPAxis& axis, AxisScale scale);
  void toggleCrosshair();
  void toggleSeries(const QString& name);
  void showMenu(const QPoint& place);
  void fillViewEntries(QMenu& menu);
  void fillSeriesEntries(QMenu& menu);
  void fillExportEntries(QMenu& menu);
  void askAndExport(const QString& ending, const QString& filter);
  void updateTools();
  void placeNotice();

  QString file_stem_;
  QVBoxLayout* column_ = nullptr;
  PlotTools* tools_ = nullptr;
  QCustomPlot* plot_ = nullptr;
  QLabel* notice_ = nullptr;
  std::unique_ptr<Crosshair> crosshair_;
  std::unique_ptr<LegendToggle> legend_;
  QPointer<TableDialog> table_;
  QPoint press_;
  QPoint mouse_{-1, -1};
  bool crosshair_on_ = false;
  bool box_mode_ = false;
  bool follows_ = true;
};

}  // namespace a2q::views
