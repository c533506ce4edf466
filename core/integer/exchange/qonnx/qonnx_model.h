// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/exchange/export_network.h"

namespace a2q {

/// ExchangeLibrary::qonnx: the network as a serialised ONNX model.
[[nodiscard]] Result<ExportedFile> qonnxOf(const IntegerNetwork& network);

}  // namespace a2q
