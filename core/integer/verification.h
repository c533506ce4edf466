// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/integer/integer_engine.h"
#include "core/training/trainer.h"

namespace a2q {

/// The first code on which an engine and the trained network differ.
struct CodeMismatch {
  std::string layer;
  std::int64_t sample = 0;
  std::int64_t channel = 0;
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t trained = 0;  ///< what the trained network gives there
  std::int64_t integer = 0;  ///< what the engine gives
};

/// "First mismatch: layer conv2, sample 3, channel 0, position (1, 2): the trained network gives 7,
/// the integers 8."
[[nodiscard]] std::string mismatchText(const CodeMismatch& first);

/// One activation, or the result, over all samples.
struct LayerAgreement {
  std::string layer;
  std::int64_t codes = 0;       ///< compared
  std::int64_t mismatches = 0;  ///< that differ from the trained network in double precision
  /// Codes that training's single precision rounds the other way from the same inputs, and how far
  /// the worst of them is from a tie, in codes.
  std::int64_t float_differences = 0;
  double farthest_from_tie = 0;
};

/// Whether an IntegerNetwork is the trained network, code for code.
struct Verification {
  std::vector<LayerAgreement> layers;  ///< in running order; the result is last
  std::optional<CodeMismatch> first;
  std::int64_t samples = 0;
  /// Results of classes that are so close in the trained network that the rounding of multipliers
  /// to integers may decide: twice that rounding. They are not compared.
  std::int64_t undecided = 0;
  /// No code differs, and single precision only where the value is within kFloatTolerance of a tie.
  [[nodiscard]] bool holds() const;
};

/// Single precision may round a value this close to a tie the other way, in codes.
inline constexpr double kFloatTolerance = 0.01;

/// Compares an engine with the trained network batch after batch.
class Verifier {
 public:
  /// All three must outlive it.
  Verifier(const IntegerNetwork& network, IntegerEngine& engine, CodeTracer& tracer);
  /// `codes`: [samples, C, H, W] of the network's input. Errors: those of the tracer.
  [[nodiscard]] Status add(std::span<const std::int32_t> codes, std::int64_t samples,
                           const Shape& shape);
  [[nodiscard]] const Verification& result() const { return result_; }

 private:
  LayerAgreement& agreementOf(std::size_t row, const std::string& layer);
  void compareCodes(std::size_t row, const TracedCodes& traced, const IntegerTensor& found);
  void compareResult(std::size_t row, const CodeTrace& trace, const IntegerTensor& found);
  void compareClasses(const CodeTrace& trace, const IntegerTensor& found,
                      LayerAgreement& agreement);
  void note(LayerAgreement& agreement, const Shape& shape, std::size_t at, std::int64_t trained,
            std::int64_t integer);

  const IntegerNetwork& network_;
  IntegerEngine& engine_;
  CodeTracer& tracer_;
  Verification result_;
};

}  // namespace a2q
