// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/exchange/export_network.h"

namespace a2q {

/// The network as NumPy arrays in a ZIP archive, its description as the entry network.json.
[[nodiscard]] Result<ExportedFile> npzOf(const IntegerNetwork& network);

}  // namespace a2q
