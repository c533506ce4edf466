// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/timing/delay_fit.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "hw_backend/timing/logic_path.h"

namespace a2q {
namespace {

constexpr Eigen::Index kTerms = 5;
constexpr std::ptrdiff_t kFewest = 20;
using Delays = Eigen::Matrix<double, kTerms, 1>;

DelayFigures figuresOf(const Delays& delays) {
  return {delays[0], delays[1], delays[2], delays[3], delays[4]};
}

Delays termsOf(const LogicPath& path) {
  Delays terms;
  terms << 1, path.levels, path.carries, path.memories, path.fan;
  return terms;
}

double nanoseconds(const ClockMeasurement& row) {
  constexpr double kMilli = 1e3;
  return kMilli / row.mhz;
}

/// The longest paths of the rows that count under some delays, each divided by what was measured.
Eigen::MatrixXd systemOf(const ClockTable& table, const Family& family,
                         const DelayFigures& figures) {
  const auto used = std::ranges::count(table.rows, false, &ClockMeasurement::held_out);
  Eigen::MatrixXd system(used, kTerms);
  Eigen::Index index = 0;
  for (const ClockMeasurement& row : table.rows) {
    if (row.held_out) continue;
    system.row(index++) =
        termsOf(slowestPath(row.block, family, figures)).transpose() / nanoseconds(row);
  }
  return system;
}

double squares(const ClockTable& table, const Family& family, const Delays& delays) {
  const Eigen::VectorXd ratios = systemOf(table, family, figuresOf(delays)) * delays;
  return (ratios.array() - 1).square().sum();
}

/// Delays of any FPGA of the last decades lie within a factor of a few of these.
Delays firstGuess() {
  Delays delays;
  delays << 1, 1.5, 0.2, 2.5, 0.3;
  return delays;
}

/// Least squares with the paths that are the longest now, then half a step towards it, until
/// nothing improves for a while.
Delays solve(const ClockTable& table, const Family& family) {
  constexpr int kRounds = 60;
  Delays delays = firstGuess();
  Delays best = delays;
  double least = std::numeric_limits<double>::infinity();
  for (int round = 0; round < kRounds; ++round) {
    const double error = squares(table, family, delays);
    if (error < least) {
      least = error;
      best = delays;
    }
    const Eigen::MatrixXd system = systemOf(table, family, figuresOf(delays));
    const Delays solution =
        system.colPivHouseholderQr().solve(Eigen::VectorXd::Ones(system.rows()));
    delays = (delays + solution.cwiseMax(0.0)) / 2;
  }
  return best;
}

/// Measured / estimated delay of every row that is wanted.
std::vector<double> ratiosOf(const ClockTable& table, const Family& family,
                             const DelayFigures& figures, std::optional<bool> held_out) {
  std::vector<double> ratios;
  for (const ClockMeasurement& row : table.rows) {
    if (held_out && row.held_out != *held_out) continue;
    ratios.push_back(nanoseconds(row) / delayOf(slowestPath(row.block, family, figures), figures));
  }
  return ratios;
}

/// Of the clock, whose ratio estimated / measured is that of the delays turned round.
ErrorFigures errorsOf(const std::vector<double>& ratios) {
  std::vector<double> errors;
  errors.reserve(ratios.size());
  for (const double ratio : ratios) errors.push_back(std::abs(ratio - 1));
  return errorFigures(errors);
}

}  // namespace

Result<DelayFit> fitDelays(const ClockTable& table, const Family& family) {
  const auto used = std::ranges::count(table.rows, false, &ClockMeasurement::held_out);
  if (used < kFewest) {
    return fail(ErrorCode::kFileFormat,
                fmt::format("the clocks of {} blocks are too few to fit the delays of {}", used,
                            table.device),
                {}, "Measure anew with 'a2q calibrate --clocks'.");
  }
  constexpr double kOutermost = 0.05;
  DelayFit fit;
  fit.figures = figuresOf(solve(table, family));
  fit.fitted = errorsOf(ratiosOf(table, family, fit.figures, false));
  fit.held_out = errorsOf(ratiosOf(table, family, fit.figures, true));
  const std::vector<double> all = ratiosOf(table, family, fit.figures, std::nullopt);
  fit.figures.low = std::min(1.0, quantile(all, kOutermost));
  fit.figures.high = std::max(1.0, quantile(all, 1 - kOutermost));
  return fit;
}

}  // namespace a2q
