// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/stage_chain.h"

#include <algorithm>

namespace a2q {
namespace {

/// After the first one, a sample finds what the one before left.
constexpr int kSamples = 3;

}  // namespace

std::size_t StageChain::append(const Block& block, std::vector<std::size_t> inputs,
                               std::int64_t beats, std::int64_t cycles, PixelTime span) {
  stages_.push_back({layer_, block, std::move(inputs), beats, cycles, span.first, span.last});
  return stages_.size() - 1;
}

DesignStream StageChain::append(const Block& block, std::vector<std::size_t> inputs,
                                std::int64_t cycles, std::int64_t lanes, PixelStream timing) {
  const std::int64_t beats = timing.beats * static_cast<std::int64_t>(timing.pixels.size());
  const std::size_t stage =
      append(block, std::move(inputs), beats, cycles, {timing.first(), timing.last()});
  return {{stage}, lanes, std::move(timing)};
}

DesignStream StageChain::appendClocked(const Block& block, DesignStream stream, std::int64_t beats,
                                       std::int64_t cycles, std::int64_t lanes, PixelTimes* taken) {
  PixelStream& timing = stream.timing;
  const double first = timing.first();
  const auto pixels = static_cast<std::int64_t>(timing.pixels.size());
  BlockClock clock = clockOf(block, timing.beats, beats / pixels, cycles, pixels);
  const int least = steady() ? 1 : kSamples;
  for (int sample = least; sample <= kSamples; ++sample) {
    clock.nextSample(period_);
    if (sample > least && clock.settled(first)) break;
    if (clock.follow(timing.pixels, spare_, taken)) break;
  }
  timing.beats = beats / pixels;
  std::swap(timing.pixels, spare_);
  return append(block, std::move(stream.stages), cycles, lanes, std::move(timing));
}

DesignStream StageChain::appendPassing(const Block& block, DesignStream stream) {
  const auto registers = static_cast<double>(timingOf(block).registers);
  for (PixelTime& pixel : stream.timing.pixels) {
    pixel.first += registers;
    pixel.last += registers;
  }
  const std::int64_t beats =
      stream.timing.beats * static_cast<std::int64_t>(stream.timing.pixels.size());
  return append(block, std::move(stream.stages), beats, stream.lanes, std::move(stream.timing));
}

BlockClock StageChain::clockOf(const Block& block, std::int64_t in, std::int64_t out,
                               std::int64_t cycles, std::int64_t pixels) const {
  const auto count = static_cast<double>(pixels);
  return {block, in, out, static_cast<double>(cycles) / count, period_ / count};
}

}  // namespace a2q
