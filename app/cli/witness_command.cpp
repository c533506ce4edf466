// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/trained_integers.h"
#include "app/cli/witness_report.h"

namespace a2q::cli {
namespace {

Result<std::int64_t> channelOf(const Arguments& arguments, const IntegerWeights& weights) {
  const std::string text = *arguments.text("channel");
  const auto channel = toInteger(text);
  if (channel && *channel >= 0 && *channel < weights.channels) return *channel;
  return fail(ErrorCode::kUsage, fmt::format("layer {} has no channel '{}'", weights.layer, text),
              fmt::format("its channels are 0 to {}", weights.channels - 1), "Name one of them.");
}

/// The end asked for, else the one that decides how many bits are needed.
Result<WitnessSide> sideOf(const Arguments& arguments, const AccumulatorRange& range) {
  if (arguments.has("low") && arguments.has("high")) {
    return fail(ErrorCode::kUsage, "--low and --high are one too many", {}, "Give one of them.");
  }
  if (arguments.has("low")) return WitnessSide::kLow;
  if (arguments.has("high")) return WitnessSide::kHigh;
  return decidingSide(range);
}

/// Kernel of the layer; a linear layer has one input channel a weight.
Extent kernelOf(const TrainedNetwork& network, const TrainedWeights& weights) {
  const LayerKind& kind = network.network.layers[network.graph.nodes[weights.node].layer].kind;
  const auto* conv = std::get_if<ConvLayer>(&kind);
  return conv == nullptr ? Extent{1, 1} : conv->kernel;
}

std::int64_t firstInputOf(const TrainedNetwork& network, const TrainedWeights& weights,
                          std::int64_t channel) {
  const LayerKind& kind = network.network.layers[network.graph.nodes[weights.node].layer].kind;
  const auto* conv = std::get_if<ConvLayer>(&kind);
  if (conv == nullptr) return 0;
  const std::int64_t inputs = weights.integers.k / (conv->kernel.height * conv->kernel.width);
  return channel / (weights.integers.channels / conv->groups) * inputs;
}

/// P asked for, trained for and smallest, and one less than the narrowest that must hold.
std::vector<BitWidth> widthsOf(const WitnessAnswer& answer) {
  std::set<BitWidth, std::greater<>> widths;
  if (answer.judged) widths.insert(*answer.judged);
  if (answer.given) {
    if (answer.judged->bits > 1) widths.insert({answer.judged->bits - 1});
  } else {
    widths.insert(answer.smallest);
    if (answer.smallest.bits > 1) widths.insert({answer.smallest.bits - 1});
  }
  return {widths.begin(), widths.end()};
}

/// The engine must say what the integers of the bounds say.
Status checkReplay(const WitnessAnswer& answer) {
  for (const ReplayOutcome& outcome : answer.outcomes) {
    if (agrees(outcome, answer.witness)) continue;
    return fail(ErrorCode::kMismatch, "engine and certificate disagree",
                fmt::format("{} channel {} at {} bits", answer.layer, answer.channel,
                            outcome.accumulator.bits));
  }
  return {};
}

Result<ExitCode> verdictOf(const WitnessAnswer& answer) {
  if (Status agrees = checkReplay(answer); !agrees) return forward(std::move(agrees));
  const bool overflows = std::ranges::any_of(answer.outcomes, [&](const ReplayOutcome& outcome) {
    return outcome.accumulator == answer.judged && outcome.overflowed;
  });
  if (!overflows) return ExitCode::kOk;
  return fail(ErrorCode::kOverflowPossible,
              fmt::format("this input overflows {} bits in {}, channel {}", answer.judged->bits,
                          answer.layer, answer.channel),
              fmt::format("it reaches {}; {} bits are enough for every input",
                          a2q::toString(answer.end()), answer.smallest.bits));
}

Result<ExitCode> run(const Arguments& arguments) {
  const auto trained = readTrainedIntegers(arguments);
  if (!trained) return tl::make_unexpected(trained.error());
  const auto index = findLayer(trained->network, *arguments.text("layer"));
  if (!index) return tl::make_unexpected(index.error());
  const TrainedWeights& layer = trained->network.weights[*index];
  const auto channel = channelOf(arguments, layer.integers);
  if (!channel) return tl::make_unexpected(channel.error());
  WitnessAnswer answer;
  answer.layer = layer.integers.layer;
  answer.channel = *channel;
  const auto row = layer.integers.channel(*channel);
  answer.weights.assign(row.begin(), row.end());
  answer.kernel = kernelOf(trained->network, layer);
  answer.first_input = firstInputOf(trained->network, layer, *channel);
  answer.range = exactRange(signedSums(row), layer.integers.input_range);
  answer.smallest = smallestAccumulator(answer.range);
  const auto side = sideOf(arguments, answer.range);
  if (!side) return tl::make_unexpected(side.error());
  answer.side = *side;
  answer.witness = witnessOf(row, layer.integers.input_range, *side);
  answer.judged = layer.integers.accumulator;
  if (const auto bits = arguments.integer("accumulator")) {
    answer.judged = BitWidth{static_cast<int>(*bits)};
    answer.given = true;
  }
  auto outcomes = replay(layer.integers, *channel, answer.witness.inputs, widthsOf(answer));
  if (!outcomes) return forward(std::move(outcomes));
  answer.outcomes = std::move(*outcomes);
  if (arguments.has("json")) {
    printJson(witnessJson(answer));
  } else {
    printResult(witnessText(answer));
  }
  return verdictOf(answer);
}

}  // namespace

Command witnessCommand() {
  return {
      .name = "witness",
      .summary = "The input that drives a channel to the end of its range, replayed",
      .long_help =
          "Prints an input that attains the highest (or lowest) sum a channel can reach, with its "
          "running sum, and runs it through the integer engine with accumulators that wrap around "
          "and that saturate: at the P trained for or given, at the smallest safe P, and at one "
          "bit less, where it overflows. Without --low or --high the end is the one that decides "
          "the smallest P. The input is of this one dot product; an image that produces it in the "
          "whole network need not exist.\n\n"
          "Exit code 1: it overflows the accumulator that was trained for or given.",
      .options = {modelRunOption(),
                  {.flags = "--high", .help = "The input of the highest sum"},
                  {.flags = "--low", .help = "The input of the lowest sum"},
                  {.flags = "--accumulator",
                   .kind = ValueKind::kInteger,
                   .value = "P",
                   .help = "Replay at P bits and at one less",
                   .lowest = 1,
                   .highest = 62},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-witness-1"}},
      .positionals = {modelPositional(),
                      {.name = "layer", .help = "Name of a layer with weights"},
                      {.name = "channel", .help = "Output channel, counted from 0"}},
      .run = run};
}

}  // namespace a2q::cli
