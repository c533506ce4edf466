// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "hw_backend/design/block_clock.h"
#include "hw_backend/design/dataflow_design.h"

namespace a2q {

/// A stream between stages while a design grows.
struct DesignStream {
  std::vector<std::size_t> stages;  ///< that give it; none: the host
  std::int64_t lanes = 1;
  PixelStream timing;
};

/// The stages of a design, one after the other, and when they give their pixels.
class StageChain {
 public:
  /// Samples come every `period` cycles.
  explicit StageChain(double period) : period_(period) {}

  /// Which layer the next stages are of.
  void enter(std::size_t layer) { layer_ = layer; }

  /// A stage, busy for `cycles` a sample, that gives `beats` within `span`; returns its position.
  std::size_t append(const Block& block, std::vector<std::size_t> inputs, std::int64_t beats,
                     std::int64_t cycles, PixelTime span);

  /// The same, that gives `timing`.
  DesignStream append(const Block& block, std::vector<std::size_t> inputs, std::int64_t cycles,
                      std::int64_t lanes, PixelStream timing);

  /// A stage that takes a pixel after the other and gives `beats` beats in all; notes in `taken`,
  /// where that is wanted, when it takes each.
  DesignStream appendClocked(const Block& block, DesignStream stream, std::int64_t beats,
                             std::int64_t cycles, std::int64_t lanes, PixelTimes* taken = nullptr);

  /// A stage that only passes on, as FIFOs and forks do: all comes later by its registers.
  DesignStream appendPassing(const Block& block, DesignStream stream);

  /// The clock of a block that takes and gives so many beats a pixel, busy for `cycles` a sample of
  /// `pixels`.
  [[nodiscard]] BlockClock clockOf(const Block& block, std::int64_t in, std::int64_t out,
                                   std::int64_t cycles, std::int64_t pixels) const;

  [[nodiscard]] double period() const { return period_; }
  /// Whether samples follow each other.
  [[nodiscard]] bool steady() const { return period_ != kNever; }
  [[nodiscard]] std::vector<Stage> take() { return std::move(stages_); }

 private:
  double period_;
  std::size_t layer_ = 0;
  std::vector<Stage> stages_;
  PixelTimes spare_;  ///< room for the times that a stage gives
};

}  // namespace a2q
