// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/stage_chain.h"

#include <algorithm>

namespace a2q {
namespace {

/// After the first one, a sample finds what the one before left.
constexpr int kSamples = 3;

/// What only passes on comes later.
PixelStream delayed(PixelStream stream, std::int64_t cycles) {
  for (PixelTime& pixel : stream.pixels) {
    pixel.first += static_cast<double>(cycles);
    pixel.last += static_cast<double>(cycles);
  }
  return stream;
}

}  // namespace

DesignStream StageChain::append(const Block& block, const std::vector<DesignStream>& inputs,
                                std::int64_t cycles, std::int64_t lanes, PixelStream timing) {
  const auto pixels = static_cast<std::int64_t>(timing.pixels.size());
  Stage stage{layer_, block, {}, timing.beats * pixels, cycles, timing.first(), timing.last()};
  for (const DesignStream& input : inputs)
    stage.inputs.insert(stage.inputs.end(), input.stage.begin(), input.stage.end());
  stages_.push_back(std::move(stage));
  return {{stages_.size() - 1}, lanes, std::move(timing)};
}

DesignStream StageChain::appendClocked(const Block& block, const std::vector<DesignStream>& inputs,
                                       std::int64_t beats, std::int64_t cycles, std::int64_t lanes,
                                       std::vector<PixelTime>* taken) {
  const PixelStream& input = inputs.front().timing;
  if (std::holds_alternative<FifoBlock>(block) || std::holds_alternative<ForkBlock>(block))
    return append(block, inputs, cycles, lanes, delayed(input, timingOf(block).registers));
  const auto pixels = static_cast<std::int64_t>(input.pixels.size());
  PixelStream out{beats / pixels, {}};
  BlockClock clock = clockOf(block, input.beats, out.beats, cycles, pixels);
  out.pixels.reserve(input.pixels.size());
  for (int sample = period_ == kNever ? kSamples - 1 : 0; sample < kSamples; ++sample) {
    clock.nextSample(period_);
    if (!out.pixels.empty() && clock.settled(input.first())) break;
    out.pixels.clear();
    if (taken != nullptr) taken->clear();
    for (std::size_t i = 0; i < input.pixels.size(); ++i) {
      PixelTime available;
      for (const DesignStream& each : inputs) {
        available.first = std::max(available.first, each.timing.pixels[i].first);
        available.last = std::max(available.last, each.timing.pixels[i].last);
      }
      const BlockClock::Step step = clock.next(available);
      out.pixels.push_back(step.given);
      if (taken != nullptr) taken->push_back(step.taken);
    }
  }
  return append(block, inputs, cycles, lanes, std::move(out));
}

BlockClock StageChain::clockOf(const Block& block, std::int64_t in, std::int64_t out,
                               std::int64_t cycles, std::int64_t pixels) const {
  const auto count = static_cast<double>(pixels);
  return {block, in, out, static_cast<double>(cycles) / count, period_ / count};
}

}  // namespace a2q
