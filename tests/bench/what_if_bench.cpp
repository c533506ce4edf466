// SPDX-License-Identifier: GPL-3.0-or-later
// What a preview of other bits costs on whole networks: bounds, margins and the projection of all
// weights, which a person at a slider waits for.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/integer/requantize.h"
#include "core/integer/what_if.h"
#include "tests/core/integer/made_network.h"

namespace {

using namespace a2q;

double milliseconds(auto&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  return took.count();
}

void preview(const char* sample, const char* key, const char* value) {
  constexpr int kTurns = 9;
  const Experiment before =
      readExperiment(std::string(A2Q_PROJECTS_DIR "/") + sample + ".toml").value();
  const Experiment free = withSetting(before, "quant.method", "\"qat\"").value();
  const TrainedNetwork trained = requantize(testing::madeNetwork(free, 1), before).value();
  const std::vector<LayerFacts> facts = trainedFacts(trained);
  const Experiment after = withSetting(before, key, value).value();
  std::vector<double> times;
  times.reserve(kTurns);
  for (int turn = 0; turn < kTurns; ++turn) {
    times.push_back(milliseconds([&] {
      if (!previewBounds(trained, facts, after)) fmt::print("no preview\n");
    }));
  }
  std::ranges::sort(times);
  fmt::print(
      "{:18} {:24} = {:6}  {:7.1f} ms (median), {:7.1f} ms (longest), share of 100 ms {:.2f}\n",
      sample, key, value, times[kTurns / 2], times.back(), times[kTurns / 2] / 100);
}

}  // namespace

int main() {
  for (const char* sample : {"lenet_digits", "cnv_cifar", "mobilenet_v1_cifar", "resnet18_cifar"}) {
    preview(sample, "quant.accumulator_bits", "12");
    preview(sample, "quant.weight_bits", "3");
    preview(sample, "quant.activation_bits", "8");
    preview(sample, "quant.method", "\"a2q+\"");
  }
  return 0;
}
