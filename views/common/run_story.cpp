// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/run_story.h"

#include <algorithm>

namespace a2q::views {

const LayerSnapshot* findLayer(const RunStory& story, const std::string& name) {
  if (!story.layers) return nullptr;
  const auto found = std::find_if(story.layers->begin(), story.layers->end(),
                                  [&](const LayerSnapshot& layer) { return layer.layer == name; });
  return found == story.layers->end() ? nullptr : &*found;
}

}  // namespace a2q::views
