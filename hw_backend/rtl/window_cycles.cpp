// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/cycle_count.h"

namespace a2q {
namespace {

struct Position {
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t fold = 0;
};

/// The sequence of reads of a2q_sliding_window, and its line buffer's two counters of room.
class WindowModel {
 public:
  explicit WindowModel(const SlidingWindowBlock& block)
      : block_(block),
        folds_(block.channels / block.lanes),
        row_(block.rowBeats()),
        rows_out_((block.height + 2 * block.padding_height - block.kernel_height) /
                      block.stride_height +
                  1),
        columns_out_(
            (block.width + 2 * block.padding_width - block.kernel_width) / block.stride_width + 1),
        depth_(block.bufferWords()) {}

  /// The cycle in which the last beat of an image was read, images from `written` words on.
  std::int64_t runImage() {
    for (std::int64_t y = 0; y < rows_out_; ++y)
      for (std::int64_t x = 0; x < columns_out_; ++x) runWindow(y, x);
    ++image_;
    return cycle_;
  }

 private:
  void runWindow(std::int64_t y, std::int64_t x) {
    const std::int64_t top = y * block_.stride_height - block_.padding_height;
    const std::int64_t left = x * block_.stride_width - block_.padding_width;
    first_ = place({top, left, 0});
    const std::int64_t beats = block_.kernel_height * block_.kernel_width * folds_;
    for (std::int64_t beat = 0; beat < beats; ++beat) {
      const Position in_window = position(beat);
      read({top + in_window.y, left + in_window.x, in_window.fold});
    }
  }

  [[nodiscard]] Position position(std::int64_t beat) const {
    const std::int64_t taps = block_.kernel_height * block_.kernel_width;
    const bool depthwise = block_.order == WindowOrder::kDepthwise;
    const std::int64_t tap = depthwise ? beat % taps : beat / folds_;
    const std::int64_t fold = depthwise ? beat / taps : beat % folds_;
    return {tap / block_.kernel_width, tap % block_.kernel_width, fold};
  }

  /// The number of a word in the stream of all images; also for places outside the image.
  [[nodiscard]] std::int64_t place(Position at) const {
    return (image_ * block_.height + at.y) * row_ + at.x * folds_ + at.fold;
  }

  void read(Position at) {
    const bool outside = at.y < 0 || at.y >= block_.height || at.x < 0 || at.x >= block_.width;
    while (true) {
      const bool here = outside || written_ > place(at);
      if (written_ - first_ < depth_) ++written_;
      ++cycle_;
      if (here) return;
    }
  }

  const SlidingWindowBlock& block_;
  std::int64_t folds_;
  std::int64_t row_;
  std::int64_t rows_out_;
  std::int64_t columns_out_;
  std::int64_t depth_;
  std::int64_t image_ = 0;
  std::int64_t first_ = 0;  ///< the place where the window begins
  std::int64_t written_ = 0;
  std::int64_t cycle_ = 0;
};

}  // namespace

std::int64_t windowCycles(const SlidingWindowBlock& block) {
  WindowModel model(block);
  model.runImage();
  const std::int64_t second = model.runImage();
  return model.runImage() - second;
}

}  // namespace a2q
