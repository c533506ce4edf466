// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <mutex>

#include "core/base/parallel.h"
#include "core/integer/integer_engine.h"
#include "core/integer/reference_dot.h"

namespace a2q {
namespace {

/// Where one sample of a tensor lies.
PlaneView sampleOf(const IntegerTensor& tensor, std::int64_t sample) {
  return {tensor.shape, tensor.values.data() + sample * tensor.shape.size()};
}

void addObservations(std::vector<ChannelObservation>& sum,
                     const std::vector<ChannelObservation>& more) {
  for (std::size_t c = 0; c < sum.size(); ++c) {
    sum[c].overflows += more[c].overflows;
    sum[c].low = std::min(sum[c].low, more[c].low);
    sum[c].high = std::max(sum[c].high, more[c].high);
  }
}

/// For every node the last one that reads it.
std::vector<std::size_t> lastReaders(const IntegerNetwork& network) {
  std::vector<std::size_t> last(network.nodes.size(), network.nodes.size());
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    for (const std::size_t input : network.nodes[i].inputs) last[input] = i;
  }
  return last;
}

}  // namespace

ReferenceEngine::ReferenceEngine(const IntegerNetwork& network, AccumulatorMode mode, int threads)
    : network_(network), mode_(mode), threads_(threads) {
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const auto* dot = std::get_if<DotProduct>(&network.nodes[i].operation);
    if (dot == nullptr) continue;
    const auto channels = static_cast<std::size_t>(dot->weights.channels);
    observations_.push_back({i, std::vector<ChannelObservation>(channels)});
  }
}

IntegerTensor ReferenceEngine::run(std::span<const std::int32_t> codes, std::int64_t samples,
                                   const Shape& shape, const IntegerProbe* probe) {
  std::vector<IntegerTensor> values(network_.nodes.size());
  const std::vector<std::size_t> last = lastReaders(network_);
  auto observed = observations_.begin();
  for (std::size_t i = 0; i < network_.nodes.size(); ++i) {
    const IntegerNode& node = network_.nodes[i];
    IntegerTensor& out = values[i];
    if (node.inputs.empty()) {
      out = {samples, shape, {codes.begin(), codes.end()}};
    } else {
      std::vector<Shape> shapes;
      for (const std::size_t input : node.inputs) shapes.push_back(values[input].shape);
      out = {samples, outputShape(node, shapes), {}};
      out.values.resize(static_cast<std::size_t>(samples * out.shape.size()));
      const auto* dot = std::get_if<DotProduct>(&node.operation);
      std::mutex merging;
      std::optional<ReferenceDot> sums;
      if (dot != nullptr) sums.emplace(*dot, mode_);
      const auto body = [&](std::int64_t first, std::int64_t end, int /*worker*/) {
        std::vector<ChannelObservation> seen(sums ? observed->channels.size() : 0);
        for (std::int64_t sample = first; sample < end; ++sample) {
          std::int64_t* to = out.values.data() + sample * out.shape.size();
          std::vector<PlaneView> inputs;
          for (const std::size_t input : node.inputs) {
            inputs.push_back(sampleOf(values[input], sample));
          }
          if (sums) {
            sums->run(inputs[0], out.shape, to, seen);
          } else {
            runPlanes(node.operation, inputs, out.shape, to);
          }
        }
        const std::scoped_lock lock(merging);
        if (sums) addObservations(observed->channels, seen);
      };
      parallelRanges(samples, threads_, body);
      if (sums) ++observed;
    }
    if (probe != nullptr) (*probe)(i, out);
    for (const std::size_t input : node.inputs) {
      if (last[input] == i) values[input] = {};
    }
  }
  return std::move(values.back());
}

}  // namespace a2q
