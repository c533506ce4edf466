// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/base/run_control.h"
#include "hw_backend/estimate/synthesis_table.h"

namespace a2q {

/// The blocks of a design, each once.
[[nodiscard]] std::vector<Block> distinctBlocks(const DataflowDesign& design);

/// Whether there is what synthesises. Errors: kToolMissing, with what to install.
[[nodiscard]] Status canSynthesise();

/// Hears of every block that was synthesised; from one thread at a time.
using SynthesisSink = std::function<void(const BlockSynthesis&)>;

/// Synthesises every block of a plan on its own, each once, `jobs` at a time, with weights made up
/// within P; what was synthesised before comes from the cache. False: it was stopped before all
/// were done. Errors: those of measureBlocks().
[[nodiscard]] Result<bool> synthesiseBlocks(const DesignPlan& plan, int jobs,
                                            const SynthesisSink& done, const std::stop_token& stop);

/// The same, and what comes of it for the design; all of it is known then. None: it was stopped.
[[nodiscard]] Result<std::optional<DesignSynthesis>> synthesiseDesign(const DesignPlan& plan,
                                                                      int jobs,
                                                                      ProgressSink& progress,
                                                                      const std::stop_token& stop);

}  // namespace a2q
