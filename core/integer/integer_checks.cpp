// SPDX-License-Identifier: GPL-3.0-or-later
// The checks that need nothing but integers.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/integer/check_run.h"
#include "core/integer/witness_replay.h"

namespace a2q {
namespace {

std::int64_t overflowing(const LayerBound& layer) {
  return std::ranges::count_if(layer.channels, [](const auto& channel) { return !channel.safe; });
}

std::string overflowText(const Certificate& certificate) {
  std::string text;
  for (const LayerBound& layer : certificate.layers) {
    const std::int64_t count = overflowing(layer);
    if (count == 0) continue;
    text += fmt::format("{}{}: {} of {} channels leave {} bits, {} would be enough",
                        text.empty() ? "" : "; ", layer.layer, count, layer.channels.size(),
                        layer.accumulator->bits, layer.smallest.bits);
  }
  return text + " [exact].";
}

/// What the replays of many channels came to.
struct Replays {
  std::int64_t done = 0;
  std::int64_t left_out = 0;
  std::string fault;  ///< of the first channel where engine and bounds disagree
};

/// Replays one channel; false when engine and bounds disagree.
Status replayChannel(const IntegerWeights& layer, std::int64_t channel, Replays& replays) {
  constexpr int kWidest = 62;
  const auto row = layer.channel(channel);
  const AccumulatorRange range = exactRange(signedSums(row), layer.input_range);
  const BitWidth smallest = smallestAccumulator(range);
  if (smallest.bits < 2 || smallest.bits > kWidest) {
    ++replays.left_out;
    return {};
  }
  const Witness witness = witnessOf(row, layer.input_range, decidingSide(range));
  const auto outcomes =
      replay(layer, channel, witness.inputs, {smallest, BitWidth{smallest.bits - 1}});
  if (!outcomes) return tl::make_unexpected(outcomes.error());
  ++replays.done;
  for (const ReplayOutcome& outcome : *outcomes) {
    const bool must_overflow = outcome.accumulator != smallest;
    if (agrees(outcome, witness) && outcome.overflowed == must_overflow) continue;
    replays.fault = fmt::format(
        "Layer {}, channel {}: at {} bits the engine {}, the exact range says "
        "otherwise.",
        layer.layer, channel, outcome.accumulator.bits,
        outcome.overflowed ? "overflows" : "does not overflow");
    return {};
  }
  return {};
}

CheckResult told(const CheckReport& report, CheckState state, double progress, std::string text) {
  CheckResult result{CheckKind::kWitnesses, state, progress, std::move(text)};
  if (report) report(result);
  return result;
}

std::string replayText(const Replays& replays) {
  std::string text = fmt::format(
      "{} channels: the worst input fits the smallest P and overflows one bit less [exact].",
      replays.done);
  if (replays.left_out > 0) {
    text +=
        fmt::format(" {} left out: their smallest P is 1 bit or more than 62.", replays.left_out);
  }
  return text;
}

}  // namespace

CheckResult certificateCheck(const Certificate& certificate) {
  std::int64_t channels = 0;
  for (const LayerBound& layer : certificate.layers) {
    if (layer.accumulator) channels += static_cast<std::int64_t>(layer.channels.size());
  }
  if (channels == 0) {
    return {CheckKind::kCertificate, CheckState::kNotRun, 0,
            "No layer has a target P: there is nothing to certify."};
  }
  if (!certificate.safe()) {
    return {CheckKind::kCertificate, CheckState::kFailed, 0, overflowText(certificate)};
  }
  return {CheckKind::kCertificate, CheckState::kPassed, 0,
          fmt::format("No input can overflow, in {} of {} channels with a target P [exact].",
                      channels, channels)};
}

CheckResult witnessCheck(const std::vector<IntegerWeights>& layers, const RunControl& control,
                         const CheckReport& report) {
  std::int64_t all = 0;
  for (const IntegerWeights& layer : layers) all += layer.channels;
  Replays replays;
  std::int64_t seen = 0;
  for (const IntegerWeights& layer : layers) {
    told(report, CheckState::kRunning, static_cast<double>(seen) / static_cast<double>(all), {});
    for (std::int64_t channel = 0; channel < layer.channels; ++channel, ++seen) {
      if (!control.proceed()) {
        return told(report, CheckState::kNotRun, 0,
                    fmt::format("Stopped after {} of {} channels.", seen, all));
      }
      if (auto done = replayChannel(layer, channel, replays); !done) {
        return told(report, CheckState::kNotRun, 0, describe(done.error()));
      }
      if (!replays.fault.empty()) return told(report, CheckState::kFailed, 0, replays.fault);
    }
  }
  if (replays.done == 0) {
    return told(report, CheckState::kNotRun, 0, "No channel has a range to replay.");
  }
  return told(report, CheckState::kPassed, 0, replayText(replays));
}

}  // namespace a2q
