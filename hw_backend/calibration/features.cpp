// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/features.h"

#include "hw_backend/calibration/feature_parts.h"

namespace a2q {
namespace {

/// Inputs of thresholds alone are codes of P bits that all differ.
constexpr double kAllBits = 64;

struct Reader {
  const Family& family;
  const ProductTable& products;

  [[nodiscard]] Features pipeline(const DotTerms& dot,
                                  const std::optional<ThresholdBlock>& thresholds) const {
    Features features = dot.terms;
    append(features, thresholdTerms(thresholds, dot.reach, family));
    addTerms(features.lut, {dot.stacked + stackedBits(thresholds, family)});
    return features;
  }

  Features operator()(const MvauBlock& block) const {
    return pipeline(dotTerms(dotShape(block), true, family, products), block.thresholds);
  }
  Features operator()(const DepthwiseBlock& block) const {
    return pipeline(dotTerms(dotShape(block), false, family, products), block.thresholds);
  }
  Features operator()(const ThresholdBlock& block) const {
    DotTerms none = dotTerms(DotShape{}, false, family, products);
    none.terms.lut.assign(none.terms.lut.size(), 0);
    none.terms.ff.assign(none.terms.ff.size(), 0);
    none.reach = kAllBits;
    none.terms.lut.front() = none.terms.ff.front() = 1;
    return pipeline(none, block);
  }
  Features operator()(const SlidingWindowBlock& block) const { return streamTerms(block, family); }
  Features operator()(const FifoBlock& block) const { return streamTerms(block, family); }
  Features operator()(const UpsampleBlock& block) const { return streamTerms(block, family); }
  Features operator()(const PixelShuffleBlock& block) const { return streamTerms(block, family); }
  template <class Other>
  Features operator()(const Other& block) const {
    return streamTerms(block);
  }
};

}  // namespace

Features featuresOf(const Block& block, const Family& family, const ProductTable& products) {
  return std::visit(Reader{family, products}, block);
}

std::size_t fitGroup(const Block& block) {
  const bool pipeline = dotShapeOf(block) || std::holds_alternative<ThresholdBlock>(block);
  return pipeline ? Block(MvauBlock{}).index() : block.index();
}

}  // namespace a2q
