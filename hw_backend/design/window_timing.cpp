// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/window_timing.h"

#include <algorithm>

namespace a2q {
namespace {

/// After the first one, a sample finds what the one before left.
constexpr int kSamples = 3;

std::int64_t outputs(std::int64_t size, std::int64_t kernel, std::int64_t stride,
                     std::int64_t padding) {
  return (size + 2 * padding - kernel) / stride + 1;
}

class WindowClock {
 public:
  WindowClock(const PixelStream& input, const SlidingWindowBlock& block, double period)
      : input_(input),
        block_(block),
        period_(period),
        folds_(block.channels / block.lanes),
        taps_(block.kernel_height * block.kernel_width),
        rows_(
            outputs(block.height, block.kernel_height, block.stride_height, block.padding_height)),
        columns_(outputs(block.width, block.kernel_width, block.stride_width, block.padding_width)),
        room_((block.kernel_height + block.stride_height - 2) * block.width + block.kernel_width +
              block.stride_width - 1),
        moved_(static_cast<std::size_t>(rows_ * columns_), -period) {
    places_.reserve(moved_.size());
    for (std::int64_t row = 0; row < rows_; ++row)
      for (std::int64_t column = 0; column < columns_; ++column)
        places_.push_back(topOf(row) * block.width + leftOf(column));
  }

  WindowTiming run(BlockClock& unit, std::int64_t out) {
    WindowTiming timing{{}, {taps_ * folds_, {}}, {out, {}}};
    taken_.clear();
    gate_ = 0;
    double last_taken = std::max(-1.0, moved_.back() - period_);
    taken_.reserve(input_.pixels.size());
    timing.window.pixels.reserve(moved_.size());
    timing.given.pixels.reserve(moved_.size());
    std::size_t i = 0;
    for (std::int64_t row = 0; row < rows_; ++row) {
      for (std::int64_t column = 0; column < columns_; ++column) {
        const PixelTime window = available(topOf(row), leftOf(column), last_taken);
        const BlockClock::Step step = unit.next(window);
        last_taken = step.taken.last;
        moved_[i++] = step.taken.last;
        timing.window.pixels.push_back(window);
        timing.given.pixels.push_back(step.given);
      }
    }
    takeUpTo(block_.height * block_.width - 1);
    timing.taken = taken_;
    return timing;
  }

 private:
  /// Where a window begins; before 0 and beside the image too.
  [[nodiscard]] std::int64_t topOf(std::int64_t row) const {
    return row * block_.stride_height - block_.padding_height;
  }
  [[nodiscard]] std::int64_t leftOf(std::int64_t column) const {
    return column * block_.stride_width - block_.padding_width;
  }

  /// Takes pixels up to this one: each when the window that makes room for it is the current one.
  void takeUpTo(std::int64_t pixel) {
    const std::int64_t size = block_.height * block_.width;
    for (auto next = static_cast<std::int64_t>(taken_.size()); next <= pixel; ++next) {
      // The window before the first one whose place is far enough, counted from the last sample's.
      while (gate_ < 2 * moved_.size() && placeOf(gate_) + room_ <= next + size) ++gate_;
      const double free = gate_ == 0 ? -period_ : endOf(gate_ - 1);
      const PixelTime& came = input_.pixels[static_cast<std::size_t>(next)];
      const double before = taken_.empty() ? -period_ : taken_.back().last;
      const double first = std::max({came.first, free + 1, before + 1});
      taken_.push_back({first, std::max(came.last, first + static_cast<double>(folds_ - 1))});
    }
  }
  /// Windows of the sample before come first.
  [[nodiscard]] std::int64_t placeOf(std::size_t window) const {
    const std::size_t count = places_.size();
    return window < count ? places_[window]
                          : places_[window - count] + block_.height * block_.width;
  }
  [[nodiscard]] double endOf(std::size_t window) const {
    const std::size_t count = moved_.size();
    return window < count ? moved_[window] - period_ : moved_[window - count];
  }

  /// When the beats of a window can be taken, the one before having been taken at `before`.
  PixelTime available(std::int64_t top, std::int64_t left, double before) {
    const std::int64_t bottom = std::min(top + block_.kernel_height, block_.height) - 1;
    const std::int64_t right = std::min(left + block_.kernel_width, block_.width) - 1;
    takeUpTo(bottom * block_.width + right);
    const PixelTime& newest = taken_[static_cast<std::size_t>(bottom * block_.width + right)];
    // Taps behind the newest pixel's.
    const std::int64_t behind = taps_ - 1 - ((bottom - top) * block_.kernel_width + (right - left));
    constexpr double kRegisters = 2;
    PixelTime time;
    time.first = before + 1;
    if (top >= 0 && left >= 0)
      time.first =
          std::max(time.first,
                   taken_[static_cast<std::size_t>(top * block_.width + left)].first + kRegisters);
    time.last = std::max({time.first + static_cast<double>(taps_ * folds_ - 1),
                          newest.last + kRegisters + static_cast<double>(behind * folds_)});
    if (block_.order == WindowOrder::kDepthwise)
      time.last =
          std::max({time.first + static_cast<double>(taps_ * folds_ - 1),
                    newest.first + kRegisters + static_cast<double>(behind + (folds_ - 1) * taps_),
                    newest.last + kRegisters + static_cast<double>(behind)});
    return time;
  }

  const PixelStream& input_;
  const SlidingWindowBlock& block_;
  double period_;
  std::int64_t folds_;
  std::int64_t taps_;
  std::int64_t rows_;
  std::int64_t columns_;
  std::int64_t room_;  ///< pixels from a window's first on
  std::vector<double>
      moved_;  ///< when the last beat of a window was taken, of this or the last run
  std::vector<std::int64_t> places_;  ///< of the first pixel of each window
  std::vector<PixelTime> taken_;
  std::size_t gate_ = 0;
};

}  // namespace

std::int64_t refillCycles(const SlidingWindowBlock& block) {
  const std::int64_t folds = block.channels / block.lanes;
  const std::int64_t rows =
      outputs(block.height, block.kernel_height, block.stride_height, block.padding_height);
  const std::int64_t columns =
      outputs(block.width, block.kernel_width, block.stride_width, block.padding_width);
  const std::int64_t last_first =
      ((rows - 1) * block.stride_height - block.padding_height) * block.rowBeats() +
      ((columns - 1) * block.stride_width - block.padding_width) * folds;
  const std::int64_t held = last_first + block.bufferWords() - block.height * block.rowBeats();
  const std::int64_t taps = block.kernel_height * block.kernel_width;
  std::int64_t cycles = 0;
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    const std::int64_t y = tap / block.kernel_width - block.padding_height;
    const std::int64_t x = tap % block.kernel_width - block.padding_width;
    if (y < 0 || x < 0 || y >= block.height || x >= block.width) continue;
    // Of a pixel's beats the first one waits longest.
    const std::int64_t beat = block.order == WindowOrder::kDense ? tap * folds : tap;
    const std::int64_t missing = y * block.rowBeats() + x * folds + 1 - held;
    cycles = std::max(cycles, missing - beat);
  }
  return cycles;
}

WindowTiming throughWindow(const PixelStream& input, const SlidingWindowBlock& block,
                           BlockClock unit, std::int64_t out, double period) {
  WindowClock clock(input, block, period);
  for (int sample = period == kNever ? kSamples : 1;; ++sample) {
    WindowTiming timing = clock.run(unit, out);
    unit.nextSample(period);
    if (sample >= kSamples || unit.settled(input.first())) return timing;
  }
}

}  // namespace a2q
