// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/dataflow_design.h"

#include <algorithm>
#include <cmath>

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

/// Per layer and input: beats that wait there, for which a FIFO stands.
using Waiting = std::vector<std::vector<std::int64_t>>;

/// The later of two times of every pixel; of the second alone where there is no first.
std::vector<PixelTime> latest(std::vector<PixelTime> a, const std::vector<PixelTime>& b) {
  a.resize(b.size());
  for (std::size_t i = 0; i < b.size(); ++i)
    a[i] = {std::max(a[i].first, b[i].first), std::max(a[i].last, b[i].last)};
  return a;
}

/// Goes through a network once. With a period, samples follow each other evenly; else one comes as
/// fast as the design takes it.
class Folder {
 public:
  Folder(const DesignNetwork& network, const FoldingSpec& folding, Waiting fifos, double period)
      : fifos_(std::move(fifos)), waiting_(fifos_), chain_(period) {
    design_.network = network;
    design_.folding = folding;
  }

  DataflowDesign build() {
    given_.resize(design_.network.layers.size());
    for (layer_ = 0; layer_ < design_.network.layers.size(); ++layer_) {
      chain_.enter(layer_);
      if (layer().operation == DesignOperation::kSource) {
        source();
      } else {
        unit();
      }
    }
    finish();
    return std::move(design_);
  }
  [[nodiscard]] const Waiting& waiting() const { return waiting_; }

 private:
  [[nodiscard]] const DesignLayer& layer() const { return design_.network.layers[layer_]; }
  [[nodiscard]] const LayerFolding& folding() const { return design_.folding.layers[layer_]; }

  void source() {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const double spacing =
        chain_.period() == kNever ? 1 : chain_.period() / static_cast<double>(beats);
    share({{}, lanes, evenStream(layer().pixels(), beats, spacing)});
  }

  /// The next stream that layer `input` gives, at the lanes and in the pixels of this layer.
  DesignStream taken(std::size_t input) {
    DesignStream stream = std::move(given_[input].back());
    given_[input].pop_back();
    stream.timing = seenAs(std::move(stream.timing), layer().input.height * layer().input.width);
    const std::int64_t lanes = inputLanes(layer(), folding());
    if (stream.lanes == lanes) return stream;
    const DesignLayer& from = design_.network.layers[input];
    const WidthConverterBlock block{stream.lanes, lanes, from.output_format.width};
    return chain_.appendClocked(block, {stream}, from.output.size() / lanes,
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
    const std::int64_t beats =
        stream.timing.beats * static_cast<std::int64_t>(stream.timing.pixels.size());
    return chain_.appendClocked(FifoBlock{depth, width, memory}, {stream}, beats, beats,
                                stream.lanes);
  }

  /// Notes what waits in front of this layer. The host itself waits.
  void note(const std::vector<DesignStream>& streams,
            const std::vector<std::vector<PixelTime>>& taken) {
    if (chain_.period() == kNever) return;
    for (std::size_t i = 0; i < streams.size(); ++i) {
      if (streams[i].stage.empty()) continue;
      const std::size_t from = layer().inputs[i];
      // In values: behind the host there is nothing but the register of a converter or a fork.
      const std::int64_t held =
          from == 0 ? streams[i].lanes : kHeldAnyway * outputLanes(design_.folding.layers[from]);
      const std::int64_t waiting = mostWaiting(streams[i].timing, taken[i], chain_.period());
      waiting_[layer_][i] = waiting * streams[i].lanes > held ? waiting : 0;
    }
  }

  /// The unit of a layer and the window in front of it.
  DesignStream compute(const Block& block, const DesignStream& input,
                       std::vector<PixelTime>& taken) {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const std::int64_t cycles = computeCycles(layer(), folding());
    const auto window = windowBlock(layer(), folding());
    if (!window) return chain_.appendClocked(block, {input}, beats, cycles, lanes, &taken);
    const std::int64_t pixels = layer().pixels();
    const std::int64_t window_beats = layer().taps() * layer().input.channels / input.lanes;
    const BlockClock clock =
        chain_.clockOf(block, window_beats, beats / pixels, unitCycles(layer(), folding()), pixels);
    WindowTiming timing =
        throughWindow(input.timing, *window, clock, beats / pixels, chain_.period());
    taken = std::move(timing.taken);
    const DesignStream windowed = chain_.append(*window, {input}, windowCycles(layer(), folding()),
                                                input.lanes, std::move(timing.window));
    return chain_.append(block, {windowed}, cycles, lanes, std::move(timing.given));
  }

  DesignStream reshaped(const Block& block, const DesignStream& input,
                        std::vector<PixelTime>& taken) {
    const auto* upsample = std::get_if<UpsampleBlock>(&block);
    ReshapeTiming timing = upsample != nullptr
                               ? throughBlock(input.timing, *upsample)
                               : throughBlock(input.timing, std::get<PixelShuffleBlock>(block));
    taken = std::move(timing.taken);
    return chain_.append(block, {input}, computeCycles(layer(), folding()), outputLanes(folding()),
                         std::move(timing.given));
  }

  /// What was joined so far with input `next`; notes when either is taken.
  DesignStream joined(const DesignStream& before, const DesignStream& input, std::size_t next,
                      std::vector<PixelTime>& left, std::vector<PixelTime>& right) {
    const Block block = joinBlock(layer(), folding(), next);
    const std::int64_t lanes = outputLanes(folding());
    if (layer().operation == DesignOperation::kConcat) {
      JoinTiming timing = throughConcat(before.timing, input.timing);
      left = std::move(timing.left);
      right = std::move(timing.right);
      const auto pixels = static_cast<std::int64_t>(timing.given.pixels.size());
      const std::int64_t cycles = timing.given.beats * pixels;
      return chain_.append(block, {before, input}, cycles, lanes, std::move(timing.given));
    }
    const std::int64_t beats = layer().output.size() / lanes;
    DesignStream out = chain_.appendClocked(block, {before, input}, beats, beats, lanes, &right);
    left = right;
    return out;
  }

  void unit() {
    std::vector<DesignStream> streams;
    for (std::size_t i = 0; i < layer().inputs.size(); ++i)
      streams.push_back(buffered(taken(layer().inputs[i]), i));
    std::vector<std::vector<PixelTime>> when(streams.size());
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    DesignStream out;
    if (const auto block = computeBlock(layer(), folding())) {
      out = compute(*block, streams.front(), when.front());
    } else if (const auto reshaping = reshapeBlock(layer(), folding())) {
      out = reshaped(*reshaping, streams.front(), when.front());
    } else {
      for (std::size_t i = 1; i < streams.size(); ++i) {
        std::vector<PixelTime> left;
        out = joined(i == 1 ? streams.front() : out, streams[i], i, left, when[i]);
        // What the joins before hold up waits for this one as well.
        for (std::size_t before = 0; before < i; ++before)
          when[before] = latest(when[before], left);
      }
    }
    note(streams, when);
    if (layer().readers > 0)
      out = chain_.appendClocked(outputFifo(layer(), folding()), {out}, beats, beats, lanes);
    share(std::move(out));
  }

  /// Gives a stream to each reader, through forks where there are several.
  void share(DesignStream stream) {
    const auto fork = outputFork(layer(), folding());
    const std::int64_t beats = layer().output.size() / stream.lanes;
    for (std::size_t left = layer().readers; left > 1; --left) {
      stream = chain_.appendClocked(fork, {stream}, beats, beats, stream.lanes);
      given_[layer_].push_back(stream);
    }
    given_[layer_].push_back(std::move(stream));
  }

  void finish() {
    design_.stages = chain_.take();
    const auto slowest = std::ranges::max_element(design_.stages, {}, &Stage::cycles);
    design_.bottleneck = static_cast<std::size_t>(slowest - design_.stages.begin());
    design_.interval = slowest->cycles;
    design_.latency = static_cast<std::int64_t>(std::ceil(design_.stages.back().last)) + 1;
  }

  DataflowDesign design_;
  Waiting fifos_;
  Waiting waiting_;
  StageChain chain_;
  std::vector<std::vector<DesignStream>>
      given_;  ///< per layer, what its readers have not taken yet
  std::size_t layer_ = 0;
};

/// Cycles of the slowest block.
std::int64_t intervalOf(const DesignNetwork& network, const FoldingSpec& folding) {
  std::int64_t most = 1;
  for (std::size_t i = 1; i < network.layers.size(); ++i) {
    const DesignLayer& layer = network.layers[i];
    const LayerFolding& own = folding.layers[i];
    most = std::max({most, computeCycles(layer, own), layer.output.size() / outputLanes(own)});
    if (layer.hasWindow()) most = std::max(most, windowCycles(layer, own));
    for (const std::size_t input : layer.inputs) {
      const std::int64_t given = outputLanes(folding.layers[input]);
      const std::int64_t values = network.layers[input].output.size();
      most = std::max(most, values / std::min(given, inputLanes(layer, own)));
    }
  }
  return most;
}

}  // namespace

Result<DataflowDesign> fold(const DesignNetwork& network, const FoldingSpec& folding) {
  if (Status status = checkFolding(network, folding); !status) return forward(std::move(status));
  Waiting none;
  for (const DesignLayer& layer : network.layers) none.emplace_back(layer.inputs.size());
  Folder steady(network, folding, none, static_cast<double>(intervalOf(network, folding)));
  steady.build();
  return Folder(network, folding, steady.waiting(), kNever).build();
}

}  // namespace a2q
