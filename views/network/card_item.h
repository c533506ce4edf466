// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QGraphicsItem>
#include <vector>

#include "views/network/cards.h"
#include "views/network/layer_tip.h"

namespace a2q::views {

/// A box of the graph: a layer, or several in a row, with shapes, bits, cost and a slim bar of the
/// budget. Its place is its upper left corner.
class CardItem : public QGraphicsItem {
 public:
  CardItem(const NetworkFacts& facts, const Card& card);

  /// Of a card with these layers in the font of the program.
  [[nodiscard]] static QSizeF sizeOf(const NetworkFacts& facts, const Card& card);

  [[nodiscard]] const std::vector<std::size_t>& layers() const { return layers_; }
  /// The layer at a point of this item's coordinates.
  [[nodiscard]] std::size_t layerAt(QPointF place) const;
  /// Where the layer is written, in this item's coordinates.
  [[nodiscard]] QRectF rectOf(std::size_t layer) const;

  /// Draws only when something changes.
  void setUse(const std::optional<BudgetUse>& use);
  [[nodiscard]] const std::optional<BudgetUse>& use() const { return use_; }
  /// −1: none of this card.
  void setSelectedLayer(int layer);
  [[nodiscard]] int selectedLayer() const { return selected_; }

  [[nodiscard]] QRectF boundingRect() const override;
  [[nodiscard]] QRectF box() const { return {{0, 0}, size_}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  /// One line of text: at the left what it is, at the right a number.
  struct Line {
    QString left;
    QString right;
    QFont::Weight weight = QFont::Normal;
    std::size_t layer = 0;
    QRectF place;
  };
  void addLines(const LayerFacts& layer, std::size_t index, bool head);
  void addLine(const QString& left, const QString& right, QFont::Weight weight, std::size_t index);
  void paintFrame(QPainter& painter, const QPalette& palette) const;
  void paintLine(QPainter& painter, const QPalette& palette, const Line& line) const;
  void paintBudget(QPainter& painter, const QPalette& palette) const;

  std::vector<std::size_t> layers_;
  std::vector<Line> lines_;
  QSizeF size_;
  QString budget_text_;  ///< empty: the layer has no budget
  QString kind_;
  std::optional<BudgetUse> use_;
  int selected_ = -1;
};

}  // namespace a2q::views
