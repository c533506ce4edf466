// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/constant_words.h"

namespace a2q {
namespace {

std::int64_t storedThreshold(const ThresholdBlock& block,
                             const std::vector<std::int64_t>& thresholds, std::int64_t channel,
                             std::int64_t level) {
  return -thresholds[static_cast<std::size_t>(channel * block.levels + level)];
}

}  // namespace

ConstantWords weightWords(const DotShape& dot, const std::vector<std::int32_t>& weights) {
  ConstantWords words(static_cast<std::size_t>(dot.folds() * dot.steps()));
  for (std::size_t address = 0; address < words.size(); ++address) {
    const auto fold = static_cast<std::int64_t>(address) / dot.steps();
    const auto step = static_cast<std::int64_t>(address) % dot.steps();
    for (std::int64_t lane = 0; lane < dot.pe; ++lane)
      for (std::int64_t i = 0; i < dot.simd; ++i) {
        const auto at = (fold * dot.pe + lane) * dot.length + step * dot.simd + i;
        words[address].add(weights[static_cast<std::size_t>(at)], dot.weights.bits);
      }
  }
  return words;
}

ConstantWords parallelThresholdWords(const ThresholdBlock& block,
                                     const std::vector<std::int64_t>& thresholds) {
  ConstantWords words(static_cast<std::size_t>(block.channels / block.lanes));
  for (std::int64_t channel = 0; channel < block.channels; ++channel)
    for (std::int64_t level = 0; level < block.levels; ++level)
      words[static_cast<std::size_t>(channel / block.lanes)].add(
          storedThreshold(block, thresholds, channel, level), block.accumulator.bits);
  return words;
}

ConstantWords searchThresholdWords(const ThresholdBlock& block,
                                   const std::vector<std::int64_t>& thresholds, std::int64_t lane) {
  ConstantWords words;
  for (std::int64_t channel = lane; channel < block.channels; channel += block.lanes) {
    words.emplace_back().add(0, block.accumulator.bits);
    for (std::int64_t level = 0; level < block.levels; ++level)
      words.emplace_back().add(storedThreshold(block, thresholds, channel, level),
                               block.accumulator.bits);
  }
  return words;
}

std::string memoryText(const ConstantWords& words) {
  std::string text;
  for (const BitPacker& word : words) text += word.hex() + "\n";
  return text;
}

}  // namespace a2q
