// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/bounds/integer_format.h"

namespace a2q {

/// A product of the library, a2q_product: bits of weight and input, and whether the sign bit of the
/// input is multiplied apart.
struct Product {
  BitWidth weights;
  IntegerFormat input;
  bool split = false;
  bool operator==(const Product&) const = default;
};

/// What one takes on its own, in the family's unit of area.
struct ProductMeasurement {
  Product product;
  double lut = 0;
};

/// The products that a calibration measures: up to eight bits each, since those of larger ones grow
/// as their area of partial products does.
[[nodiscard]] std::vector<Product> productGrid();

/// What products take. How a tool minimises one of a few bits follows no formula, so it is looked
/// up.
class ProductTable {
 public:
  explicit ProductTable(const std::vector<ProductMeasurement>& rows) : rows_(rows) {}

  /// Beyond the measured ones: the nearest, times how many more partial products there are; without
  /// any measurement twice the number of partial products.
  [[nodiscard]] double lut(const Product& product) const;

 private:
  std::vector<ProductMeasurement> rows_;
};

}  // namespace a2q
