// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/export_network.h"

#include "core/integer/exchange/exchange_library.h"
#include "core/integer/exchange/npz_file.h"

namespace a2q {

Result<ExportedFile> exportNetwork(const IntegerNetwork& network, ExportFormat format) {
  if (format == ExportFormat::kNpz) return npzOf(network);
  auto library = openExchangeLibrary();
  if (!library) return forward(std::move(library));
  return (*library)->qonnx(network);
}

}  // namespace a2q
