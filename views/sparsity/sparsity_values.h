// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "views/common/run_story.h"

namespace a2q::views {

/// The share of zero weights of one layer over the epochs, in per cent [exact].
struct LayerSparsity {
  std::string layer;
  std::vector<double> epochs;  ///< from 1, over both phases
  std::vector<double> percent;
};

/// A channel whose weights are all zero.
struct DeadChannel {
  std::string layer;
  int channel = 0;
  bool operator==(const DeadChannel&) const = default;
};

/// A run in the plane of P and sparsity.
struct RunSparsity {
  int accumulator_bits = 0;
  double percent = 0;
};

/// zeros / (K · channels) in per cent; none before the first batch.
[[nodiscard]] std::optional<double> zeroPercent(const LayerSnapshot& layer);

/// Every layer of the story: the ends of its epochs, and the newest snapshot where the epoch that
/// is under way stands. Layers without weights known have no points.
[[nodiscard]] std::vector<LayerSparsity> sparsityOverEpochs(const RunStory& story);

/// Where the newest snapshot stands: the share of the epoch is from the steps so far.
[[nodiscard]] double newestEpoch(const RunStory& story);

/// Channels with ‖q‖₁ = 0 of the newest snapshot.
[[nodiscard]] std::vector<DeadChannel> deadChannels(const RunStory& story);

/// All weights of the newest snapshot, or of the last epoch where there is none. None for a run
/// that has no target P (float, QAT), or no weights yet.
[[nodiscard]] std::optional<RunSparsity> sparsityAgainstP(const RunStory& story);

}  // namespace a2q::views
