// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "views/common/run_story.h"

namespace a2q::samples {

/// A made-up training: a float phase of one epoch, then epochs of A2Q, with a loss that falls
/// noisily.
struct StoryShape {
  std::string name = "run-1";
  std::size_t steps = 400;
  std::size_t steps_per_epoch = 100;
  std::size_t float_epochs = 1;
  std::size_t layers = 3;
  std::uint32_t seed = 1;
};

[[nodiscard]] views::RunStory storyOf(const StoryShape& shape);

/// A layer with P 16, N 4, unsigned inputs and a budget of A2Q: 2 047.
[[nodiscard]] LayerSnapshot layerOf(const std::string& name, std::vector<SignedSums> channels,
                                    std::int64_t zeros);

}  // namespace a2q::samples
