// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/folding.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace a2q {
namespace {

/// "12 or 16": the legal values below and above one that is not.
std::string nearestOf(const std::vector<std::int64_t>& legal, std::int64_t value) {
  const auto above = std::ranges::lower_bound(legal, value);
  if (above == legal.begin()) return fmt::format("{}", legal.front());
  if (above == legal.end()) return fmt::format("{}", legal.back());
  return fmt::format("{} or {}", *std::prev(above), *above);
}

Status check(const DesignLayer& layer, std::string_view what, std::int64_t value,
             const std::vector<std::int64_t>& legal, const std::string& constraint) {
  if (std::ranges::binary_search(legal, value)) return {};
  return fail(ErrorCode::kFoldingIllegal,
              fmt::format("layer '{}' cannot have {} = {}", layer.name, what, value), constraint,
              fmt::format("The nearest legal value is {}; legal are {}.", nearestOf(legal, value),
                          fmt::join(legal, ", ")));
}

/// What the lanes of a layer must divide: its channels, of a concatenation those of every input.
std::int64_t commonChannels(const DesignLayer& layer) {
  std::int64_t common = layer.output.channels;
  for (const std::int64_t part : layer.parts) common = std::gcd(common, part);
  return common;
}

std::string constraintOf(const DesignLayer& layer) {
  switch (layer.operation) {
    case DesignOperation::kShuffle: return "a pixel shuffle moves one value at a time";
    case DesignOperation::kConcat:
      return fmt::format("PE must divide the channels of every input: {}",
                         fmt::join(layer.parts, ", "));
    default: return fmt::format("PE must divide its {} output channels", layer.output.channels);
  }
}

}  // namespace

std::vector<std::int64_t> divisorsOf(std::int64_t n) {
  std::vector<std::int64_t> low;
  std::vector<std::int64_t> high;
  for (std::int64_t d = 1; d * d <= n; ++d) {
    if (n % d != 0) continue;
    low.push_back(d);
    if (d != n / d) high.push_back(n / d);
  }
  low.insert(low.end(), high.rbegin(), high.rend());
  return low;
}

std::vector<std::int64_t> legalPe(const DesignLayer& layer) {
  if (layer.operation == DesignOperation::kShuffle) return {1};
  return divisorsOf(commonChannels(layer));
}

std::vector<std::int64_t> legalSimd(const DesignLayer& layer) {
  if (layer.operation != DesignOperation::kDense) return {1};
  return divisorsOf(layer.input.channels);
}

std::int64_t inputLanes(const DesignLayer& layer, const LayerFolding& folding) {
  return layer.operation == DesignOperation::kDense ? folding.simd : folding.pe;
}

std::int64_t outputLanes(const LayerFolding& folding) { return folding.pe; }

Status checkFolding(const DesignLayer& layer, const LayerFolding& folding) {
  Status pe = check(layer, "PE", folding.pe, legalPe(layer), constraintOf(layer));
  if (!pe) return pe;
  return check(layer, "SIMD", folding.simd, legalSimd(layer),
               layer.operation == DesignOperation::kDense
                   ? fmt::format("SIMD must divide its {} input channels", layer.input.channels)
                   : "only dense dot products have SIMD; this layer multiplies one tap at a time");
}

Status checkFolding(const DesignNetwork& network, const FoldingSpec& folding) {
  if (folding.layers.size() != network.layers.size()) {
    return fail(
        ErrorCode::kFoldingIllegal,
        fmt::format("{} foldings for {} layers", folding.layers.size(), network.layers.size()),
        "each layer has one");
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (Status status = checkFolding(network.layers[i], folding.layers[i]); !status) return status;
  }
  return {};
}

}  // namespace a2q
