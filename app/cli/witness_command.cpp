// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <optional>

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

/// The end asked for; none: the one that decides how many bits are needed.
Result<std::optional<WitnessSide>> sideOf(const Arguments& arguments) {
  if (arguments.has("low") && arguments.has("high")) {
    return fail(ErrorCode::kUsage, "--low and --high are one too many", {}, "Give one of them.");
  }
  if (arguments.has("low")) return WitnessSide::kLow;
  if (arguments.has("high")) return WitnessSide::kHigh;
  return std::nullopt;
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

Result<ExitCode> verdictOf(const WitnessAnswer& answer) {
  if (Status agrees = checkReplay(answer); !agrees) return forward(std::move(agrees));
  if (!overflowsJudged(answer)) return ExitCode::kOk;
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
  const auto side = sideOf(arguments);
  if (!side) return tl::make_unexpected(side.error());
  WitnessQuestion question{.channel = *channel, .side = *side, .accumulator = {}};
  if (const auto bits = arguments.integer("accumulator")) {
    question.accumulator = BitWidth{static_cast<int>(*bits)};
  }
  auto answer = answerWitness(layer.integers, question);
  if (!answer) return forward(std::move(answer));
  const WitnessReport report{std::move(*answer), kernelOf(trained->network, layer),
                             firstInputOf(trained->network, layer, *channel)};
  if (arguments.has("json")) {
    printJson(witnessJson(report));
  } else {
    printResult(witnessText(report));
  }
  return verdictOf(report.answer);
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
