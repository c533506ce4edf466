// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/unit_stages.h"

#include "hw_backend/design/layer_blocks.h"
#include "hw_backend/design/reshape_timing.h"
#include "hw_backend/design/window_timing.h"

namespace a2q {
namespace {

class Unit {
 public:
  Unit(StageChain& chain, const DesignLayer& layer, const LayerFolding& folding)
      : chain_(chain), layer_(layer), folding_(folding) {}

  DesignStream append(const std::vector<DesignStream>& streams, std::vector<PixelTimes>& taken) {
    if (const auto block = computeBlock(layer_, folding_)) {
      return compute(*block, streams.front(), taken.front());
    }
    if (const auto reshaping = reshapeBlock(layer_, folding_)) {
      return reshaped(*reshaping, streams.front(), taken.front());
    }
    return allJoined(streams, taken);
  }

 private:
  /// The unit of a layer and the window in front of it.
  DesignStream compute(const Block& block, const DesignStream& input, PixelTimes& taken) {
    const std::int64_t lanes = outputLanes(folding_);
    const std::int64_t beats = layer_.output.size() / lanes;
    const std::int64_t cycles = computeCycles(layer_, folding_);
    const auto window = windowBlock(layer_, folding_);
    if (!window)
      return chain_.appendClocked(block, input, beats, cycles, lanes,
                                  chain_.steady() ? &taken : nullptr);
    const std::int64_t pixels = layer_.pixels();
    const std::int64_t window_beats = layer_.taps() * layer_.input.channels / input.lanes;
    const BlockClock clock =
        chain_.clockOf(block, window_beats, beats / pixels, unitCycles(layer_, folding_), pixels);
    WindowTiming timing =
        throughWindow(input.timing, *window, clock, beats / pixels, chain_.period());
    taken = std::move(timing.taken);
    const std::size_t windowed = chain_.append(*window, input.stages, pixels * window_beats,
                                               windowCycles(layer_, folding_), timing.window);
    return chain_.append(block, {windowed}, cycles, lanes, std::move(timing.given));
  }

  DesignStream reshaped(const Block& block, const DesignStream& input, PixelTimes& taken) {
    const auto* upsample = std::get_if<UpsampleBlock>(&block);
    ReshapeTiming timing = upsample != nullptr
                               ? throughBlock(input.timing, *upsample)
                               : throughBlock(input.timing, std::get<PixelShuffleBlock>(block));
    taken = std::move(timing.taken);
    return chain_.append(block, input.stages, computeCycles(layer_, folding_),
                         outputLanes(folding_), std::move(timing.given));
  }

  /// What was joined so far with input `next`; notes when either is taken.
  DesignStream joined(const DesignStream& before, const DesignStream& input, std::size_t next,
                      PixelTimes& left, PixelTimes& right) {
    const Block block = joinBlock(layer_, folding_, next);
    const std::int64_t lanes = outputLanes(folding_);
    std::vector<std::size_t> stages = before.stages;
    stages.insert(stages.end(), input.stages.begin(), input.stages.end());
    if (layer_.operation == DesignOperation::kConcat) {
      JoinTiming timing = throughConcat(before.timing, input.timing);
      left = std::move(timing.left);
      right = std::move(timing.right);
      const auto pixels = static_cast<std::int64_t>(timing.given.pixels.size());
      const std::int64_t cycles = timing.given.beats * pixels;
      return chain_.append(block, std::move(stages), cycles, lanes, std::move(timing.given));
    }
    const std::int64_t beats = layer_.output.size() / lanes;
    DesignStream both{std::move(stages), lanes, before.timing};
    delayUntil(both.timing.pixels, input.timing.pixels);
    DesignStream out = chain_.appendClocked(block, std::move(both), beats, beats, lanes,
                                            chain_.steady() ? &right : nullptr);
    left = right;
    return out;
  }

  /// The streams of a layer that joins, one after the other.
  DesignStream allJoined(const std::vector<DesignStream>& streams, std::vector<PixelTimes>& taken) {
    DesignStream out = joined(streams[0], streams[1], 1, taken[0], taken[1]);
    for (std::size_t i = 2; i < streams.size(); ++i) {
      PixelTimes left;
      out = joined(out, streams[i], i, left, taken[i]);
      // What the joins before hold up waits for this one as well.
      for (std::size_t before = 0; chain_.steady() && before < i; ++before)
        delayUntil(taken[before], left);
    }
    return out;
  }

  StageChain& chain_;
  const DesignLayer& layer_;
  const LayerFolding& folding_;
};

}  // namespace

DesignStream appendUnit(StageChain& chain, const DesignLayer& layer, const LayerFolding& folding,
                        const std::vector<DesignStream>& streams, std::vector<PixelTimes>& taken) {
  taken.resize(streams.size());
  return Unit(chain, layer, folding).append(streams, taken);
}

}  // namespace a2q
