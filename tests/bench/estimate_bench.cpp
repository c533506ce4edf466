// SPDX-License-Identifier: GPL-3.0-or-later
// estimate_bench: how long an estimate and a whole choice of foldings take, against what they may
// take (1 ms and 100 ms), for ResNet18 and smaller networks under the policy datatype.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "hw_backend/estimate/design_plan.h"

namespace {

using namespace a2q;

constexpr double kEstimateLimit = 1e-3;
constexpr double kSolveLimit = 0.1;

template <class T>
T valueOf(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", describe(result.error()));
  std::exit(1);
}

/// Median of several runs, seconds.
template <class F>
double timeOf(F work) {
  constexpr int kRuns = 15;
  std::vector<double> seconds;
  for (int i = 0; i < kRuns; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    seconds.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2];
}

void measure(const std::string& name, ModelKind kind) {
  const auto experiment = valueOf(readExperiment(std::string(A2Q_PROJECTS) + "/" + name + ".toml"));
  const auto network =
      valueOf(underPolicy(valueOf(designNetwork(experiment)), AccumulatorPolicy::kDataType));
  const Device& device = *valueOf(findDevice("xc7z020"));
  const auto model = valueOf(resourceModel(kind, *device.family));
  // A device thirty times as large, so that every network fits and all intervals are bisected.
  const FoldingRequest request{30 * device.totals, {}};
  const BlockCost cost = [&model](const Block& block) { return estimate(block, model).value; };
  const auto solve = [&] {
    return valueOf(valueOf(FoldingSolver::make(network, cost)).solve(request));
  };
  const FoldingSolution solution = solve();
  const double solving = timeOf([&] { (void)solve(); });
  const double estimating =
      timeOf([&] { (void)estimate(valueOf(fold(network, solution.design.folding)), model); });
  fmt::print(
      "{:<20} {:<10} {:>3} layers, {:>3} blocks: estimate {:.3f} ms ({:.2f} of the limit), folding "
      "{:.1f} "
      "ms "
      "({:.2f} of the limit), {} cycles a sample\n",
      name, modelName(kind), network.layers.size(), solution.design.stages.size(), 1e3 * estimating,
      estimating / kEstimateLimit, 1e3 * solving, solving / kSolveLimit, solution.design.interval);
}

}  // namespace

int main() {
  for (const char* name : {"lenet_mnist", "cnv_cifar", "mobilenet_v1_cifar", "resnet18_cifar"}) {
    measure(name, ModelKind::kFinn);
    measure(name, ModelKind::kCalibrated);
  }
}
