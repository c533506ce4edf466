// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/common/run_story.h"

namespace a2q::gui_test {

/// The sample network with sums made by hand: in fc1 (N = 4, P = 16, budget 2 047.9) channel 3 has
/// S⁺ = 1,000 and S⁻ = 790, the others 300 and 100, and 30,000 weights are zero.
[[nodiscard]] views::StoryPointer madeStory();

}  // namespace a2q::gui_test
