// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/product_table.h"

#include <algorithm>

namespace a2q {
namespace {

constexpr int kMostBits = 8;

double partialProducts(const Product& product) {
  return static_cast<double>(product.weights.bits) * product.input.width.bits;
}

}  // namespace

std::vector<Product> productGrid() {
  std::vector<Product> products;
  for (int w = 2; w <= kMostBits; ++w)
    for (int a = 1; a <= kMostBits; ++a) {
      products.push_back({{w}, {{a}, Signedness::kUnsigned}, false});
      products.push_back({{w}, {{a}, Signedness::kSigned}, false});
      if (a > 1) products.push_back({{w}, {{a}, Signedness::kSigned}, true});
    }
  return products;
}

double ProductTable::lut(const Product& product) const {
  Product nearest = product;
  nearest.weights.bits = std::clamp(product.weights.bits, 2, kMostBits);
  nearest.input.width.bits = std::min(product.input.width.bits, kMostBits);
  const auto row = std::ranges::find(rows_, nearest, &ProductMeasurement::product);
  if (row == rows_.end()) return 2 * partialProducts(product);
  return row->lut * partialProducts(product) / partialProducts(nearest);
}

}  // namespace a2q
