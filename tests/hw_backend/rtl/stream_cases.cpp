// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "hw_backend/rtl/example_constants.h"
#include "tests/hw_backend/rtl/cases.h"

namespace a2q::rtl_test {
namespace {

constexpr IntegerFormat unsignedBits(int bits) { return {{bits}, Signedness::kUnsigned}; }
constexpr IntegerFormat signedBits(int bits) { return {{bits}, Signedness::kSigned}; }

BenchCase thresholdCase(std::string name, const ThresholdBlock& block) {
  constexpr std::size_t kRandomPixels = 20;
  BenchCase made{.name = std::move(name), .block = block, .constants = exampleConstants(block, 5)};
  // Every threshold, and the integer below it; then random ones.
  Integers inputs;
  for (std::int64_t level = 0; level < block.levels; ++level)
    for (const std::int64_t below : {0, 1})
      for (std::int64_t channel = 0; channel < block.channels; ++channel)
        inputs.push_back(
            made.constants.thresholds[static_cast<std::size_t>(channel * block.levels + level)] -
            below);
  const auto more = randomValues({block.accumulator, Signedness::kSigned},
                                 kRandomPixels * static_cast<std::size_t>(block.channels), 9);
  inputs.insert(inputs.end(), more.begin(), more.end());
  const Shape shape{block.channels, 1, 1};
  made.samples = static_cast<std::int64_t>(inputs.size()) / block.channels;
  made.inputs = {{"in", block.lanes, block.accumulator.bits, true, inputs}};
  made.outputs = {
      {"out", block.lanes, block.output.width.bits, block.output.isSigned(),
       referencePlanes(thresholdOperation(block, made.constants), shape, shape, inputs)}};
  return made;
}

/// The definition: for each position of the window, its pixels in the order asked for.
Integers windowsOf(const SlidingWindowBlock& block, const Integers& image) {
  Integers result;
  const std::int64_t folds = block.channels / block.lanes;
  const auto beat = [&](std::int64_t y, std::int64_t x, std::int64_t fold) {
    const bool inside = y >= 0 && y < block.height && x >= 0 && x < block.width;
    for (std::int64_t lane = 0; lane < block.lanes; ++lane)
      result.push_back(inside
                           ? image[static_cast<std::size_t>((y * block.width + x) * block.channels +
                                                            fold * block.lanes + lane)]
                           : 0);
  };
  for (std::int64_t top = -block.padding_height;
       top + block.kernel_height <= block.height + block.padding_height; top += block.stride_height)
    for (std::int64_t left = -block.padding_width;
         left + block.kernel_width <= block.width + block.padding_width; left += block.stride_width)
      for (std::int64_t outer = 0; outer < (block.order == WindowOrder::kDepthwise ? folds : 1);
           ++outer)
        for (std::int64_t ky = 0; ky < block.kernel_height; ++ky)
          for (std::int64_t kx = 0; kx < block.kernel_width; ++kx)
            if (block.order == WindowOrder::kDepthwise)
              beat(top + ky, left + kx, outer);
            else
              for (std::int64_t fold = 0; fold < folds; ++fold) beat(top + ky, left + kx, fold);
  return result;
}

BenchCase windowCase(std::string name, const SlidingWindowBlock& block) {
  constexpr std::int64_t kImages = 5;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kImages;
  const std::int64_t size = block.channels * block.height * block.width;
  const auto pixels = randomValues(block.format, static_cast<std::size_t>(kImages * size), 10);
  Integers windows;
  for (std::int64_t i = 0; i < kImages; ++i) {
    const auto more =
        windowsOf(block, {pixels.begin() + i * size, pixels.begin() + (i + 1) * size});
    windows.insert(windows.end(), more.begin(), more.end());
  }
  const bool sign = block.format.isSigned();
  made.inputs = {{"in", block.lanes, block.format.width.bits, sign, pixels}};
  made.outputs = {{"out", block.lanes, block.format.width.bits, sign, windows}};
  return made;
}

BenchCase poolCase(std::string name, const PoolBlock& block) {
  constexpr std::size_t kWindows = 20;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kWindows;
  const auto inputs = randomValues(
      block.input, kWindows * static_cast<std::size_t>(block.channels * block.taps), 11);
  const Pool pool{
      block.sum ? PoolOperation::kSum : PoolOperation::kMaximum, {block.taps, 1}, {1, 1}, {0, 0}};
  made.inputs = {{"in", block.lanes, block.input.width.bits, block.input.isSigned(),
                  transposed(inputs, block.lanes, block.taps)}};
  made.outputs = {
      {"out", block.lanes, block.output.width.bits, block.output.isSigned(),
       referencePlanes(pool, {block.channels, block.taps, 1}, {block.channels, 1, 1}, inputs)}};
  return made;
}

BenchCase converterCase(std::string name, std::int64_t from, std::int64_t to) {
  constexpr std::int64_t kGroups = 20;
  BenchCase made{.name = std::move(name), .block = WidthConverterBlock{from, to, {3}}};
  made.samples = kGroups;
  made.sample_count = from * to;
  const auto values =
      randomValues(unsignedBits(3), static_cast<std::size_t>(kGroups * from * to), 12);
  made.inputs = {{"in", from, 3, false, values}};
  made.outputs = {{"out", to, 3, false, values}};
  return made;
}

BenchCase fifoCase(std::string name, const FifoBlock& block) {
  constexpr std::int64_t kBeats = 60;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kBeats;
  const auto values = randomValues(unsignedBits(static_cast<int>(block.width)), kBeats, 13);
  made.inputs = {{"in", 1, static_cast<int>(block.width), false, values}};
  made.outputs = {{"out", 1, static_cast<int>(block.width), false, values}};
  return made;
}

BenchCase addCase(std::string name, const AddBlock& block) {
  constexpr std::int64_t kBeats = 40;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kBeats;
  const auto count = static_cast<std::size_t>(kBeats * block.lanes);
  const auto left = randomValues(block.left, count, 14);
  const auto right = randomValues(block.right, count, 15);
  Integers sums;
  std::ranges::transform(left, right, std::back_inserter(sums), std::plus());
  made.inputs = {{"left", block.lanes, block.left.width.bits, block.left.isSigned(), left},
                 {"right", block.lanes, block.right.width.bits, block.right.isSigned(), right}};
  made.outputs = {{"out", block.lanes, block.output.width.bits, block.output.isSigned(), sums}};
  return made;
}

BenchCase forkCase() {
  constexpr std::int64_t kBeats = 60;
  BenchCase made{.name = "fork0", .block = ForkBlock{7}};
  made.samples = kBeats;
  const auto values = randomValues(unsignedBits(7), kBeats, 16);
  made.inputs = {{"in", 1, 7, false, values}};
  made.outputs = {{"left", 1, 7, false, values}, {"right", 1, 7, false, values}};
  return made;
}

/// Planes [C][H][W] as a stream brings them, channel-fastest.
Integers asStream(const Integers& planes, const Shape& shape) {
  return transposed(planes, shape.channels, shape.height * shape.width);
}

/// One input and one output of values of so many bits, through an operation of the engine.
BenchCase movingCase(std::string name, const Block& block, const IntegerOperation& operation,
                     const Shape& input, const Shape& output, int bits, std::int64_t lanes) {
  constexpr std::int64_t kImages = 4;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kImages;
  made.sample_count = input.height;
  const auto planes =
      randomValues(signedBits(bits), static_cast<std::size_t>(kImages * input.size()), 17);
  made.inputs = {{"in", lanes, bits, true, asStream(planes, input)}};
  made.outputs = {{"out", lanes, bits, true,
                   asStream(referencePlanes(operation, input, output, planes), output)}};
  return made;
}

BenchCase upsampleCase(std::string name, const UpsampleBlock& block, std::int64_t height) {
  const Shape input{block.channels, height, block.width};
  const Shape output{block.channels, height * block.factor, block.width * block.factor};
  return movingCase(std::move(name), block, Resize{block.factor}, input, output, block.value.bits,
                    block.lanes);
}

BenchCase shuffleCase(std::string name, const PixelShuffleBlock& block, std::int64_t height) {
  const Shape input{block.channels * block.factor * block.factor, height, block.width};
  const Shape output{block.channels, height * block.factor, block.width * block.factor};
  return movingCase(std::move(name), block, PixelShuffle{block.factor}, input, output,
                    block.value.bits, 1);
}

BenchCase concatCase(std::string name, const ConcatBlock& block) {
  constexpr std::int64_t kPixels = 20;
  BenchCase made{.name = std::move(name), .block = block};
  made.samples = kPixels;
  const auto left =
      randomValues(block.left, static_cast<std::size_t>(kPixels * block.left_channels), 18);
  const auto right =
      randomValues(block.right, static_cast<std::size_t>(kPixels * block.right_channels), 19);
  Integers both;
  for (std::int64_t i = 0; i < kPixels; ++i) {
    both.insert(both.end(), left.begin() + i * block.left_channels,
                left.begin() + (i + 1) * block.left_channels);
    both.insert(both.end(), right.begin() + i * block.right_channels,
                right.begin() + (i + 1) * block.right_channels);
  }
  made.inputs = {{"left", block.lanes, block.left.width.bits, block.left.isSigned(), left},
                 {"right", block.lanes, block.right.width.bits, block.right.isSigned(), right}};
  made.outputs = {{"out", block.lanes, block.output.width.bits, block.output.isSigned(), both}};
  return made;
}

std::vector<SlidingWindowBlock> windowBlocks() {
  constexpr auto kDense = WindowOrder::kDense;
  constexpr auto kDepthwise = WindowOrder::kDepthwise;
  constexpr auto kLogic = MemoryStyle::kLogic;
  constexpr auto kBlock = MemoryStyle::kBlock;
  // channels, image, kernel, stride, padding, lanes
  return {
      {4, 5, 6, 3, 3, 1, 1, 1, 1, 2, unsignedBits(3), kDense, kLogic},
      {4, 5, 6, 3, 3, 1, 1, 1, 1, 2, signedBits(3), kDepthwise, kLogic},
      {3, 6, 6, 2, 2, 2, 2, 0, 0, 3, unsignedBits(2), kDense, kLogic},
      {2, 7, 7, 3, 3, 2, 2, 1, 1, 1, unsignedBits(4), kDepthwise, kBlock},
      {2, 4, 4, 1, 1, 1, 1, 0, 0, 2, unsignedBits(4), kDense, kLogic},
      {4, 4, 4, 4, 4, 1, 1, 0, 0, 1, unsignedBits(4), kDense, kLogic},
      {1, 5, 7, 2, 3, 1, 2, 1, 1, 1, signedBits(5), kDense, kBlock},
      {2, 6, 5, 5, 5, 1, 1, 2, 2, 1, unsignedBits(4), kDepthwise, kLogic},
      {1, 5, 8, 1, 2, 2, 3, 0, 1, 1, unsignedBits(4), kDense, kLogic},
      {6, 7, 7, 2, 2, 2, 2, 0, 0, 2, unsignedBits(4), kDepthwise, kLogic},
      {2, 1, 9, 1, 3, 1, 1, 0, 1, 2, unsignedBits(4), kDense, kLogic},
  };
}

std::vector<BenchCase> thresholdCases() {
  constexpr auto kParallel = ThresholdStyle::kParallel;
  constexpr auto kSearch = ThresholdStyle::kBinarySearch;
  std::vector<BenchCase> cases = {
      thresholdCase("thresholds0", {6, 2, {8}, 7, unsignedBits(3), kParallel}),
      thresholdCase("thresholds1", {3, 3, {6}, 3, signedBits(2), kParallel}),
      thresholdCase("thresholds2", {6, 2, {8}, 7, unsignedBits(3), kSearch}),
      thresholdCase("thresholds3", {3, 3, {6}, 1, signedBits(1), kSearch}),
      thresholdCase("thresholds4", {5, 1, {12}, 15, signedBits(4), kSearch}),
  };
  const std::size_t count = cases.size();
  for (std::size_t i = 0; i < count; ++i) {
    BenchCase compared = cases[i];
    compared.name += "tables";
    compared.comparators = Comparators::kTables;
    cases.push_back(std::move(compared));
  }
  return cases;
}

}  // namespace

Integers randomValues(IntegerFormat format, std::size_t count, std::uint64_t seed) {
  CounterRandom random(seed, 0, 0);
  const auto span = static_cast<std::uint64_t>(format.maximum() - format.minimum()) + 1;
  Integers values;
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = random.bits();
    if (place % 8 == 0)
      values.push_back(place % 16 == 0 ? format.minimum() : format.maximum());
    else
      values.push_back(format.minimum() + static_cast<std::int64_t>((place >> 8) % span));
  }
  return values;
}

std::vector<BenchCase> streamCases() {
  std::vector<BenchCase> cases = thresholdCases();
  const std::vector<BenchCase> others = {
      poolCase("pool0", {4, 4, 2, unsignedBits(4), unsignedBits(4), false}),
      poolCase("pool1", {3, 9, 1, signedBits(4), signedBits(4), false}),
      poolCase("pool2", {4, 4, 4, unsignedBits(4), unsignedBits(6), true}),
      poolCase("pool3", {2, 9, 1, signedBits(3), signedBits(7), true}),
      poolCase("pool4", {2, 1, 1, unsignedBits(3), unsignedBits(3), false}),
      converterCase("converter0", 2, 6),
      converterCase("converter1", 6, 2),
      converterCase("converter2", 4, 6),
      converterCase("converter3", 3, 3),
      converterCase("converter4", 5, 3),
      fifoCase("fifo0", {2, 5, MemoryStyle::kLogic}),
      fifoCase("fifo1", {7, 12, MemoryStyle::kBlock}),
      fifoCase("fifo2", {16, 1, MemoryStyle::kLogic}),
      addCase("add0", {2, unsignedBits(4), unsignedBits(4), unsignedBits(5)}),
      addCase("add1", {3, signedBits(4), unsignedBits(3), signedBits(6)}),
      addCase("add2", {1, signedBits(6), signedBits(2), signedBits(7)}),
      forkCase(),
      concatCase("concat0", {4, 6, 2, unsignedBits(4), unsignedBits(4), unsignedBits(4)}),
      concatCase("concat1", {3, 1, 1, signedBits(3), unsignedBits(4), signedBits(5)}),
      concatCase("concat2", {2, 2, 2, unsignedBits(2), unsignedBits(5), unsignedBits(5)}),
      upsampleCase("upsample0", {4, 5, 2, 2, {4}, MemoryStyle::kLogic}, 3),
      upsampleCase("upsample1", {3, 4, 3, 1, {3}, MemoryStyle::kBlock}, 2),
      upsampleCase("upsample2", {2, 1, 2, 2, {5}, MemoryStyle::kLogic}, 4),
      upsampleCase("upsample3", {20, 3, 2, 1, {2}, MemoryStyle::kLogic}, 2),
      shuffleCase("shuffle0", {1, 4, 3, {4}, MemoryStyle::kLogic}, 3),
      shuffleCase("shuffle1", {3, 2, 2, {5}, MemoryStyle::kBlock}, 2),
      shuffleCase("shuffle2", {2, 1, 2, {3}, MemoryStyle::kLogic}, 4),
  };
  cases.insert(cases.end(), others.begin(), others.end());
  for (const SlidingWindowBlock& block : windowBlocks())
    cases.push_back(windowCase(fmt::format("window{}", cases.size()), block));
  return cases;
}

}  // namespace a2q::rtl_test
