// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <span>

#include "core/bounds/accumulator_bounds.h"
#include "hw_backend/rtl/dot_shape.h"
#include "hw_backend/rtl/example_constants.h"
#include "tests/hw_backend/rtl/cases.h"

namespace a2q::rtl_test {
namespace {

constexpr IntegerFormat unsignedBits(int bits) { return {{bits}, Signedness::kUnsigned}; }
constexpr IntegerFormat signedBits(int bits) { return {{bits}, Signedness::kSigned}; }

/// The inputs that drive each row to both ends of its range, rows × 2 × length.
Integers witnesses(const DotShape& dot, const std::vector<std::int32_t>& weights) {
  Integers inputs;
  for (std::int64_t row = 0; row < dot.rows; ++row)
    for (const auto side : {WitnessSide::kLow, WitnessSide::kHigh}) {
      const auto channel = std::span(weights).subspan(static_cast<std::size_t>(row * dot.length),
                                                      static_cast<std::size_t>(dot.length));
      const auto witness = witnessOf(channel, rangeOf(dot.input), side);
      inputs.insert(inputs.end(), witness.inputs.begin(), witness.inputs.end());
    }
  return inputs;
}

DotProduct referenceOf(const DotShape& dot, const BlockConstants& constants, Extent kernel,
                       std::int64_t groups) {
  DotProduct product;
  product.weights.channels = dot.rows;
  product.weights.k = dot.length;
  product.weights.weight_bits = dot.weights;
  product.weights.input_format = dot.input;
  product.weights.input_range = rangeOf(dot.input);
  product.weights.values = constants.weights;
  product.kernel = kernel;
  product.groups = groups;
  return product;
}

/// What P bits keep of the sums; the same sums wherever nothing overflows.
Integers wrapped(const Integers& sums, BitWidth accumulator) {
  Integers result;
  for (const std::int64_t sum : sums) {
    const int unused = 64 - accumulator.bits;
    result.push_back(static_cast<std::int64_t>(static_cast<std::uint64_t>(sum) << unused) >>
                     unused);
  }
  return result;
}

/// The sums of [pixels][rows], or the codes that thresholds make of them.
StreamValues outputOf(const DotShape& dot, const std::optional<ThresholdBlock>& thresholds,
                      const BlockConstants& constants, const Integers& sums) {
  if (!thresholds) return {"out", dot.pe, dot.accumulator.bits, true, sums};
  const Shape shape{dot.rows, 1, 1};
  return {"out", dot.pe, thresholds->output.width.bits, thresholds->output.isSigned(),
          referencePlanes(thresholdOperation(*thresholds, constants), shape, shape, sums)};
}

BenchCase mvauCase(std::string name, const MvauBlock& block, const BlockConstants& constants) {
  constexpr std::size_t kRandomVectors = 30;
  const DotShape dot = dotShape(block);
  Integers inputs = witnesses(dot, constants.weights);
  const auto more =
      randomValues(block.input, kRandomVectors * static_cast<std::size_t>(block.mw), 7);
  inputs.insert(inputs.end(), more.begin(), more.end());
  const Shape shape{block.mw, 1, 1};
  const auto sums = wrapped(referenceSums(referenceOf(dot, constants, {1, 1}, 1), shape, inputs),
                            block.accumulator);
  BenchCase made{.name = std::move(name), .block = block, .constants = constants};
  made.samples = static_cast<std::int64_t>(inputs.size()) / block.mw;
  made.inputs = {{"in", block.simd, block.input.width.bits, block.input.isSigned(), inputs}};
  made.outputs = {outputOf(dot, block.thresholds, constants, sums)};
  return made;
}

/// [pixel][channel][tap] as the unit takes it: [pixel][fold][tap][lane].
Integers depthwiseOrder(const DepthwiseBlock& block, const Integers& inputs) {
  return transposed(inputs, block.pe, block.taps);
}

BenchCase depthwiseCase(std::string name, const DepthwiseBlock& block, Extent kernel) {
  constexpr std::size_t kRandomPixels = 20;
  const DotShape dot = dotShape(block);
  const auto constants = exampleConstants(block, 3);
  // All channels at their low ends, then all at their high ends.
  Integers inputs;
  const auto all = witnesses(dot, constants.weights);
  for (std::int64_t side = 0; side < 2; ++side)
    for (std::int64_t row = 0; row < dot.rows; ++row)
      for (std::int64_t tap = 0; tap < dot.length; ++tap)
        inputs.push_back(all[static_cast<std::size_t>((row * 2 + side) * dot.length + tap)]);
  const auto more =
      randomValues(block.input, kRandomPixels * static_cast<std::size_t>(dot.rows * dot.length), 8);
  inputs.insert(inputs.end(), more.begin(), more.end());
  const Shape shape{block.channels, kernel.height, kernel.width};
  const auto sums =
      referenceSums(referenceOf(dot, constants, kernel, block.channels), shape, inputs);
  BenchCase made{.name = std::move(name), .block = block, .constants = constants};
  made.samples = static_cast<std::int64_t>(inputs.size()) / (dot.rows * dot.length);
  made.inputs = {{"in", block.pe, block.input.width.bits, block.input.isSigned(),
                  depthwiseOrder(block, inputs)}};
  made.outputs = {outputOf(dot, block.thresholds, constants, sums)};
  return made;
}

MvauBlock mvau(std::int64_t mw, std::int64_t mh, std::int64_t pe, std::int64_t simd, int weights,
               IntegerFormat input, int accumulator) {
  return {mw, mh, pe, simd, {weights}, input, {accumulator}, MemoryStyle::kLogic, std::nullopt};
}

MvauBlock with(MvauBlock block, IntegerFormat output, ThresholdStyle style) {
  block.thresholds = ThresholdBlock{
      block.mh, block.pe, block.accumulator, (std::int64_t{1} << output.width.bits) - 1,
      output,   style};
  return block;
}

std::vector<MvauBlock> mvauBlocks() {
  constexpr auto kParallel = ThresholdStyle::kParallel;
  constexpr auto kSearch = ThresholdStyle::kBinarySearch;
  std::vector<MvauBlock> blocks = {
      mvau(12, 6, 2, 3, 4, unsignedBits(4), 8),
      mvau(12, 6, 6, 12, 3, signedBits(2), 6),
      mvau(8, 4, 1, 1, 2, unsignedBits(1), 3),
      mvau(8, 4, 4, 8, 4, unsignedBits(4), 7),
      mvau(20, 5, 1, 4, 8, signedBits(8), 15),
      mvau(6, 3, 3, 1, 4, unsignedBits(4), 32),
      mvau(48, 4, 2, 1, 4, unsignedBits(4), 12),
      with(mvau(16, 8, 4, 4, 4, unsignedBits(4), 10), unsignedBits(4), kParallel),
      with(mvau(16, 8, 2, 8, 4, unsignedBits(4), 10), unsignedBits(4), kSearch),
      with(mvau(16, 4, 4, 1, 3, signedBits(4), 9), signedBits(3), kParallel),
      with(mvau(6, 6, 3, 6, 4, unsignedBits(3), 9), unsignedBits(2), kParallel),
      with(mvau(9, 3, 3, 1, 4, unsignedBits(2), 8), signedBits(3), kSearch),
      with(mvau(10, 4, 2, 5, 8, unsignedBits(8), 18), unsignedBits(3), kSearch),
      with(mvau(5, 3, 3, 5, 2, signedBits(1), 4), unsignedBits(1), kParallel),
  };
  blocks[4].memory = MemoryStyle::kBlock;
  blocks[12].memory = MemoryStyle::kBlock;
  return blocks;
}

/// Weights that are safe with one bit more than the block has.
BenchCase narrowCase() {
  const auto block = mvau(12, 6, 2, 3, 4, unsignedBits(4), 8);
  auto wider = block;
  ++wider.accumulator.bits;
  auto made = mvauCase("narrow", block, exampleConstants(wider, 1));
  made.overflows = true;
  made.proof = OverflowProof::kElsewhere;
  return made;
}

DepthwiseBlock depthwise(std::int64_t channels, std::int64_t taps, std::int64_t pe, int weights,
                         IntegerFormat input, int accumulator) {
  return {channels, taps, pe, {weights}, input, {accumulator}, MemoryStyle::kLogic, std::nullopt};
}

}  // namespace

std::vector<BenchCase> dotCases() {
  std::vector<BenchCase> cases;
  for (const MvauBlock& block : mvauBlocks())
    cases.push_back(
        mvauCase(fmt::format("mvau{}", cases.size()), block, exampleConstants(block, 1)));
  cases.push_back(narrowCase());
  cases.push_back(depthwiseCase("depthwise0", depthwise(6, 9, 2, 4, unsignedBits(4), 8), {3, 3}));
  cases.push_back(depthwiseCase("depthwise1", depthwise(4, 4, 4, 3, signedBits(3), 7), {2, 2}));
  auto block = depthwise(3, 6, 1, 4, unsignedBits(4), 9);
  block.thresholds = ThresholdBlock{3, 1, {9}, 7, signedBits(3), ThresholdStyle::kBinarySearch};
  block.memory = MemoryStyle::kBlock;
  cases.push_back(depthwiseCase("depthwise2", block, {2, 3}));
  block = depthwise(4, 1, 2, 4, signedBits(4), 8);
  block.thresholds = ThresholdBlock{4, 2, {8}, 15, unsignedBits(4), ThresholdStyle::kParallel};
  cases.push_back(depthwiseCase("depthwise3", block, {1, 1}));
  return cases;
}

}  // namespace a2q::rtl_test
