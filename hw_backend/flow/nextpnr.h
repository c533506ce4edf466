// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// A netlist (as synthesiseNetlist() gives it) to be placed and routed by nextpnr-FAMILY; `options`
/// name the device and its package: "--hx8k --package ct256". Pins are chosen by nextpnr.
struct PlacementJob {
  std::string netlist;
  std::string family;
  std::string options;
};

/// What became of it.
struct Placement {
  double clock_hz = 0;           ///< the slowest clock's highest rate, from static timing analysis
  std::int64_t logic_cells = 0;  ///< as packed
  bool operator==(const Placement&) const = default;
};

/// Places and routes; a job that was done before, with the same version, is answered from the
/// cache. None: it was stopped. Errors: kToolMissing, kToolFailed (it does not fit, say, or gives
/// no report), kWriteFailed.
[[nodiscard]] Result<std::optional<Placement>> placeAndRoute(const PlacementJob& job,
                                                             std::stop_token stop = {});

/// "nextpnr-ice40 (Version 0.4-1+b1)". None: it was stopped. Errors: kToolMissing, kToolFailed.
[[nodiscard]] Result<std::optional<std::string>> nextpnrVersion(const std::string& family,
                                                                const std::stop_token& stop = {});

}  // namespace a2q
