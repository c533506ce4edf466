// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/dataflow_design.h"

#include <algorithm>
#include <cmath>

#include "hw_backend/design/layer_blocks.h"
#include "hw_backend/design/stream_timing.h"

namespace a2q {
namespace {

/// FIFOs of more bits than this lie in block memory: distributed memory stops paying there.
constexpr std::int64_t kLogicFifoBits = 4096;

/// A stream between stages while the design grows.
struct Stream {
  std::vector<std::size_t> stage;  ///< the stage that gives it; none: the host
  std::int64_t lanes = 1;
  StreamTiming timing;
};

class Folder {
 public:
  Folder(const DesignNetwork& network, const FoldingSpec& folding) {
    design_.network = network;
    design_.folding = folding;
  }

  DataflowDesign build() {
    given_.resize(design_.network.layers.size());
    for (layer_ = 0; layer_ < design_.network.layers.size(); ++layer_) {
      if (layer().operation == DesignOperation::kSource) {
        source();
      } else {
        unit();
      }
    }
    finish();
    return std::move(design_);
  }

 private:
  [[nodiscard]] const DesignLayer& layer() const { return design_.network.layers[layer_]; }
  [[nodiscard]] const LayerFolding& folding() const { return design_.folding.layers[layer_]; }

  Stream append(const Block& block, const std::vector<Stream>& inputs, std::int64_t beats,
                std::int64_t cycles, std::int64_t lanes) {
    Stage stage{layer_, block, {}, beats, cycles};
    BlockTiming timing = timingOf(block);
    timing.beats = beats;
    timing.cycles = cycles;
    StreamTiming out;
    for (const Stream& input : inputs) {
      stage.inputs.insert(stage.inputs.end(), input.stage.begin(), input.stage.end());
      const StreamTiming one = through(input.timing, timing);
      out = {beats, std::max(out.first, one.first), std::max(out.last, one.last)};
    }
    stage.first = out.first;
    stage.last = out.last;
    design_.stages.push_back(std::move(stage));
    return {{design_.stages.size() - 1}, lanes, out};
  }

  void source() {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    share({{}, lanes, {beats, 0, static_cast<double>(beats - 1)}});
  }

  /// The next stream that layer `input` gives, at the lanes of this layer.
  Stream taken(std::size_t input) {
    Stream stream = given_[input].back();
    given_[input].pop_back();
    const std::int64_t lanes = inputLanes(layer(), folding());
    if (stream.lanes == lanes) return stream;
    const DesignLayer& from = design_.network.layers[input];
    const WidthConverterBlock block{stream.lanes, lanes, from.output_format.width};
    return append(block, {stream}, from.output.size() / lanes,
                  converterCycles(block, from.output.size()), lanes);
  }

  /// Where branches join, the earlier ones wait in FIFOs.
  void align(std::vector<Stream>& streams) {
    double ready = 0;
    for (const Stream& stream : streams) ready = std::max(ready, stream.timing.first);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      Stream& stream = streams[i];
      const std::int64_t row = layer().output.width * layer().output.channels / stream.lanes;
      const std::int64_t held = beatsBefore(stream.timing, ready);
      if (held == 0) continue;
      const std::int64_t depth = std::min(held + row, stream.timing.beats) + 2;
      const std::int64_t width = stream.lanes * layer().input_formats[i].width.bits;
      const MemoryStyle memory =
          depth * width > kLogicFifoBits ? MemoryStyle::kBlock : MemoryStyle::kLogic;
      stream = append(FifoBlock{depth, width, memory}, {stream}, stream.timing.beats,
                      stream.timing.beats, stream.lanes);
    }
  }

  Stream windowed(const Stream& stream) {
    const auto block = windowBlock(layer(), folding());
    if (!block) return stream;
    const std::int64_t beats =
        layer().pixels() * layer().taps() * layer().input.channels / stream.lanes;
    return append(*block, {stream}, beats, windowCycles(layer(), folding()), stream.lanes);
  }

  void unit() {
    std::vector<Stream> streams;
    for (const std::size_t input : layer().inputs) streams.push_back(taken(input));
    if (streams.size() > 1) align(streams);
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const std::int64_t cycles = computeCycles(layer(), folding());
    Stream out = streams.front();
    if (const auto block = computeBlock(layer(), folding())) {
      out = append(*block, {windowed(out)}, beats, cycles, lanes);
    } else {
      for (std::size_t i = 1; i < streams.size(); ++i) {
        out = append(adderBlock(layer(), folding(), i), {out, streams[i]}, beats, cycles, lanes);
      }
    }
    if (layer().readers > 0) {
      out = append(outputFifo(layer(), folding()), {out}, beats, beats, lanes);
    }
    share(out);
  }

  /// Gives a stream to each reader, through forks where there are several.
  void share(Stream stream) {
    const auto fork = outputFork(layer(), folding());
    for (std::size_t left = layer().readers; left > 1; --left) {
      stream = append(fork, {stream}, stream.timing.beats, stream.timing.beats, stream.lanes);
      given_[layer_].push_back(stream);
    }
    given_[layer_].push_back(stream);
  }

  void finish() {
    const auto slowest = std::ranges::max_element(design_.stages, {}, &Stage::cycles);
    design_.bottleneck = static_cast<std::size_t>(slowest - design_.stages.begin());
    design_.interval = slowest->cycles;
    design_.latency = static_cast<std::int64_t>(std::ceil(design_.stages.back().last)) + 1;
  }

  DataflowDesign design_;
  std::vector<std::vector<Stream>> given_;  ///< per layer, what its readers have not taken yet
  std::size_t layer_ = 0;
};

}  // namespace

Result<DataflowDesign> fold(const DesignNetwork& network, const FoldingSpec& folding) {
  if (Status status = checkFolding(network, folding); !status) return forward(std::move(status));
  return Folder(network, folding).build();
}

}  // namespace a2q
