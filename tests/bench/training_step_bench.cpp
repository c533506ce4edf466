// SPDX-License-Identifier: GPL-3.0-or-later
// training_step_bench [--batch B] [--pairs N] [--all] [NETWORK...]: the whole training step
// (forward, backward, optimizer) of an A2Q network, W4A4 with 16-bit accumulators, against the same
// network in plain LibTorch float. The two take turns in one process, so that the ratio of each
// pair holds when the machine's speed drifts; peak memory comes from a process of its own for each.
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <sched.h>
#include <torch/optim/sgd.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/network/experiment.h"
#include "core/training/torch/graph_model.h"
#include "core/training/torch/scoring.h"

namespace {

using namespace a2q;
using torch::Tensor;

/// A model with its optimizer and one fixed batch.
class Subject {
 public:
  Subject(const std::string& network, const char* method, std::int64_t batch) {
    auto experiment = readExperiment(std::string(A2Q_PROJECTS) + "/" + network + ".toml");
    if (experiment) experiment = withSetting(*experiment, "quant.method", method);
    if (experiment) experiment = withSetting(*experiment, "quant.weight_bits", "4");
    if (experiment) experiment = withSetting(*experiment, "quant.activation_bits", "4");
    if (experiment) experiment = withSetting(*experiment, "quant.accumulator_bits", "16");
    if (!experiment) {
      fmt::print(stderr, "{}\n", describe(experiment.error()));
      std::exit(static_cast<int>(ExitCode::kBadFile));
    }
    const auto graph = inferShapes(experiment->network);
    const auto plan = planQuantization(experiment->network, *graph, experiment->quant);
    model_ = std::make_unique<GraphModel>(experiment->network, *graph, *plan, 1, torch::kCPU);
    const Shape& input = graph->nodes.front().output;
    x_ = torch::rand({batch, input.channels, input.height, input.width})
             .contiguous(at::MemoryFormat::ChannelsLast);
    const Shape& output = graph->nodes.back().output;
    classifies_ = output.size() == output.channels;
    target_ = classifies_ ? torch::randint(0, output.channels, {batch}, torch::kInt64)
                          : torch::rand({batch, output.channels, output.height, output.width});
    const ParameterGroups groups = model_->parameterGroups();
    std::vector<Tensor> parameters = groups.decayed;
    parameters.insert(parameters.end(), groups.free.begin(), groups.free.end());
    optimizer_ = std::make_unique<torch::optim::SGD>(
        parameters, torch::optim::SGDOptions(1e-3).momentum(0.9).weight_decay(1e-5));
  }

  /// One training step; returns its seconds.
  double step() {
    const auto start = std::chrono::steady_clock::now();
    optimizer_->zero_grad();
    const Tensor output = model_->forward(x_, NormMode::kBatchStatistics);
    Tensor loss =
        taskLoss(classifies_ ? Task::kClassification : Task::kSuperResolution, output, target_);
    if (const Tensor penalty = model_->penalty(); penalty.defined()) loss = loss + 1e-3 * penalty;
    loss.backward();
    optimizer_->step();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  std::unique_ptr<GraphModel> model_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
  Tensor x_;
  Tensor target_;
  bool classifies_ = true;
};

/// Steps before anything counts: the activation scales settle in the first sixteen batches.
constexpr int kWarmUp = 17;

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Peak resident memory in MiB of this process so far (VmHWM).
double peakOfThisProcess() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return kibibytes / 1024;
  }
  return 0;
}

/// Peak memory in MiB of a process of its own that trains a few steps; method "none": that only
/// starts.
double peakMebibytes(const std::string& network, const char* method, std::int64_t batch) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string command =
      fmt::format("'{}' --memory '{}' {} {}", program, network, method, batch);
  FILE* const child = popen(command.c_str(), "r");
  double mebibytes = 0;
  const bool read = child != nullptr && std::fscanf(child, "%lf", &mebibytes) == 1;
  if (child != nullptr) pclose(child);
  return read ? mebibytes : 0;
}

int memoryProcess(const std::string& network, const std::string& method, std::int64_t batch) {
  if (method != "none") {
    Subject subject(network, method.c_str(), batch);
    for (int i = 0; i < 3; ++i) subject.step();
  }
  fmt::print("{}\n", peakOfThisProcess());
  return 0;
}

void compare(const std::string& network, std::int64_t batch, int pairs) {
  std::vector<double> ratios;
  std::vector<double> float_seconds;
  std::vector<double> a2q_seconds;
  {
    Subject plain(network, "float", batch);
    Subject quantized(network, "a2q", batch);
    for (int i = 0; i < kWarmUp; ++i) quantized.step();
    plain.step();
    for (int i = 0; i < pairs; ++i) {
      float_seconds.push_back(plain.step());
      a2q_seconds.push_back(quantized.step());
      ratios.push_back(a2q_seconds.back() / float_seconds.back());
    }
  }
  const double start = peakMebibytes(network, "none", batch);
  const double plain = peakMebibytes(network, "float", batch);
  const double quantized = peakMebibytes(network, "a2q", batch);
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  fmt::print(
      "{:<20} batch {}: step {:.1f} ms float, {:.1f} ms A2Q ({:.0f} samples/s), ratio {:.3f} "
      "(pairs {:.3f} to "
      "{:.3f}); peak memory {:.0f} MiB float, {:.0f} MiB A2Q, ratio {:.3f} ({:.3f} without "
      "the {:.0f} MiB before the first step)\n",
      network, batch, 1e3 * median(float_seconds), 1e3 * median(a2q_seconds),
      static_cast<double>(batch) / median(a2q_seconds), median(ratios), *low, *high, plain,
      quantized, quantized / plain, (quantized - start) / (plain - start), start);
  std::fflush(stdout);
}

/// Every network of projects/.
std::vector<std::string> allNetworks() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(A2Q_PROJECTS)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  cpu_set_t set;
  at::set_num_threads(sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1);
  torch::manual_seed(1);
  if (words.size() == 4 && words[0] == "--memory") {
    return memoryProcess(words[1], words[2], std::stoll(words[3]));
  }
  std::int64_t batch = 128;
  int pairs = 7;
  std::vector<std::string> networks;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--batch" && i + 1 < words.size()) {
      batch = std::stoll(words[++i]);
    } else if (words[i] == "--pairs" && i + 1 < words.size()) {
      pairs = std::max(1, std::stoi(words[++i]));
    } else if (words[i] == "--all") {
      networks = allNetworks();
    } else {
      networks.push_back(words[i]);
    }
  }
  if (networks.empty()) networks = {"cnv_cifar", "mobilenet_v1_cifar", "resnet18_cifar"};
  fmt::print("whole training step, A2Q W4A4 P=16 against float, {} threads, channels-last\n",
             at::get_num_threads());
  for (const std::string& network : networks) compare(network, batch, pairs);
}
