// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/window_timing.h"

#include <algorithm>

#include "hw_backend/design/window_cover.h"

namespace a2q {
namespace {

/// After the first one, a sample finds what the one before left.
constexpr int kSamples = 3;

/// The pixels of an image that a sliding window takes, one after the other.
class WindowPixels {
 public:
  /// Each as soon as so many windows have `moved` as make room for it (`made_room`).
  WindowPixels(const PixelTimes& came, const std::vector<std::uint32_t>& made_room,
               const std::vector<double>& moved, std::int64_t beats, PixelTimes& taken)
      : came_(came.data()),
        made_room_(made_room.data()),
        moved_(moved.data()),
        count_(came.size()),
        span_(static_cast<double>(beats - 1)),
        taken_(taken.data()) {}

  void takeUpTo(std::size_t pixel) {
    for (; next_ <= pixel; ++next_) {
      const double free = std::max(moved_[made_room_[next_]], before_) + 1;
      const double first = std::max(came_[next_].first, free);
      before_ = std::max(came_[next_].last, first + span_);
      taken_[next_] = {first, before_};
    }
  }
  /// Whether any that is left waits for one of the first `windows`.
  [[nodiscard]] bool waitFor(std::size_t windows) const {
    return next_ < count_ && made_room_[next_] <= windows;
  }
  /// When the last beat of the newest one was taken.
  [[nodiscard]] double before() const { return before_; }

 private:
  const PixelTime* came_;
  const std::uint32_t* made_room_;
  const double* moved_;
  std::size_t count_;
  double span_;  ///< from a pixel's first beat to its last one
  PixelTime* taken_;
  std::size_t next_ = 0;
  double before_ = -1;
};

class WindowClock {
 public:
  WindowClock(const PixelStream& input, const SlidingWindowBlock& block, double period)
      : input_(input),
        block_(block),
        period_(period),
        folds_(block.channels / block.lanes),
        taps_(block.kernel_height * block.kernel_width),
        rows_(coversDown(block)),
        columns_(coversAcross(block)),
        count_(rows_.size() * columns_.size()),
        before_room_(windowsBeforeRoom(block)),
        moved_(1 + 2 * count_, -period),
        row_ends_(rows_.size()) {}

  /// The next sample, through the unit behind the window too; whether it goes as the one before.
  [[nodiscard]] bool follow(BlockClock& unit, WindowTiming& timing) {
    for (std::size_t i = 1; i <= count_; ++i) moved_[i] = moved_[i + count_] - period_;
    timing.taken.resize(input_.pixels.size());
    timing.given.pixels.resize(count_);
    WindowPixels pixels(input_.pixels, before_room_, moved_, folds_, timing.taken);
    BlockClock clock = unit;  // a copy of its own, which lives in registers
    double before = std::max(-1.0, moved_[count_]);
    std::size_t i = 0;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (const Cover& across : columns_) {
        pixels.takeUpTo(pixelAt(rows_[row].last, across.last));
        const PixelTime window = available(rows_[row], across, timing.taken, before);
        if (i == 0) timing.window.first = window.first;
        if (i + 1 == count_) timing.window.last = window.last;
        const BlockClock::Step step = clock.next(window);
        before = step.taken.last;
        moved_[1 + count_ + i] = before;
        timing.given.pixels[i++] = step.given;
      }
      const RowEnd end{clock.state(), before, pixels.before()};
      if (end == row_ends_[row] && !pixels.waitFor(count_)) return true;
      row_ends_[row] = end;
    }
    pixels.takeUpTo(input_.pixels.size() - 1);
    unit = clock;
    return false;
  }

 private:
  /// What the windows behind a row still depend on: once it ends as in the sample before, they come
  /// as they did.
  struct RowEnd {
    BlockClock::State unit;
    double window = -2;  ///< when its last beat was taken
    double pixel = -2;
    bool operator==(const RowEnd&) const = default;
  };

  [[nodiscard]] std::size_t pixelAt(std::int64_t y, std::int64_t x) const {
    return static_cast<std::size_t>(y * block_.width + x);
  }

  /// When the beats of a window can be taken, the one before having been taken at `before`.
  [[nodiscard]] PixelTime available(const Cover& down, const Cover& across, const PixelTimes& taken,
                                    double before) const {
    constexpr double kRegisters = 2;
    const PixelTime& newest = taken[pixelAt(down.last, across.last)];
    // Taps behind the newest pixel's.
    const std::int64_t behind =
        taps_ - 1 - ((down.last - down.first) * block_.kernel_width + (across.last - across.first));
    PixelTime time;
    time.first = before + 1;
    if (down.first >= 0 && across.first >= 0)
      time.first =
          std::max(time.first, taken[pixelAt(down.first, across.first)].first + kRegisters);
    time.last = time.first + static_cast<double>(taps_ * folds_ - 1);
    if (block_.order == WindowOrder::kDense) {
      time.last =
          std::max(time.last, newest.last + kRegisters + static_cast<double>(behind * folds_));
    } else {
      const auto first_beat = static_cast<double>(behind + (folds_ - 1) * taps_);
      time.last =
          std::max(time.last, std::max(newest.first + kRegisters + first_beat,
                                       newest.last + kRegisters + static_cast<double>(behind)));
    }
    return time;
  }

  const PixelStream& input_;
  const SlidingWindowBlock& block_;
  double period_;
  std::int64_t folds_;
  std::int64_t taps_;
  std::vector<Cover> rows_;
  std::vector<Cover> columns_;
  std::size_t count_;  ///< windows
  std::vector<std::uint32_t> before_room_;
  /// When the last beat of each window was taken, of the sample before and of this one; in front of
  /// them what every pixel may follow.
  std::vector<double> moved_;
  std::vector<RowEnd> row_ends_;  ///< of the sample before
};

}  // namespace

WindowTiming throughWindow(const PixelStream& input, const SlidingWindowBlock& block,
                           BlockClock unit, std::int64_t out, double period) {
  WindowClock clock(input, block, period);
  WindowTiming timing{{}, {}, {out, {}}};
  for (int sample = period == kNever ? kSamples : 1;; ++sample) {
    const bool repeats = clock.follow(unit, timing);
    unit.nextSample(period);
    if (repeats || sample >= kSamples || unit.settled(input.first())) return timing;
  }
}

}  // namespace a2q
