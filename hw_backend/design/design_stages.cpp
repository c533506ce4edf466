// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_stages.h"

#include "hw_backend/design/layer_blocks.h"
#include "hw_backend/design/stage_chain.h"
#include "hw_backend/design/unit_stages.h"

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

  void source() {
    const std::int64_t lanes = outputLanes(folding());
    const std::int64_t beats = layer().output.size() / lanes;
    const double spacing = chain_.steady() ? chain_.period() / static_cast<double>(beats) : 1;
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

  void unit() {
    std::vector<DesignStream> streams;
    streams.reserve(layer().inputs.size());
    for (std::size_t i = 0; i < layer().inputs.size(); ++i)
      streams.push_back(buffered(taken(layer().inputs[i]), i));
    std::vector<PixelTimes> when;
    DesignStream out = appendUnit(chain_, layer(), folding(), streams, when);
    if (chain_.steady()) note(streams, when);
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
