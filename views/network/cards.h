// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "views/network/layer_facts.h"

namespace a2q::views {

enum class CardStyle {
  kPlain,    ///< a card a layer
  kCompact,  ///< convolution, batch norm and activation in a row share one
};

/// One box of the picture: layers that follow each other without a branch between them.
struct Card {
  std::vector<std::size_t> layers;  ///< positions in NetworkFacts::layers
  std::vector<std::size_t> inputs;  ///< positions of the cards that feed it
};

/// The cards in running order; every layer is on exactly one.
[[nodiscard]] std::vector<Card> cardsOf(const NetworkFacts& facts, CardStyle style);

}  // namespace a2q::views
