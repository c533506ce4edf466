// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "core/integer/fast/dot_run.h"
#include "core/integer/fast/fast_program.h"

namespace a2q {

/// Takes groups of samples through a program, step by step. Memory of values that are no longer
/// needed is used again, also by the next group.
class GroupRun {
 public:
  GroupRun(const FastProgram& program, const BoundProgram& bound);

  /// Codes [samples, C, H, W] of at most `lanes` samples.
  void start(std::span<const std::int32_t> codes, std::int64_t samples);
  /// Runs a step.
  void run(std::size_t step);
  /// Gives up the values that a step was the last to read.
  void release(std::size_t step);
  [[nodiscard]] const LaneTensor& value(std::size_t node) const { return values_[node]; }
  [[nodiscard]] std::int64_t samples() const { return samples_; }
  /// Releases what is left.
  void finish();

 private:
  void allocate(std::size_t node, const LaneFormat& format);
  void free(std::size_t node);

  const FastProgram& program_;
  const BoundProgram& bound_;
  const LaneKernels& kernels_;
  std::span<const std::int32_t> codes_;
  std::int64_t samples_ = 0;
  std::vector<LaneTensor> values_;
  std::vector<AlignedBuffer> unused_;
  DotScratch scratch_;
};

}  // namespace a2q
