// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/network_spec.h"
#include "core/network/quant_spec.h"
#include "core/network/spec_fault.h"

namespace a2q {

/// Checks every bit width of a QuantSpec, and that each override names a layer that can take it.
[[nodiscard]] Checked<void> checkQuantSpec(const NetworkSpec& network, const QuantSpec& quant);

}  // namespace a2q
