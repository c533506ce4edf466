// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <vector>

#include "views/network/card_item.h"
#include "views/network/edge_item.h"

namespace a2q::views {

/// The picture of a network: built once for a specification, then only bars and the selection
/// change.
class NetworkScene : public QGraphicsScene {
  Q_OBJECT

 public:
  using QGraphicsScene::QGraphicsScene;

  void build(const NetworkFacts& facts, CardStyle style, FlowDirection direction);

  [[nodiscard]] const std::vector<CardItem*>& cards() const { return cards_; }
  [[nodiscard]] const std::vector<EdgeItem*>& edges() const { return edges_; }
  [[nodiscard]] CardItem* cardOf(std::size_t layer) const;

  /// By position in NetworkFacts::layers; −1: none.
  void select(int layer);
  void setLabelsShown(bool shown);

  /// The layer that an arrow key leads to from a layer: along the flow to the next or the one
  /// before it, across to the branch beside it; −1: there is none.
  [[nodiscard]] int neighbour(int layer, Qt::Key key) const;

  /// What to show at a fit or in an exported picture.
  [[nodiscard]] QRectF picture() const;

 private:
  [[nodiscard]] int along(std::size_t layer, bool forward) const;
  [[nodiscard]] int across(std::size_t card, bool outward) const;

  std::vector<CardItem*> cards_;
  std::vector<EdgeItem*> edges_;
  std::vector<std::size_t> card_of_;
  std::vector<int> ranks_;
  std::vector<int> lanes_;
  FlowDirection direction_ = FlowDirection::kDown;
};

}  // namespace a2q::views
