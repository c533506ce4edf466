// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw_backend/design/block.h"
#include "hw_backend/design/stream_timing.h"

namespace a2q {

/// What a block needs of a pixel before it gives something, and what is left to do at the end.
struct BlockTiming {
  std::int64_t need = 1;       ///< input beats for the first output beat
  std::int64_t tail = 1;       ///< cycles from the last input beat to the last output beat
  std::int64_t registers = 1;  ///< cycles from taking a beat until what it completes can be taken
};

[[nodiscard]] BlockTiming timingOf(const Block& block);

/// A block that works on one pixel after the other.
class BlockClock {
 public:
  /// `in` and `out` beats a pixel, busy for `cycles`. Where a pixel comes every `period` cycles, it
  /// is begun late enough that beats which are slow to come cannot keep the block longer than that.
  BlockClock(const Block& block, std::int64_t in, std::int64_t out, double cycles, double period);

  struct Step {
    PixelTime taken;
    PixelTime given;
  };
  [[nodiscard]] Step next(const PixelTime& available);
  /// A sample's pixels one after the other: when each is given and, where that is wanted, taken.
  /// Returns whether all goes as in the sample before, whose times are then found there.
  [[nodiscard]] bool follow(const PixelTimes& available, PixelTimes& given, PixelTimes* taken);
  /// All that the next pixel finds of those before.
  struct State {
    double free = -1;
    double next_given = -1;
    bool operator==(const State&) const = default;
  };
  [[nodiscard]] State state() const { return {free_, next_given_}; }
  /// The next sample begins: times are counted from `period` cycles later.
  void nextSample(double period);
  /// Whether a sample whose first beat can be taken at `first` goes as the one before: all is done
  /// until then, or it finds what that one found.
  [[nodiscard]] bool settled(double first) const {
    return repeats_ || (free_ <= first && next_given_ <= first);
  }

 private:
  BlockClock(const BlockTiming& timing, std::int64_t in, std::int64_t out, double cycles,
             double period);

  double tail_;  ///< the figures of BlockTiming
  double registers_;
  double needed_;          ///< cycles from the first input beat to the one that is needed
  bool needs_all_;         ///< of a pixel's beats before it gives something
  double needed_share_;    ///< of the time from a pixel's first beat to its last one, otherwise
  double patience_;        ///< longest time from the first input beat to the last one
  double busy_;            ///< least time between the two
  double out_spacing_;     ///< cycles an output beat
  double out_span_;        ///< from the first output beat to the last one
  double free_ = 0;        ///< when the next pixel can be begun
  double next_given_ = 0;  ///< when the next output beat can come
  double found_free_ = 0;  ///< the two as this sample found them
  double found_given_ = 0;
  State after_first_;     ///< pixel of the sample before
  bool repeats_ = false;  ///< as the one before did
};

// Written so that one pixel waits for the one before by two operations only.
inline BlockClock::Step BlockClock::next(const PixelTime& available) {
  const double ready = std::max(available.first, available.last - patience_);
  const double start = std::max(ready, free_);
  const PixelTime taken{start, std::max(available.last, start + busy_)};
  free_ = std::max(std::max(available.last, ready + busy_) + tail_, free_ + (busy_ + tail_));
  const double enough = needs_all_
                            ? available.last
                            : available.first + needed_share_ * (available.last - available.first);
  const double needed = std::max(enough, start + needed_);
  const double after = taken.last + (tail_ - 1 + registers_);
  const double first = std::max(needed + registers_, next_given_);
  const PixelTime given{first, std::max(after, first + out_span_)};
  next_given_ = std::max(std::max(after, needed + (registers_ + out_span_)) + out_spacing_,
                         next_given_ + (out_span_ + out_spacing_));
  return {taken, given};
}

}  // namespace a2q
