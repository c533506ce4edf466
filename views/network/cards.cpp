// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/cards.h"

namespace a2q::views {
namespace {

bool isNorm(const LayerFacts& layer) { return layer.kind == QStringLiteral("batch_norm"); }
bool isActivation(const LayerFacts& layer) { return layer.kind == QStringLiteral("activation"); }

bool opensChain(const LayerFacts& layer) {
  return layer.weights || layer.kind == QStringLiteral("add") ||
         layer.kind == QStringLiteral("concat");
}

/// Whether `next` may stand below `last` on a card that begins with `head`.
bool continues(const LayerFacts& head, const LayerFacts& last, const LayerFacts& next) {
  if (!opensChain(head) || isActivation(last)) return false;
  return isActivation(next) || (isNorm(next) && !isNorm(last));
}

std::vector<int> countConsumers(const NetworkFacts& facts) {
  std::vector<int> consumers(facts.layers.size());
  for (const LayerFacts& layer : facts.layers) {
    for (const std::size_t source : layer.sources) ++consumers[source];
  }
  return consumers;
}

}  // namespace

std::vector<Card> cardsOf(const NetworkFacts& facts, CardStyle style) {
  const std::vector<int> consumers = countConsumers(facts);
  std::vector<Card> cards;
  std::vector<std::size_t> card_of(facts.layers.size());
  for (std::size_t at = 0; at < facts.layers.size(); ++at) {
    const LayerFacts& layer = facts.layers[at];
    if (style == CardStyle::kCompact && layer.sources.size() == 1) {
      const std::size_t source = layer.sources.front();
      Card& before = cards[card_of[source]];
      const bool fits = before.layers.back() == source && consumers[source] == 1 &&
                        continues(facts.layers[before.layers.front()], facts.layers[source], layer);
      if (fits) {
        before.layers.push_back(at);
        card_of[at] = card_of[source];
        continue;
      }
    }
    Card card{{at}, {}};
    for (const std::size_t source : layer.sources) card.inputs.push_back(card_of[source]);
    card_of[at] = cards.size();
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace a2q::views
