// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw_backend/design/block.h"

namespace a2q {

/// When the first and the last beat of a pixel can be taken, in cycles; those between come evenly.
struct PixelTime {
  double first = 0;
  double last = 0;
};

/// The period of samples of which there is only one.
inline constexpr double kNever = 1e15;

/// One sample of a stream, pixel by pixel.
struct PixelStream {
  std::int64_t beats = 1;  ///< a pixel
  std::vector<PixelTime> pixels;

  [[nodiscard]] double first() const { return pixels.front().first; }
  [[nodiscard]] double last() const { return pixels.back().last; }
};

/// `beats` beats that come every `spacing` cycles from cycle 0 on, as so many pixels.
[[nodiscard]] PixelStream evenStream(std::int64_t pixels, std::int64_t beats, double spacing);

/// The same sample seen as so many pixels: as it is, all in one, or one cut up evenly.
[[nodiscard]] PixelStream seenAs(PixelStream stream, std::int64_t pixels);

/// When `count` of `beats` beats of a pixel have come.
[[nodiscard]] inline double arrivalOf(const PixelTime& pixel, std::int64_t beats,
                                      std::int64_t count) {
  if (count >= beats) return pixel.last;
  if (count == 1) return pixel.first;
  const auto share = static_cast<double>(count - 1) / static_cast<double>(beats - 1);
  return pixel.first + share * (pixel.last - pixel.first);
}

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
  /// The next sample begins: times are counted from `period` cycles later.
  void nextSample(double period);
  /// Whether a sample whose first beat can be taken at `first` goes as the one before: all is done
  /// until then, or it finds what that one found.
  [[nodiscard]] bool settled(double first) const {
    return repeats_ || (free_ <= first && next_given_ <= first);
  }

 private:
  BlockTiming timing_;
  std::int64_t in_;
  double tail_;  ///< the figures of timing_
  double registers_;
  double needed_;          ///< cycles from the first input beat to the one that is needed
  double patience_;        ///< longest time from the first input beat to the last one
  double busy_;            ///< least time between the two
  double out_spacing_;     ///< cycles an output beat
  double out_span_;        ///< from the first output beat to the last one
  double free_ = 0;        ///< when the next pixel can be begun
  double next_given_ = 0;  ///< when the next output beat can come
  double found_free_ = 0;  ///< the two as this sample found them
  double found_given_ = 0;
  bool repeats_ = false;  ///< as the one before did
};

// Written so that one pixel waits for the one before by two operations only.
inline BlockClock::Step BlockClock::next(const PixelTime& available) {
  const double ready = std::max(available.first, available.last - patience_);
  const double start = std::max(ready, free_);
  const PixelTime taken{start, std::max(available.last, start + busy_)};
  free_ = std::max(std::max(available.last, ready + busy_) + tail_, free_ + (busy_ + tail_));
  const double needed = std::max(arrivalOf(available, in_, timing_.need), start + needed_);
  const double after = taken.last + (tail_ - 1 + registers_);
  const double first = std::max(needed + registers_, next_given_);
  const PixelTime given{first, std::max(after, first + out_span_)};
  next_given_ = std::max(std::max(after, needed + (registers_ + out_span_)) + out_spacing_,
                         next_given_ + (out_span_ + out_spacing_));
  return {taken, given};
}

/// How many beats of a stream have come and wait until a reader takes them at `taken`, at most,
/// where samples follow each other every `period` cycles: what a FIFO between them must hold.
[[nodiscard]] std::int64_t mostWaiting(const PixelStream& stream,
                                       const std::vector<PixelTime>& taken, double period);

}  // namespace a2q
