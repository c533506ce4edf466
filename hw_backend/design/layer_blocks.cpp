// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/layer_blocks.h"

#include <algorithm>

#include "core/network/code_ranges.h"
#include "hw_backend/design/window_cover.h"

namespace a2q {
namespace {

std::optional<ThresholdBlock> thresholdBlock(const DesignLayer& layer,
                                             const LayerFolding& folding) {
  if (!layer.thresholds) return std::nullopt;
  return ThresholdBlock{
      layer.output.channels,   folding.pe,
      layer.accumulator,       (std::int64_t{1} << layer.thresholds->width.bits) - 1,
      *layer.thresholds,       folding.thresholds,
      folding.threshold_memory};
}

/// Cycles that thresholds need for a beat.
std::int64_t thresholdSteps(const DesignLayer& layer, const LayerFolding& folding) {
  const bool searches = layer.thresholds && folding.thresholds == ThresholdStyle::kBinarySearch;
  return searches ? layer.thresholds->width.bits : 1;
}

/// Cycles that dot products or a pool need for a beat that is given.
std::int64_t workOf(const DesignLayer& layer, const LayerFolding& folding) {
  switch (layer.operation) {
    case DesignOperation::kDense: return layer.matrixWidth() / folding.simd;
    case DesignOperation::kDepthwise:
    case DesignOperation::kPool: return layer.taps();
    case DesignOperation::kSource:
    case DesignOperation::kThresholds:
    case DesignOperation::kAdd:
    case DesignOperation::kConcat:
    case DesignOperation::kUpsample:
    case DesignOperation::kShuffle: break;
  }
  return 1;
}

}  // namespace

std::optional<SlidingWindowBlock> windowBlock(const DesignLayer& layer,
                                              const LayerFolding& folding) {
  if (!layer.hasWindow()) return std::nullopt;
  const bool dense = layer.operation == DesignOperation::kDense;
  return SlidingWindowBlock{layer.input.channels,
                            layer.input.height,
                            layer.input.width,
                            layer.kernel.height,
                            layer.kernel.width,
                            layer.stride.height,
                            layer.stride.width,
                            layer.padding.height,
                            layer.padding.width,
                            inputLanes(layer, folding),
                            layer.input_formats.front(),
                            dense ? WindowOrder::kDense : WindowOrder::kDepthwise,
                            folding.window};
}

std::optional<Block> computeBlock(const DesignLayer& layer, const LayerFolding& folding) {
  switch (layer.operation) {
    case DesignOperation::kDense:
      return MvauBlock{layer.matrixWidth(), layer.output.channels, folding.pe,
                       folding.simd,        layer.weights,         layer.input_formats.front(),
                       layer.accumulator,   folding.weights,       thresholdBlock(layer, folding)};
    case DesignOperation::kDepthwise:
      return DepthwiseBlock{layer.output.channels,
                            layer.taps(),
                            folding.pe,
                            layer.weights,
                            layer.input_formats.front(),
                            layer.accumulator,
                            folding.weights,
                            thresholdBlock(layer, folding)};
    case DesignOperation::kThresholds: return *thresholdBlock(layer, folding);
    case DesignOperation::kPool:
      return PoolBlock{layer.output.channels,       layer.taps(),        folding.pe,
                       layer.input_formats.front(), layer.output_format, layer.sums};
    case DesignOperation::kSource:
    case DesignOperation::kAdd:
    case DesignOperation::kConcat:
    case DesignOperation::kUpsample:
    case DesignOperation::kShuffle: break;
  }
  return std::nullopt;
}

std::optional<Block> reshapeBlock(const DesignLayer& layer, const LayerFolding& folding) {
  const BitWidth value = layer.output_format.width;
  if (layer.operation == DesignOperation::kUpsample)
    return UpsampleBlock{layer.output.channels, layer.input.width, layer.factor, folding.pe, value,
                         folding.window};
  if (layer.operation == DesignOperation::kShuffle)
    return PixelShuffleBlock{layer.output.channels, layer.input.width, layer.factor, value,
                             folding.window};
  return std::nullopt;
}

std::optional<Block> lineBuffer(const DesignLayer& layer, const LayerFolding& folding) {
  if (const auto window = windowBlock(layer, folding)) return *window;
  return reshapeBlock(layer, folding);
}

Block joinBlock(const DesignLayer& layer, const LayerFolding& folding, std::size_t next) {
  if (layer.operation == DesignOperation::kAdd) return adderBlock(layer, folding, next);
  ConcatBlock block{0,
                    layer.parts[next],
                    folding.pe,
                    next == 1 ? layer.input_formats.front() : layer.output_format,
                    layer.input_formats[next],
                    layer.output_format};
  for (std::size_t i = 0; i < next; ++i) block.left_channels += layer.parts[i];
  return block;
}

AddBlock adderBlock(const DesignLayer& layer, const LayerFolding& folding, std::size_t next) {
  IntegerRange sum = rangeOf(layer.input_formats.front());
  for (std::size_t i = 1; i < next; ++i) {
    sum.minimum += layer.input_formats[i].minimum();
    sum.maximum += layer.input_formats[i].maximum();
  }
  const IntegerFormat left = formatOf(sum);
  const IntegerFormat right = layer.input_formats[next];
  sum.minimum += right.minimum();
  sum.maximum += right.maximum();
  const bool last = next + 1 == layer.input_formats.size();
  return {folding.pe, left, right, last ? layer.output_format : formatOf(sum)};
}

FifoBlock outputFifo(const DesignLayer& layer, const LayerFolding& folding) {
  return {2, outputLanes(folding) * layer.output_format.width.bits, MemoryStyle::kLogic};
}

ForkBlock outputFork(const DesignLayer& layer, const LayerFolding& folding) {
  return {outputLanes(folding) * layer.output_format.width.bits};
}

std::int64_t windowCycles(const DesignLayer& layer, const LayerFolding& folding) {
  const std::int64_t lanes = inputLanes(layer, folding);
  const std::int64_t taken = layer.input.size() / lanes;
  const std::int64_t given = layer.pixels() * layer.taps() * layer.input.channels / lanes;
  return std::max(taken, given + refillCycles(*windowBlock(layer, folding)));
}

std::int64_t unitCycles(const DesignLayer& layer, const LayerFolding& folding) {
  const std::int64_t beats = layer.output.size() / folding.pe;
  return beats * std::max(workOf(layer, folding), thresholdSteps(layer, folding));
}

std::int64_t computeCycles(const DesignLayer& layer, const LayerFolding& folding) {
  const std::int64_t cycles = unitCycles(layer, folding);
  const auto window = windowBlock(layer, folding);
  if (!window) return cycles;
  // An MVAU that goes through a vector again gives the window time.
  const bool replays = layer.operation == DesignOperation::kDense;
  const std::int64_t again =
      replays ? (layer.output.channels / folding.pe - 1) * workOf(layer, folding) : 0;
  return cycles + std::max<std::int64_t>(refillCycles(*window) - again, 0);
}

std::int64_t converterCycles(const WidthConverterBlock& block, std::int64_t values) {
  return values / std::min(block.input_lanes, block.output_lanes);
}

}  // namespace a2q
