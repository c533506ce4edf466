// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/reshape_timing.h"

#include <algorithm>

namespace a2q {
namespace {

/// A pixel of so many beats, one a cycle, that cannot be given before it has come.
PixelTime following(const PixelTime& came, double earliest, std::int64_t beats) {
  const double first = std::max(came.first, earliest);
  return {first, std::max(came.last, first + static_cast<double>(beats - 1))};
}

PixelTime later(PixelTime time, double cycles) { return {time.first + cycles, time.last + cycles}; }

constexpr double kNow = 0;

}  // namespace

ReshapeTiming throughBlock(const PixelStream& input, const UpsampleBlock& block) {
  constexpr double kRegisters = 2;
  ReshapeTiming timing{{}, {input.beats, {}}};
  const auto width = static_cast<std::size_t>(block.width);
  double next = 0;
  for (std::size_t row = 0; row < input.pixels.size(); row += width) {
    for (std::int64_t again = 0; again < block.factor; ++again) {
      for (std::size_t x = row; x < row + width; ++x) {
        for (std::int64_t copy = 0; copy < block.factor; ++copy) {
          const bool fresh = again == 0 && copy == 0;
          const PixelTime came = fresh ? later(input.pixels[x], kRegisters) : PixelTime{kNow, kNow};
          const PixelTime given = following(came, next, input.beats);
          if (fresh) timing.taken.push_back(later(given, -kRegisters));
          timing.given.pixels.push_back(given);
          next = given.last + 1;
        }
      }
    }
  }
  return timing;
}

ReshapeTiming throughBlock(const PixelStream& input, const PixelShuffleBlock& block) {
  constexpr double kRegisters = 2;
  const auto width = static_cast<std::size_t>(block.width);
  const std::int64_t beats = block.channels;
  const std::int64_t pixels = block.width * block.factor * block.factor;
  ReshapeTiming timing{{}, {beats, {}}};
  double next_taken = 0;
  double next_given = 0;
  double freed = 0;  // when the row before the last one was given
  for (std::size_t row = 0; row < input.pixels.size(); row += width) {
    for (std::size_t x = row; x < row + width; ++x) {
      const double earliest = x == row ? std::max(next_taken, freed) : next_taken;
      timing.taken.push_back(following(input.pixels[x], earliest, input.beats));
      next_taken = timing.taken.back().last + 1;
    }
    freed = next_given;
    next_given = std::max(next_given, timing.taken.back().last + kRegisters);
    for (std::int64_t i = 0; i < pixels; ++i) {
      timing.given.pixels.push_back(following({kNow, kNow}, next_given, beats));
      next_given = timing.given.pixels.back().last + 1;
    }
  }
  return timing;
}

JoinTiming throughConcat(const PixelStream& left, const PixelStream& right) {
  JoinTiming timing{{}, {}, {left.beats + right.beats, {}}};
  double next = 0;
  for (std::size_t i = 0; i < left.pixels.size(); ++i) {
    timing.left.push_back(following(left.pixels[i], next, left.beats));
    timing.right.push_back(following(right.pixels[i], timing.left.back().last + 1, right.beats));
    next = timing.right.back().last + 1;
    timing.given.pixels.push_back(later({timing.left.back().first, timing.right.back().last}, 1));
  }
  return timing;
}

}  // namespace a2q
