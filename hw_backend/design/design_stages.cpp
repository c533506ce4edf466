// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_stages.h"

#include <algorithm>

#include "hw_backend/design/layer_blocks.h"
#include "hw_backend/design/reshape_timing.h"
#include "hw_backend/design/stage_chain.h"
#include "hw_backend/design/window_timing.h"

namespace a2q {
namespace {

/// FIFOs of more bits than this lie in block memory: distributed memory stops paying there.
constexpr std::int64_t kLogicFifoBits = 4096;
/// Beats that the buffer behind every layer holds, its output register among them.
constexpr std::int64_t kHeldAnyway = 3;

/// Goes through a network once. With a period, samples follow each other evenly; else one comes as
/// fast as the design takes it.
class Unfolding {
 public:
  Unfolding(const DesignNetwork& network, const FoldingSpec& folding, const Waiting& fifos,
            double period)
      : network_(network),
        folding_(folding),
        fifos_(fifos),
        waiting_(fifos),
        chain_(period),
        given_(network.layers.size()) {}

  void run() {
    for (layer_ = 0; layer_ < network_.layers.size(); ++layer_) {
      chain_.enter(layer_);
      if (layer().operation == DesignOperation::kSource) {
        source();
      } else {
        unit();
      }
    }
  }
  [[nodiscard]] const Waiting& waiting() const { return waiting_; }
  [[nodiscard]] std::vector<Stage> takeStages() { return chain_.take(); }

 private:
  [[nodiscard]] const DesignLayer& layer() const { return network_.layers[layer_]; }
  [[nodiscard]] const LayerFolding& folding() const { return folding_.layers[layer_]; }
  [[nodiscard]] bool steady() const { return chain_.period() != kNever; }

  void source() {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const double spacing = steady() ? chain_.period() / static_cast<double>(beats) : 1;
    share({{}, lanes, evenStream(layer().pixels(), beats, spacing)});
  }

  /// The next stream that layer `input` gives, at the lanes and in the pixels of this layer.
  DesignStream taken(std::size_t input) {
    DesignStream stream = std::move(given_[input].back());
    given_[input].pop_back();
    stream.timing = seenAs(std::move(stream.timing), layer().input.height * layer().input.width);
    const std::int64_t lanes = inputLanes(layer(), folding());
    if (stream.lanes == lanes) return stream;
    const DesignLayer& from = network_.layers[input];
    const WidthConverterBlock block{stream.lanes, lanes, from.output_format.width};
    return chain_.appendClocked(block, std::move(stream), from.output.size() / lanes,
                                converterCycles(block, from.output.size()), lanes);
  }

  /// Behind a FIFO, where beats wait.
  DesignStream buffered(DesignStream stream, std::size_t input) {
    const std::int64_t waiting = fifos_[layer_][input];
    if (waiting == 0) return stream;
    const std::int64_t depth = waiting + 2;
    const std::int64_t width = stream.lanes * layer().input_formats[input].width.bits;
    const MemoryStyle memory =
        depth * width > kLogicFifoBits ? MemoryStyle::kBlock : MemoryStyle::kLogic;
    return chain_.appendPassing(FifoBlock{depth, width, memory}, std::move(stream));
  }

  /// Notes what waits in front of this layer. The host itself waits.
  void note(const std::vector<DesignStream>& streams, const std::vector<PixelTimes>& taken) {
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].stages.empty()) continue;
      const std::size_t from = layer().inputs[i];
      // In values: behind the host there is nothing but the register of a converter or a fork.
      const std::int64_t held =
          from == 0 ? streams[i].lanes : kHeldAnyway * outputLanes(folding_.layers[from]);
      const std::int64_t waiting = mostWaiting(streams[i].timing, taken[i], chain_.period());
      waiting_[layer_][i] = waiting * streams[i].lanes > held ? waiting : 0;
    }
  }

  /// The unit of a layer and the window in front of it.
  DesignStream compute(const Block& block, const DesignStream& input, PixelTimes& taken) {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const std::int64_t cycles = computeCycles(layer(), folding());
    const auto window = windowBlock(layer(), folding());
    if (!window)
      return chain_.appendClocked(block, input, beats, cycles, lanes, steady() ? &taken : nullptr);
    const std::int64_t pixels = layer().pixels();
    const std::int64_t window_beats = layer().taps() * layer().input.channels / input.lanes;
    const BlockClock clock =
        chain_.clockOf(block, window_beats, beats / pixels, unitCycles(layer(), folding()), pixels);
    WindowTiming timing =
        throughWindow(input.timing, *window, clock, beats / pixels, chain_.period());
    taken = std::move(timing.taken);
    const std::size_t windowed = chain_.append(*window, input.stages, pixels * window_beats,
                                               windowCycles(layer(), folding()), timing.window);
    return chain_.append(block, {windowed}, cycles, lanes, std::move(timing.given));
  }

  DesignStream reshaped(const Block& block, const DesignStream& input, PixelTimes& taken) {
    const auto* upsample = std::get_if<UpsampleBlock>(&block);
    ReshapeTiming timing = upsample != nullptr
                               ? throughBlock(input.timing, *upsample)
                               : throughBlock(input.timing, std::get<PixelShuffleBlock>(block));
    taken = std::move(timing.taken);
    return chain_.append(block, input.stages, computeCycles(layer(), folding()),
                         outputLanes(folding()), std::move(timing.given));
  }

  /// What was joined so far with input `next`; notes when either is taken.
  DesignStream joined(const DesignStream& before, const DesignStream& input, std::size_t next,
                      PixelTimes& left, PixelTimes& right) {
    const Block block = joinBlock(layer(), folding(), next);
    const std::int64_t lanes = outputLanes(folding());
    std::vector<std::size_t> stages = before.stages;
    stages.insert(stages.end(), input.stages.begin(), input.stages.end());
    if (layer().operation == DesignOperation::kConcat) {
      JoinTiming timing = throughConcat(before.timing, input.timing);
      left = std::move(timing.left);
      right = std::move(timing.right);
      const auto pixels = static_cast<std::int64_t>(timing.given.pixels.size());
      const std::int64_t cycles = timing.given.beats * pixels;
      return chain_.append(block, std::move(stages), cycles, lanes, std::move(timing.given));
    }
    const std::int64_t beats = layer().output.size() / lanes;
    DesignStream both{std::move(stages), lanes, before.timing};
    delayUntil(both.timing.pixels, input.timing.pixels);
    DesignStream out = chain_.appendClocked(block, std::move(both), beats, beats, lanes,
                                            steady() ? &right : nullptr);
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
      for (std::size_t before = 0; steady() && before < i; ++before)
        delayUntil(taken[before], left);
    }
    return out;
  }

  void unit() {
    std::vector<DesignStream> streams;
    streams.reserve(layer().inputs.size());
    for (std::size_t i = 0; i < layer().inputs.size(); ++i)
      streams.push_back(buffered(taken(layer().inputs[i]), i));
    std::vector<PixelTimes> when(streams.size());
    DesignStream out;
    if (const auto block = computeBlock(layer(), folding())) {
      out = compute(*block, streams.front(), when.front());
    } else if (const auto reshaping = reshapeBlock(layer(), folding())) {
      out = reshaped(*reshaping, streams.front(), when.front());
    } else {
      out = allJoined(streams, when);
    }
    if (steady()) note(streams, when);
    if (layer().readers > 0)
      out = chain_.appendPassing(outputFifo(layer(), folding()), std::move(out));
    share(std::move(out));
  }

  /// Gives a stream to each reader, through forks where there are several.
  void share(DesignStream stream) {
    const auto fork = outputFork(layer(), folding());
    for (std::size_t left = layer().readers; left > 1; --left) {
      stream = chain_.appendPassing(fork, std::move(stream));
      given_[layer_].push_back(stream);
    }
    given_[layer_].push_back(std::move(stream));
  }

  const DesignNetwork& network_;
  const FoldingSpec& folding_;
  const Waiting& fifos_;
  Waiting waiting_;
  StageChain chain_;
  /// Per layer, what its readers have not taken yet.
  std::vector<std::vector<DesignStream>> given_;
  std::size_t layer_ = 0;
};

}  // namespace

Waiting waitingEvery(double period, const DesignNetwork& network, const FoldingSpec& folding) {
  Waiting none;
  for (const DesignLayer& layer : network.layers) none.emplace_back(layer.inputs.size());
  Unfolding steady(network, folding, none, period);
  steady.run();
  return steady.waiting();
}

std::vector<Stage> designStages(const DesignNetwork& network, const FoldingSpec& folding,
                                const Waiting& fifos) {
  Unfolding alone(network, folding, fifos, kNever);
  alone.run();
  return alone.takeStages();
}

}  // namespace a2q
