// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/integer/exchange/export_network.h"

namespace a2q {

/// What needs ONNX and protobuf. They register a thousand types when they are loaded, so that they
/// lie in a library of their own that is opened on first use.
struct ExchangeLibrary {
  /// The network in QONNX.
  Result<ExportedFile> (*qonnx)(const IntegerNetwork& network);
};

/// Opens the library on first use. Errors: kExchangeLibrary.
[[nodiscard]] Result<const ExchangeLibrary*> openExchangeLibrary();

}  // namespace a2q
