// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/network/experiment.h"
#include "views/common/run_story.h"
#include "views/network/cards.h"
#include "views/network/graph_layout.h"
#include "views/network/layer_tip.h"

class QCheckBox;
class QLayout;
class QLabel;
class QMenu;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace a2q::views {

class LayerForm;
class LayerTableModel;
class NetworkCanvas;
class Selection;
struct EditChoice;

/// The graph of the network with shapes, bits and cost of every layer, live use of the budgets, and
/// edits in place: each is asked for with editWanted() and shown when the document comes back with
/// showExperiment().
class NetworkView : public QWidget, public RunPane {
  Q_OBJECT

 public:
  explicit NetworkView(Selection& selection, QWidget* parent = nullptr);

  /// Draws the document's specification.
  void showExperiment(const Experiment& experiment);
  /// The live use of the budgets, where the run is of layers as they are specified now.
  void showRun(const StoryPointer& story) override;

  void setStyle(CardStyle style);
  void setDirection(FlowDirection direction);
  void setLabelsShown(bool shown);
  void setTableShown(bool shown);

  /// Opens the form on a layer.
  void edit(const QString& layer);

  /// The picture (png, svg, pdf) or the layers as a table (csv); the ending says which. False: it
  /// failed.
  [[nodiscard]] bool exportTo(const QString& path) const;
  [[nodiscard]] QString csvText() const;

  [[nodiscard]] NetworkCanvas& canvas() const { return *canvas_; }
  [[nodiscard]] QTableView& table() const { return *table_; }
  [[nodiscard]] LayerForm& form() const { return *form_; }
  [[nodiscard]] const NetworkFacts& facts() const { return facts_; }
  /// The menu on a layer (−1: on none), as a right click shows it.
  [[nodiscard]] std::unique_ptr<QMenu> menuFor(int layer);

 Q_SIGNALS:
  /// A sound edit for the document to take as one step of undo, and its name.
  void editWanted(const a2q::Experiment& edited, const QString& what);

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void createBar(QLayout& bar);
  QCheckBox* addSwitch(QLayout& bar, const QString& text, const QString& tip);
  void createTable();
  void connectCanvas();
  void rebuild();
  void showUse();
  void showSelection();
  void chooseLayer(int layer);
  void openForm(int layer);
  void placeForm();
  void closeForm();
  void editCell(int layer, int column, const QString& text);
  void addChoice(QMenu& menu, const EditChoice& choice);
  void addExports(QMenu& menu);
  void askAndExport(const QString& ending, const QString& filter);
  void say(const QString& text);

  Selection& selection_;
  Experiment experiment_;
  NetworkFacts facts_;
  StoryPointer story_;
  std::shared_ptr<const std::vector<LayerSnapshot>> used_layers_;  ///< that use_ was made of
  std::vector<std::optional<BudgetUse>> use_;
  std::optional<CardStyle> chosen_style_;  ///< none: by the number of layers
  FlowDirection direction_ = FlowDirection::kDown;
  QLabel* summary_ = nullptr;
  QLabel* message_ = nullptr;
  QCheckBox* compact_ = nullptr;
  QCheckBox* rightwards_ = nullptr;
  QCheckBox* labels_ = nullptr;
  QCheckBox* as_table_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  NetworkCanvas* canvas_ = nullptr;
  QTableView* table_ = nullptr;
  LayerTableModel* model_ = nullptr;
  LayerForm* form_ = nullptr;
};

}  // namespace a2q::views
