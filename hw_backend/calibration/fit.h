// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace a2q {

/// One block, as a fit sees it: its features and what it measured.
struct Sample {
  std::vector<double> features;
  double measured = 0;
  bool held_out = false;
};

/// Relative errors |estimate − measured| / max(measured, kSmall) of some blocks.
struct ErrorFigures {
  double median = 0;
  double worst = 0;
  std::size_t blocks = 0;
};

/// The value below which a share of them lie (0: the least, 1: the largest); 0 where there is none.
[[nodiscard]] double quantile(std::vector<double> values, double share);

/// Of errors that are not below zero.
[[nodiscard]] ErrorFigures errorFigures(const std::vector<double>& errors);

/// Below this many cells an error counts as if there were that many: a few more or less of a tiny
/// block say nothing about a model.
inline constexpr double kSmall = 20;

/// A fitted linear model, with the errors of what it was fitted to and of what it never saw.
struct LinearFit {
  std::vector<double> coefficients;
  ErrorFigures fitted;
  ErrorFigures held_out;
  /// Least and largest measured / estimated among all blocks, without the outermost 5 %.
  double low = 1;
  double high = 1;
  double largest = 0;  ///< the most that a block measured

  /// Not below zero.
  [[nodiscard]] double estimate(const std::vector<double>& features) const;
};

/// Whether coefficients may be of any sign, or none is below zero: every feature is a part that
/// takes area, or what is saved, counted below zero.
enum class FitSigns { kFree, kParts };

/// Least squares of relative errors over the samples that are not held out, with a ridge: features
/// that say the same share a coefficient, and many features do not follow the noise of few samples.
/// Its strength is the one with the least error on samples left out one at a time. Samples all have
/// as many features.
[[nodiscard]] std::vector<double> fitCoefficients(const std::vector<Sample>& samples,
                                                  FitSigns signs = FitSigns::kFree);

/// The model of these coefficients, with its errors on some samples.
[[nodiscard]] LinearFit judge(std::vector<double> coefficients, const std::vector<Sample>& samples);

}  // namespace a2q
