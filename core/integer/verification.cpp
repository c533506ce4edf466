// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/integer/lowering.h"

namespace a2q {
namespace {

/// The node whose integers are the codes of an activation: the last one that comes from it.
std::map<std::size_t, std::size_t> nodesBySource(const IntegerNetwork& network) {
  std::map<std::size_t, std::size_t> nodes;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) nodes[network.nodes[i].source] = i;
  return nodes;
}

/// How far a score can be from the real value because its multiplier and offset are integers.
double roundingOf(const IntegerNetwork& network) {
  const IntegerNode& scores = network.nodes.back();
  const IntegerRange range = network.nodes[scores.inputs.front()].range;
  const auto reach = static_cast<double>(std::max(-range.minimum, range.maximum));
  return scores.scale.value_or(1) * (reach + 1) / 2;
}

}  // namespace

std::string mismatchText(const CodeMismatch& first) {
  return fmt::format(
      "First mismatch: layer {}, sample {}, channel {}, position ({}, {}): the trained network "
      "gives {}, the integers {}.",
      first.layer, first.sample, first.channel, first.y, first.x, first.trained, first.integer);
}

bool Verification::holds() const {
  // Nothing compared, as after an interrupt, is nothing verified.
  return samples > 0 && std::ranges::all_of(layers, [](const LayerAgreement& layer) {
           return layer.mismatches == 0 && layer.farthest_from_tie <= kFloatTolerance;
         });
}

Verifier::Verifier(const IntegerNetwork& network, IntegerEngine& engine, CodeTracer& tracer)
    : network_(network), engine_(engine), tracer_(tracer) {}

Status Verifier::add(std::span<const std::int32_t> codes, std::int64_t samples,
                     const Shape& shape) {
  const auto trace = tracer_.trace(codes, samples, shape);
  if (!trace) return tl::make_unexpected(trace.error());
  const auto nodes = nodesBySource(network_);
  std::map<std::size_t, std::size_t> row_of;  // position in the network → row of the trace
  for (std::size_t row = 0; row < trace->activations.size(); ++row) {
    row_of[nodes.at(trace->activations[row].node)] = row;
  }
  const IntegerProbe probe = [&](std::size_t node, const IntegerTensor& value) {
    const auto row = row_of.find(node);
    if (row != row_of.end()) compareCodes(row->second, trace->activations[row->second], value);
  };
  const IntegerTensor result = engine_.run(codes, samples, shape, &probe);
  compareResult(trace->activations.size(), *trace, result);
  result_.samples += samples;
  return {};
}

LayerAgreement& Verifier::agreementOf(std::size_t row, const std::string& layer) {
  if (result_.layers.size() <= row) result_.layers.resize(row + 1);
  result_.layers[row].layer = layer;
  return result_.layers[row];
}

void Verifier::note(LayerAgreement& agreement, const Shape& shape, std::size_t at,
                    std::int64_t trained, std::int64_t integer) {
  ++agreement.mismatches;
  if (result_.first) return;
  const auto place = static_cast<std::int64_t>(at);
  const std::int64_t plane = shape.height * shape.width;
  result_.first = CodeMismatch{agreement.layer,
                               result_.samples + place / shape.size(),
                               place % shape.size() / plane,
                               place % plane / shape.width,
                               place % shape.width,
                               trained,
                               integer};
}

void Verifier::compareCodes(std::size_t row, const TracedCodes& traced,
                            const IntegerTensor& found) {
  const auto nodes = nodesBySource(network_);
  LayerAgreement& agreement = agreementOf(row, network_.nodes[nodes.at(traced.node)].name);
  agreement.codes += static_cast<std::int64_t>(traced.codes.size());
  agreement.float_differences += traced.float_differences;
  agreement.farthest_from_tie = std::max(agreement.farthest_from_tie, traced.farthest_from_tie);
  for (std::size_t i = 0; i < traced.codes.size(); ++i) {
    if (traced.codes[i] != found.values[i]) {
      note(agreement, traced.shape, i, traced.codes[i], found.values[i]);
    }
  }
}

void Verifier::compareResult(std::size_t row, const CodeTrace& trace, const IntegerTensor& found) {
  const IntegerNode& last = network_.nodes.back();
  LayerAgreement& agreement = agreementOf(row, last.name);
  if (std::holds_alternative<Scores>(last.operation)) {
    compareClasses(trace, found, agreement);
    return;
  }
  const double scale = last.scale.value_or(1);
  const bool pixels = scale == kPixelScale;
  for (std::size_t i = 0; i < trace.output.size(); ++i) {
    constexpr double kPeak = 255.0;
    const double code = pixels ? std::clamp(std::nearbyint(trace.output[i] * kPeak), 0.0, kPeak)
                               : std::nearbyint(trace.output[i] / scale);
    const auto expected = static_cast<std::int64_t>(code);
    if (expected != found.values[i]) note(agreement, found.shape, i, expected, found.values[i]);
  }
  agreement.codes += static_cast<std::int64_t>(trace.output.size());
}

void Verifier::compareClasses(const CodeTrace& trace, const IntegerTensor& found,
                              LayerAgreement& agreement) {
  const auto classes = static_cast<std::ptrdiff_t>(found.shape.size());
  const double rounding = roundingOf(network_);
  for (std::int64_t sample = 0; sample < found.samples; ++sample) {
    const auto real = trace.output.begin() + sample * classes;
    const auto score = found.values.begin() + sample * classes;
    const auto expected = std::max_element(real, real + classes) - real;
    const auto chosen = std::max_element(score, score + classes) - score;
    ++agreement.codes;
    if (expected == chosen) continue;
    if (real[expected] - real[chosen] <= 2 * rounding) {
      ++result_.undecided;
    } else {
      note(agreement, {1, 1, 1}, static_cast<std::size_t>(sample), expected, chosen);
    }
  }
}

}  // namespace a2q
