// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "hw_backend/design/folding_tables.h"

namespace a2q {

/// Whether layers have what a person decides for them: weights, thresholds. Layers that are not in
/// the network are left to foldingTables(). Errors: kFoldingIllegal with the key and the layer.
[[nodiscard]] Status checkMemories(const DesignNetwork& network, const FoldingOverrides& overrides);

}  // namespace a2q
