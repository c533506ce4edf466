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
      if (taken_[next_].first != first || taken_[next_].last != before_)
        changed_ = static_cast<std::int64_t>(next_);
      taken_[next_] = {first, before_};
    }
  }
  /// The last one so far that was not taken when it was in the sample before, as `taken` had it.
  [[nodiscard]] std::int64_t changed() const { return changed_; }
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
  std::int64_t changed_ = -1;
  double before_ = -1;
};

class WindowClock {
 public:
  WindowClock(const PixelStream& input, const SlidingWindowBlock& block, double period)
      : input_(input),
        block_(block),
        period_(period),
        folds_(block.channels / block.lanes),
        tap_beats_(block.order == WindowOrder::kDense ? static_cast<double>(folds_) : 1),
        other_folds_(static_cast<double>((folds_ - 1) * block.kernel_height * block.kernel_width)),
        span_(static_cast<double>(folds_ * block.kernel_height * block.kernel_width - 1)),
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
    std::size_t changed = count_;  // of moved_, the last one that is not as in the sample before
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      const Row windows = rowOf(rows_[row], timing.taken);
      for (const Cover& across : columns_) {
        pixels.takeUpTo(windows.last + static_cast<std::size_t>(across.last));
        const PixelTime window = available(windows, across, before);
        if (i == 0) timing.window.first = window.first;
        if (i + 1 == count_) timing.window.last = window.last;
        const BlockClock::Step step = clock.next(window);
        before = step.taken.last;
        double& moved = moved_[1 + count_ + i];
        if (moved != before) changed = 1 + count_ + i;
        moved = before;
        timing.given.pixels[i++] = step.given;
      }
      const RowEnd end{clock.state(), before, pixels.before()};
      const bool rejoins = end == row_ends_[row] && row + 1 < rows_.size() &&
                           pixels.changed() < rows_[row + 1].first * block_.width &&
                           !pixels.waitFor(changed);
      if (rejoins) return true;
      row_ends_[row] = end;
    }
    pixels.takeUpTo(input_.pixels.size() - 1);
    unit = clock;
    return false;
  }

 private:
  /// What the windows behind a row find. Once it ends as in the sample before, and all pixels and
  /// windows that they look at are as they were, they come as they did.
  struct RowEnd {
    BlockClock::State unit;
    double window = -2;  ///< when its last beat was taken
    double pixel = -2;
    bool operator==(const RowEnd&) const = default;
  };

  /// What the windows of a row look at.
  struct Row {
    std::size_t last;         ///< pixel in front of the last row of the image that they cover
    const PixelTime* oldest;  ///< pixels of the first row that they cover; none above the image
    const PixelTime* newest;  ///< those of the last row
    std::int64_t missing;     ///< taps of rows below the image
  };
  [[nodiscard]] Row rowOf(const Cover& down, const PixelTimes& taken) const {
    const auto last = static_cast<std::size_t>(down.last * block_.width);
    return {last, down.first < 0 ? nullptr : taken.data() + down.first * block_.width,
            taken.data() + last, down.missing * block_.kernel_width};
  }

  /// When the beats of a window can be taken, the one before having been taken at `before`.
  [[nodiscard]] PixelTime available(const Row& row, const Cover& across, double before) const {
    constexpr double kRegisters = 2;
    const PixelTime& newest = row.newest[across.last];
    PixelTime time;
    time.first = before + 1;
    if (row.oldest != nullptr && across.first >= 0)
      time.first = std::max(time.first, row.oldest[across.first].first + kRegisters);
    // Beats behind those of the newest pixel.
    const double behind = static_cast<double>(row.missing + across.missing) * tap_beats_;
    time.last = std::max(time.first + span_, newest.last + kRegisters + behind);
    if (block_.order == WindowOrder::kDepthwise)
      time.last = std::max(time.last, newest.first + kRegisters + (behind + other_folds_));
    return time;
  }

  const PixelStream& input_;
  const SlidingWindowBlock& block_;
  double period_;
  std::int64_t folds_;
  double tap_beats_;    ///< beats from a tap to the next one
  double other_folds_;  ///< beats of all channel folds but one
  double span_;         ///< from the first beat of a window to its last one
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
