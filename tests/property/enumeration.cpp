// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/property/enumeration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace a2q::testing {
namespace {

void include(AccumulatorRange& range, std::int64_t value) {
  range.low = std::min<Int128>(range.low, value);
  range.high = std::max<Int128>(range.high, value);
}

void includeSubsetSums(AccumulatorRange& range, const Weights& weights, const Inputs& inputs) {
  std::vector<std::int64_t> sums = {0};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::int64_t product = weights[i] * inputs[i];
    const std::size_t known = sums.size();
    for (std::size_t s = 0; s < known; ++s) {
      sums.push_back(sums[s] + product);
      include(range, sums.back());
    }
  }
}

/// Adds any two of the values and goes on with one value less, until one is left.
void growTrees(AccumulatorRange& range, const std::vector<std::int64_t>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      std::vector<std::int64_t> rest = values;
      rest[i] += rest[j];
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(j));
      include(range, rest[i]);
      growTrees(range, rest);
    }
  }
}

}  // namespace

void forEachVector(int length, std::int64_t low, std::int64_t high,
                   const std::function<void(const Inputs&)>& visit) {
  Inputs vector(static_cast<std::size_t>(length), low);
  for (std::size_t place = 0; place < vector.size();) {
    visit(vector);
    for (place = 0; place < vector.size(); ++place) {
      if (vector[place] < high) {
        ++vector[place];
        break;
      }
      vector[place] = low;
    }
  }
}

Weights toWeights(const Inputs& values) {
  Weights weights;
  weights.reserve(values.size());
  for (const std::int64_t value : values) weights.push_back(static_cast<std::int32_t>(value));
  return weights;
}

AccumulatorRange enumeratedRange(const Weights& weights, IntegerRange inputs) {
  AccumulatorRange range;
  forEachVector(static_cast<int>(weights.size()), inputs.minimum, inputs.maximum,
                [&](const Inputs& vector) { includeSubsetSums(range, weights, vector); });
  return range;
}

AccumulatorRange rangeOverOrders(std::vector<std::int64_t> products) {
  AccumulatorRange range;
  std::sort(products.begin(), products.end());
  do {
    std::int64_t sum = 0;
    for (const std::int64_t product : products) include(range, sum += product);
  } while (std::next_permutation(products.begin(), products.end()));
  return range;
}

AccumulatorRange rangeOverTrees(const std::vector<std::int64_t>& products) {
  AccumulatorRange range;
  for (const std::int64_t product : products) include(range, product);
  growTrees(range, products);
  return range;
}

std::vector<IntegerFormat> smallFormats(int widest) {
  std::vector<IntegerFormat> formats;
  for (int bits = 1; bits <= widest; ++bits) {
    formats.push_back({{bits}, Signedness::kUnsigned});
    formats.push_back({{bits}, Signedness::kSigned});
  }
  return formats;
}

std::string describeCase(const Weights& weights, IntegerRange inputs) {
  return fmt::format("q = [{}], x in [{}, {}]", fmt::join(weights, ", "), inputs.minimum,
                     inputs.maximum);
}

}  // namespace a2q::testing
