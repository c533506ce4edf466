// SPDX-License-Identifier: GPL-3.0-or-later
// telemetry_bench [--epochs N] [SPEC.toml]: what telemetry costs a training. The same network is
// trained on the same data watched by an observer that keeps every step and takes every snapshot
// (per-channel sums, exact ranges, histograms of the weights), and by one that wants no snapshots;
// the two take turns, so that the ratio of each pair holds when the machine's speed drifts.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/network/sample_experiment.h"
#include "core/training/trainer.h"

namespace {

using namespace a2q;

/// Keeps what a window would: every step, and the last snapshot.
class Watcher : public TrainObserver {
 public:
  explicit Watcher(Snapshots wanted) : wanted_(wanted) {}
  void onStep(const StepReport& report) override { steps_.push_back(report); }
  void onEpoch(const EpochRecord&) override {}
  void onSnapshot(const std::vector<LayerSnapshot>& layers) override {
    latest_ = layers;
    ++snapshots_;
  }
  [[nodiscard]] Snapshots snapshots() const override { return wanted_; }
  [[nodiscard]] std::size_t taken() const { return snapshots_; }

 private:
  Snapshots wanted_;
  std::vector<StepReport> steps_;
  std::vector<LayerSnapshot> latest_;
  std::size_t snapshots_ = 0;
};

[[noreturn]] void end(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  std::exit(static_cast<int>(errorInfo(error.code).exit_code));
}

double secondsOf(const Experiment& experiment, const DataSet& data, Snapshots wanted,
                 std::size_t& taken) {
  auto trainer = openTrainer();
  if (!trainer) end(trainer.error());
  Watcher watcher(wanted);
  const auto record = (*trainer)->train({experiment, data}, watcher, {});
  if (!record) end(record.error());
  taken = watcher.taken();
  return record->seconds;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  std::string epochs = "1";
  std::string path;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--epochs" && i + 1 < words.size()) {
      epochs = words[++i];
    } else {
      path = words[i];
    }
  }
  auto experiment =
      path.empty() ? parseExperiment(sampleSpecification(), "the sample") : readExperiment(path);
  if (experiment) experiment = withSetting(*experiment, "training.epochs", epochs);
  if (!experiment) end(experiment.error());
  const auto data = loadDataSet(experiment->data, experiment->training.seed);
  if (!data) end(data.error());
  constexpr int kPairs = 9;
  std::vector<double> ratios;
  std::size_t taken = 0;
  std::size_t none = 0;
  (void)secondsOf(*experiment, *data, Snapshots::kIgnored, none);
  for (int pair = 0; pair < kPairs; ++pair) {
    const double watched = secondsOf(*experiment, *data, Snapshots::kWanted, taken);
    const double alone = secondsOf(*experiment, *data, Snapshots::kIgnored, none);
    ratios.push_back(watched / alone);
  }
  std::sort(ratios.begin(), ratios.end());
  fmt::print(
      "{}: with {} snapshots a run against none, time ratio {:.4f} (median of {} pairs, "
      "{:.4f} to {:.4f})\n",
      experiment->network.name, taken, ratios[kPairs / 2], kPairs, ratios.front(), ratios.back());
}
