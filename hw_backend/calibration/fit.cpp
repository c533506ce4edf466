// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/fit.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(
      std::lround(share * static_cast<double>(values.size() - 1)))];
}

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

/// Columns are scaled to length 1 first, so that the ridge treats all alike.
Eigen::VectorXd solve(System system) {
  constexpr double kRidge = 1e-4;
  Eigen::VectorXd lengths = system.left.colwise().norm();
  for (double& length : lengths) length = length > 0 ? length : 1;
  const Eigen::MatrixXd scaled = system.left * lengths.cwiseInverse().asDiagonal();
  Eigen::MatrixXd normal = scaled.transpose() * scaled;
  normal.diagonal().array() += kRidge;
  const Eigen::VectorXd solution = normal.ldlt().solve(scaled.transpose() * system.right);
  return solution.cwiseQuotient(lengths);
}

ErrorFigures figures(const LinearFit& fit, const std::vector<Sample>& samples, bool held_out) {
  std::vector<double> errors;
  for (const Sample& sample : samples) {
    if (sample.held_out != held_out) continue;
    const double miss = std::abs(fit.estimate(sample.features) - sample.measured);
    errors.push_back(miss / std::max(sample.measured, kSmall));
  }
  return {quantile(errors, 0.5), quantile(errors, 1), errors.size()};
}

}  // namespace

double LinearFit::estimate(const std::vector<double>& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += coefficients[i] * features[i];
  return std::max(sum, 0.0);
}

LinearFit fitLinear(const std::vector<Sample>& samples) {
  constexpr double kOutermost = 0.05;
  LinearFit fit;
  if (samples.empty()) return fit;
  const Eigen::VectorXd solution = solve(systemOf(samples));
  fit.coefficients.assign(solution.begin(), solution.end());
  fit.fitted = figures(fit, samples, false);
  fit.held_out = figures(fit, samples, true);
  std::vector<double> ratios;
  for (const Sample& sample : samples) {
    const double estimate = fit.estimate(sample.features);
    ratios.push_back(std::max(sample.measured, 1.0) / std::max(estimate, 1.0));
  }
  fit.low = std::min(1.0, quantile(ratios, kOutermost));
  fit.high = std::max(1.0, quantile(ratios, 1 - kOutermost));
  return fit;
}

}  // namespace a2q
