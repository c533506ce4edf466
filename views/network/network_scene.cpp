// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/network_scene.h"

#include <QSet>
#include <algorithm>
#include <cstdlib>

#include "views/common/number_text.h"

namespace a2q::views {
namespace {

constexpr double kMargin = 16;

}  // namespace

void NetworkScene::build(const NetworkFacts& facts, CardStyle style, FlowDirection direction) {
  clear();
  cards_.clear();
  edges_.clear();
  card_of_.assign(facts.layers.size(), 0);
  direction_ = direction;
  const std::vector<Card> cards = cardsOf(facts, style);
  std::vector<LayoutBox> boxes;
  boxes.reserve(cards.size());
  for (const Card& card : cards) boxes.push_back({CardItem::sizeOf(facts, card), card.inputs});
  const GraphLayout layout = layOut(boxes, direction);
  ranks_ = layout.ranks;
  lanes_ = layout.lanes;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    auto* item = new CardItem(facts, cards[i]);
    item->setPos(layout.boxes[i].topLeft());
    addItem(item);
    cards_.push_back(item);
    for (const std::size_t layer : cards[i].layers) card_of_[layer] = i;
  }
  for (const LayoutEdge& edge : layout.edges) {
    const std::size_t source = cards[edge.from].layers.back();
    auto* item = new EdgeItem(edge, shapeText(facts.layers[source].output), direction);
    const std::size_t target = cards[edge.to].layers.front();
    item->setToolTip(tr("%1 → %2: %3 = %4 values")
                         .arg(facts.layers[source].name, facts.layers[target].name,
                              shapeText(facts.layers[source].output),
                              grouped(facts.layers[source].output.size())));
    addItem(item);
    edges_.push_back(item);
  }
  setSceneRect(picture());
}

CardItem* NetworkScene::cardOf(std::size_t layer) const { return cards_[card_of_[layer]]; }

void NetworkScene::select(int layer) {
  const int card = layer < 0 ? -1 : static_cast<int>(card_of_[static_cast<std::size_t>(layer)]);
  for (CardItem* item : cards_) item->setSelectedLayer(layer);
  for (EdgeItem* edge : edges_) {
    edge->setStrong(static_cast<int>(edge->from()) == card || static_cast<int>(edge->to()) == card);
  }
}

void NetworkScene::setLabelsShown(bool shown) {
  // All edges of a card carry the same: one of them says so.
  QSet<std::size_t> said;
  for (EdgeItem* edge : edges_) {
    edge->setLabelShown(shown && !said.contains(edge->from()));
    said.insert(edge->from());
  }
}

int NetworkScene::along(std::size_t layer, bool forward) const {
  const std::size_t card = card_of_[layer];
  const auto& layers = cards_[card]->layers();
  const auto at = std::find(layers.begin(), layers.end(), layer);
  if (forward && at + 1 != layers.end()) return static_cast<int>(*(at + 1));
  if (!forward && at != layers.begin()) return static_cast<int>(*(at - 1));
  // Of several edges the one nearest to the lane of the card.
  int best = -1;
  int distance = 0;
  for (const EdgeItem* edge : edges_) {
    if ((forward ? edge->from() : edge->to()) != card) continue;
    const std::size_t other = forward ? edge->to() : edge->from();
    const int way =
        std::abs(lanes_[other] - lanes_[card]) * 1000 + std::abs(ranks_[other] - ranks_[card]);
    if (best >= 0 && way >= distance) continue;
    const auto& next = cards_[other]->layers();
    best = static_cast<int>(forward ? next.front() : next.back());
    distance = way;
  }
  return best;
}

int NetworkScene::across(std::size_t card, bool outward) const {
  int best = -1;
  int distance = 0;
  for (std::size_t other = 0; other < cards_.size(); ++other) {
    const int lanes = outward ? lanes_[other] - lanes_[card] : lanes_[card] - lanes_[other];
    if (lanes <= 0) continue;
    const int way = std::abs(ranks_[other] - ranks_[card]) * 100 + lanes;
    if (best >= 0 && way >= distance) continue;
    best = static_cast<int>(cards_[other]->layers().front());
    distance = way;
  }
  return best;
}

int NetworkScene::neighbour(int layer, Qt::Key key) const {
  if (cards_.empty()) return -1;
  if (layer < 0 || key == Qt::Key_Home) return static_cast<int>(cards_.front()->layers().front());
  if (key == Qt::Key_End) return static_cast<int>(cards_.back()->layers().back());
  const bool down = direction_ == FlowDirection::kDown;
  const auto at = static_cast<std::size_t>(layer);
  const bool forward = key == (down ? Qt::Key_Down : Qt::Key_Right);
  const bool back = key == (down ? Qt::Key_Up : Qt::Key_Left);
  if (forward || back) return along(at, forward);
  return across(card_of_[at], key == (down ? Qt::Key_Right : Qt::Key_Down));
}

QRectF NetworkScene::picture() const {
  return itemsBoundingRect().adjusted(-kMargin, -kMargin, kMargin, kMargin);
}

}  // namespace a2q::views
