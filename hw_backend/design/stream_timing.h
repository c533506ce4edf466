// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "hw_backend/design/block.h"

namespace a2q {

/// Beats of a stream, taken to come evenly between the first and the last; times in cycles.
struct StreamTiming {
  std::int64_t beats = 1;
  double first = 0;
  double last = 0;
};

/// What a block needs before it gives something, and what is left to do at the end.
struct BlockTiming {
  std::int64_t need = 1;    ///< input beats for the first output beat
  std::int64_t tail = 1;    ///< cycles from the last input beat to the last output beat
  std::int64_t beats = 1;   ///< output beats
  std::int64_t cycles = 1;  ///< busy a sample
};

/// When `count` beats of a stream have come.
[[nodiscard]] double arrivalOf(const StreamTiming& stream, std::int64_t count);

/// The stream behind a block.
[[nodiscard]] StreamTiming through(const StreamTiming& input, const BlockTiming& block);

/// How many beats of a branch come before `until`: what a FIFO there must hold.
[[nodiscard]] std::int64_t beatsBefore(const StreamTiming& branch, double until);

/// need and tail of a block; beats and cycles are not set.
[[nodiscard]] BlockTiming timingOf(const Block& block);

}  // namespace a2q
