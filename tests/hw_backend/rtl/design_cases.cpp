// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/hw_backend/rtl/design_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <stdexcept>

#include "core/integer/integer_engine.h"
#include "hw_backend/rtl/design_rtl.h"
#include "hw_backend/rtl/stream_order.h"
#include "tests/core/integer/network_builder.h"
#include "tests/hw_backend/rtl/design_networks.h"

namespace a2q::rtl_test {
namespace {

constexpr std::int64_t kAll = 1000;

/// The most PE and SIMD of every layer.
struct Unfolding {
  std::int64_t pe = 1;
  std::int64_t simd = 1;
};

template <class T>
T valueOf(Result<T> result) {
  if (!result) throw std::runtime_error(describe(result.error()));
  return std::move(*result);
}

std::int64_t largestUpTo(const std::vector<std::int64_t>& legal, std::int64_t most) {
  std::int64_t found = legal.front();
  for (const std::int64_t value : legal)
    if (value <= most) found = value;
  return found;
}

/// Samples of [C, H, W] in the order of a stream.
template <class T>
std::vector<std::int64_t> streamed(const std::vector<T>& values, const StreamOrder& order) {
  std::vector<std::int64_t> out;
  out.reserve(values.size());
  for (std::size_t first = 0; first < values.size(); first += order.size())
    for (const std::int64_t place : order)
      out.push_back(values[first + static_cast<std::size_t>(place)]);
  return out;
}

StreamValues portValues(const StreamPort& port, IntegerFormat format,
                        std::vector<std::int64_t> values) {
  const int bits = format.width.bits;
  return {port.name, port.width / bits, bits, format.isSigned(), std::move(values)};
}

}  // namespace

DesignNetwork narrowDesign(const IntegerNetwork& network) {
  return valueOf(underPolicy(valueOf(designNetwork(network)), AccumulatorPolicy::kMinimised));
}

FoldingSpec atMost(const DesignNetwork& network, std::int64_t pe, std::int64_t simd) {
  FoldingSpec folding;
  for (const DesignLayer& layer : network.layers)
    folding.layers.push_back(
        {largestUpTo(legalPe(layer), pe), largestUpTo(legalSimd(layer), simd)});
  return folding;
}

FoldingSpec randomFolding(const DesignNetwork& network, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto any = [&](const auto& choices) { return choices[random() % choices.size()]; };
  const std::vector memories = {MemoryStyle::kLogic, MemoryStyle::kBlock};
  const std::vector styles = {ThresholdStyle::kParallel, ThresholdStyle::kBinarySearch};
  FoldingSpec folding;
  for (const DesignLayer& layer : network.layers)
    folding.layers.push_back({any(legalPe(layer)), any(legalSimd(layer)), any(memories),
                              any(memories), any(styles), any(memories)});
  return folding;
}

DesignCase designCase(std::string name, const IntegerNetwork& network, const DataflowDesign& design,
                      std::int64_t samples, OverflowMonitor monitor) {
  const IntegerNode& input = network.nodes.front();
  std::mt19937 random(17);
  const IntegerFormat format = design.network.layers.front().output_format;
  const auto codes = testing::randomCodes(random, format, samples * input.output.size());
  ReferenceEngine engine(network);
  const auto result = engine.run(codes, samples, input.output);
  const auto orders = streamOrders(network);
  BenchUnit unit;
  unit.name = name;
  unit.rtl = valueOf(generateDesign(design, network, {.name = name, .monitor = monitor}));
  unit.monitored = monitor == OverflowMonitor::kOn;
  unit.inputs = {portValues(unit.rtl.inputs.front(), format, streamed(codes, orders.front()))};
  unit.outputs = {portValues(unit.rtl.outputs.front(), design.network.layers.back().output_format,
                             streamed(result.values, orders.back()))};
  return {std::move(name), design, std::move(unit), samples};
}

std::vector<DesignCase> designCases() {
  constexpr std::int64_t kSamples = 5;
  std::vector<DesignCase> cases;
  const auto add = [&](const char* name, const IntegerNetwork& integers,
                       const std::vector<Unfolding>& unfoldings,
                       const std::vector<std::uint32_t>& seeds) {
    const DesignNetwork network = narrowDesign(integers);
    std::vector<FoldingSpec> foldings;
    foldings.reserve(unfoldings.size() + seeds.size());
    for (const Unfolding& most : unfoldings)
      foldings.push_back(atMost(network, most.pe, most.simd));
    for (const std::uint32_t seed : seeds) foldings.push_back(randomFolding(network, seed));
    for (const FoldingSpec& folding : foldings) {
      const std::string numbered = fmt::format("{}{}", name, cases.size());
      cases.push_back(designCase(numbered, integers, valueOf(fold(network, folding)), kSamples));
    }
  };
  add("perceptron", perceptron(), {{1, 1}, {kAll, kAll}}, {0, 3, 15, 16});
  add("lenet", smallLeNet(), {{2, 2}, {kAll, kAll}}, {1, 16});
  add("unpadded", unpadded(), {{2, 1}, {kAll, kAll}}, {2});
  add("residual", residual(), {{2, 2}, {4, 2}, {kAll, kAll}}, {1, 3});
  add("separable", separable(), {{4, 2}, {kAll, kAll}}, {3});
  add("hourglass", hourglass(), {{2, 2}, {kAll, kAll}}, {1, 2});
  const std::size_t with_branches = cases.size();
  add("branches", branches(), {{2, 2}, {kAll, kAll}}, {1, 2, 3});
  // A branch that takes pixels slowly holds up the host, and so the others: the model follows each
  // branch as if it were alone.
  for (std::size_t i = with_branches; i < cases.size(); ++i) cases[i].latency_per_cent = 5;
  const IntegerNetwork network = separable();
  const DesignNetwork layers = narrowDesign(network);
  cases.push_back(designCase("unwatched", network, valueOf(fold(layers, atMost(layers, 2, 3))),
                             kSamples, OverflowMonitor::kOff));
  return cases;
}

}  // namespace a2q::rtl_test
