// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/fit.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace a2q {
namespace {

/// The rows that count, each divided by what it measured.
struct System {
  Eigen::MatrixXd left;
  Eigen::VectorXd right;
};

System systemOf(const std::vector<Sample>& samples) {
  const auto used = std::ranges::count(samples, false, &Sample::held_out);
  const auto columns = static_cast<Eigen::Index>(samples.front().features.size());
  System system{Eigen::MatrixXd(used, columns), Eigen::VectorXd(used)};
  Eigen::Index row = 0;
  for (const Sample& sample : samples) {
    if (sample.held_out) continue;
    const double weight = 1 / std::max(sample.measured, kSmall);
    for (Eigen::Index i = 0; i < columns; ++i) {
      system.left(row, i) = weight * sample.features[static_cast<std::size_t>(i)];
    }
    system.right(row++) = weight * sample.measured;
  }
  return system;
}

/// (SᵀS + λ)x = Sᵀb.
struct NormalEquations {
  Eigen::MatrixXd left;
  Eigen::VectorXd right;
};

NormalEquations normalOf(const System& system, double ridge) {
  NormalEquations normal{system.left.transpose() * system.left,
                         system.left.transpose() * system.right};
  normal.left.diagonal().array() += ridge;
  return normal;
}

/// The solution with x ≥ 0, from a first guess: one coefficient after the other is set to where it
/// is best, which for so convex a problem ends at its minimum.
Eigen::VectorXd nonNegative(const NormalEquations& normal, Eigen::VectorXd x) {
  constexpr int kSweeps = 4000;
  constexpr double kStill = 1e-7;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double moved = 0;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
      const double gradient = normal.right[i] - normal.left.row(i).dot(x);
      const double next = std::max(0.0, x[i] + gradient / normal.left(i, i));
      moved = std::max(moved, std::abs(next - x[i]));
      x[i] = next;
    }
    if (moved < kStill) break;
  }
  return x;
}

/// The mean error on each row when that row is left out of the fit, with the features that count
/// (their coefficients are not 0): the residual would be r_i / (1 − h_ii), with the hat matrix
/// h = S(SᵀS + λ)⁻¹Sᵀ.
double leftOut(const System& system, double ridge, const Eigen::VectorXd& coefficients) {
  std::vector<Eigen::Index> used;
  for (Eigen::Index i = 0; i < coefficients.size(); ++i)
    if (coefficients[i] != 0) used.push_back(i);
  const System part{system.left(Eigen::all, used), system.right};
  const Eigen::MatrixXd inner = normalOf(part, ridge).left.ldlt().solve(part.left.transpose());
  const Eigen::VectorXd hat = part.left.cwiseProduct(inner.transpose()).rowwise().sum();
  const Eigen::VectorXd residuals = system.right - system.left * coefficients;
  return (residuals.array() / (1 - hat.array()).max(1e-6)).abs().mean();
}

/// Columns are scaled to length 1 first, so that the ridge treats all alike; how strong it is the
/// left-out rows decide.
Eigen::VectorXd solve(const System& system, FitSigns signs) {
  Eigen::VectorXd lengths = system.left.colwise().norm();
  for (double& length : lengths) length = length > 0 ? length : 1;
  const System scaled{system.left * lengths.cwiseInverse().asDiagonal(), system.right};
  Eigen::VectorXd best;
  double least = std::numeric_limits<double>::infinity();
  Eigen::VectorXd guess = Eigen::VectorXd::Zero(lengths.size());
  for (const double ridge : {1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 1e-4, 1e-5}) {
    const NormalEquations normal = normalOf(scaled, ridge);
    guess = signs == FitSigns::kFree ? Eigen::VectorXd(normal.left.ldlt().solve(normal.right))
                                     : nonNegative(normal, std::move(guess));
    const double error = leftOut(scaled, ridge, guess);
    if (error >= least && best.size() > 0) continue;
    least = error;
    best = guess;
  }
  return best.cwiseQuotient(lengths);
}

ErrorFigures figures(const LinearFit& fit, const std::vector<Sample>& samples, bool held_out) {
  std::vector<double> errors;
  for (const Sample& sample : samples) {
    if (sample.held_out != held_out) continue;
    const double miss = std::abs(fit.estimate(sample.features) - sample.measured);
    errors.push_back(miss / std::max(sample.measured, kSmall));
  }
  return errorFigures(errors);
}

}  // namespace

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(
      std::lround(share * static_cast<double>(values.size() - 1)))];
}

ErrorFigures errorFigures(const std::vector<double>& errors) {
  return {quantile(errors, 0.5), quantile(errors, 1), errors.size()};
}

double LinearFit::estimate(const std::vector<double>& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += coefficients[i] * features[i];
  return std::max(sum, 0.0);
}

std::vector<double> fitCoefficients(const std::vector<Sample>& samples, FitSigns signs) {
  if (samples.empty()) return {};
  const Eigen::VectorXd solution = solve(systemOf(samples), signs);
  return {solution.begin(), solution.end()};
}

LinearFit judge(std::vector<double> coefficients, const std::vector<Sample>& samples) {
  constexpr double kOutermost = 0.05;
  LinearFit fit;
  fit.coefficients = std::move(coefficients);
  fit.fitted = figures(fit, samples, false);
  fit.held_out = figures(fit, samples, true);
  std::vector<double> ratios;
  ratios.reserve(samples.size());
  for (const Sample& sample : samples) {
    const double estimate = fit.estimate(sample.features);
    ratios.push_back(std::max(sample.measured, 1.0) / std::max(estimate, 1.0));
    fit.largest = std::max(fit.largest, sample.measured);
  }
  if (ratios.empty()) return fit;
  fit.low = std::min(1.0, quantile(ratios, kOutermost));
  fit.high = std::max(1.0, quantile(ratios, 1 - kOutermost));
  return fit;
}

}  // namespace a2q
