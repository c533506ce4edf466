// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/integer/integer_network.h"

namespace a2q {

/// A file for other programs; resources/docs/exchange-formats.md describes both exactly.
enum class ExportFormat {
  kNpz,    ///< NumPy arrays and a description in JSON
  kQonnx,  ///< ONNX with the operators and data types of QONNX and FINN
};

/// One array of the file.
struct ExportedArray {
  std::string name;
  std::string type;  ///< "int8"; in QONNX the container and the data type, "float32 INT4"
  std::vector<std::int64_t> shape;
  std::int64_t bytes = 0;
};

/// A file in memory, and what is in it. Equal networks give equal bytes.
struct ExportedFile {
  std::string bytes;
  std::vector<ExportedArray> arrays;
};

/// The integers of a network in a format that others read. Errors: kExchangeLibrary (QONNX needs
/// the exchange library), kNotExported when the format cannot hold it.
[[nodiscard]] Result<ExportedFile> exportNetwork(const IntegerNetwork& network,
                                                 ExportFormat format);

}  // namespace a2q
