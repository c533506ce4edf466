// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "views/resources/hardware_story.h"

namespace a2q::views {

enum class ResourceKind { kLut, kFf, kBram, kDsp };
inline constexpr std::array kResourceKinds = {ResourceKind::kLut, ResourceKind::kFf,
                                              ResourceKind::kBram, ResourceKind::kDsp};

[[nodiscard]] double amountOf(const ResourceVector& vector, ResourceKind kind);
/// What it is counted in: "LUT6", or "LC" on iCE40; "FF"; "BRAM18", "EBR 4 kb"; "DSP".
[[nodiscard]] QString unitOf(const Family& family, ResourceKind kind);
/// Registers are no part of FINN's model.
[[nodiscard]] bool isEstimated(ModelKind model, ResourceKind kind);
/// 1: the whole device; infinite where the device has none of what is needed.
[[nodiscard]] double shareOf(double amount, const Device& device, ResourceKind kind);

/// What one layer takes, or at the end of the rows all of them together.
struct ResourceRow {
  std::size_t layer = 0;  ///< position in DesignNetwork::layers; 0: the total
  QString name;
  ResourceEstimate use;
  std::int64_t cycles = 0;                  ///< a sample, of its slowest block
  bool bottleneck = false;                  ///< its slowest block is that of the design
  std::optional<ResourceVector> synthesis;  ///< none: not known of all its blocks

  [[nodiscard]] bool isTotal() const { return layer == 0; }
};

/// The layers in order and the total; nothing without a plan.
[[nodiscard]] std::vector<ResourceRow> resourceRows(const HardwareStory& story);

}  // namespace a2q::views
