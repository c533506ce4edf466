// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "hw_backend/calibration/product_table.h"
#include "hw_backend/design/block.h"
#include "hw_backend/device/resource_vector.h"

namespace a2q {

/// What synthesis made of one block; on iCE40 `use.lut` are logic cells.
struct Measurement {
  Block block;
  bool held_out = false;
  ResourceVector use;
};

/// All measurements of a family, and what they were made with.
struct MeasurementTable {
  std::string family;
  std::string tool;  ///< "Yosys 0.23 (git sha1 ...)"
  std::vector<Measurement> rows;
  std::vector<ProductMeasurement> products = {};
  std::filesystem::path file = {};  ///< a person's own; empty: what the program brings
};

/// As text: two lines of what it is, a line of names, and a line a block with comma-separated
/// values, the block itself as blockText() writes it; then a line a product: "product,", its LUTs,
/// bits of the weight, format of the input, and 1 where its sign bit is apart; the last line counts
/// both, so that a file that was cut off is known. Older files have no such line.
[[nodiscard]] std::string measurementsText(const MeasurementTable& table);

/// Read back. Errors: kFileFormat with the line.
[[nodiscard]] Result<MeasurementTable> measurementsFromText(std::string_view text,
                                                            std::string_view name);

}  // namespace a2q
