// SPDX-License-Identifier: GPL-3.0-or-later
// integer_engine_bench [--batch B] [--pairs N] [--kernels] [NETWORK...]: images per second of the
// fast integer engine against LibTorch float inference (convolution, batch norm with running
// statistics, ReLU; channels-last, no gradients) of the same network, with the same number of
// threads. Dense: W4A4 as QAT starts, nearly every weight in use. Sparse: A2Q W4A4 at P = 12, with
// the zeros that its budget enforces from the start. The engines take turns in one process, so that
// the ratio of each pair holds when the machine's speed drifts.
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <sched.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "core/integer/fast/fast_engine.h"
#include "core/integer/lowering.h"
#include "core/network/experiment.h"
#include "core/training/torch/code_trace.h"
#include "core/training/torch/graph_model.h"

namespace {

using namespace a2q;
using torch::Tensor;

[[noreturn]] void end(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  std::exit(static_cast<int>(errorInfo(error.code).exit_code));
}

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A network as it starts under a method, its scales and statistics settled on random images.
struct Model {
  NetworkGraph graph;
  Experiment experiment;
  std::unique_ptr<GraphModel> model;

  Model(const std::string& network, const char* method, const char* accumulator) {
    auto read = readExperiment(std::string(A2Q_PROJECTS) + "/" + network + ".toml");
    if (read) read = withSetting(*read, "quant.method", method);
    if (read) read = withSetting(*read, "quant.weight_bits", "4");
    if (read) read = withSetting(*read, "quant.activation_bits", "4");
    if (read) read = withSetting(*read, "quant.accumulator_bits", accumulator);
    if (!read) end(read.error());
    experiment = *read;
    graph = *inferShapes(experiment.network);
    const auto plan = planQuantization(experiment.network, graph, experiment.quant);
    model = std::make_unique<GraphModel>(experiment.network, graph, *plan, 1, torch::kCPU);
    // The activation scales settle in the first sixteen batches.
    for (int i = 0; i < 17; ++i) (void)model->forward(images(16), NormMode::kBatchStatistics);
  }

  [[nodiscard]] const InputLayer& input() const {
    return std::get<InputLayer>(experiment.network.layers[graph.nodes.front().layer].kind);
  }

  /// Random codes as real values.
  [[nodiscard]] Tensor images(std::int64_t batch) const {
    const IntegerFormat& format = input().format;
    const Shape& shape = input().shape;
    return (torch::randint(format.minimum(), format.maximum() + 1,
                           {batch, shape.channels, shape.height, shape.width}) *
            input().scale)
        .contiguous(at::MemoryFormat::ChannelsLast);
  }
};

/// LibTorch float.
class FloatSubject {
 public:
  FloatSubject(const std::string& network, std::int64_t batch)
      : model_(network, "float", "16"), x_(model_.images(batch)) {}
  double seconds() {
    const auto start = std::chrono::steady_clock::now();
    (void)model_.model->forward(x_, NormMode::kRunningStatistics);
    return secondsSince(start);
  }

 private:
  Model model_;
  Tensor x_;
};

/// The fast engine on the integers of a method.
class IntegerSubject {
 public:
  IntegerSubject(const std::string& network, const char* method, const char* accumulator,
                 std::int64_t batch, int threads)
      : batch_(batch) {
    const Model model(network, method, accumulator);
    shape_ = model.input().shape;
    const IntegerFormat format = model.input().format;
    auto lowered =
        lowerToIntegers(trainedNetworkOf(model.experiment.network, model.graph, *model.model));
    if (!lowered) end(lowered.error());
    network_ = std::make_unique<IntegerNetwork>(std::move(*lowered));
    std::mt19937 random(1);
    std::uniform_int_distribution<std::int32_t> code(static_cast<std::int32_t>(format.minimum()),
                                                     static_cast<std::int32_t>(format.maximum()));
    codes_.resize(static_cast<std::size_t>(batch * shape_.size()));
    for (std::int32_t& value : codes_) value = code(random);
    FastOptions options;
    options.threads = threads;
    engine_ = std::make_unique<FastEngine>(*network_, options);
  }

  double seconds() {
    const auto start = std::chrono::steady_clock::now();
    (void)engine_->run(codes_, batch_, shape_);
    return secondsSince(start);
  }

  /// A few samples by the reference engine.
  [[nodiscard]] bool isExact() {
    constexpr std::int64_t kSamples = 2;
    const auto codes = std::span(codes_).first(static_cast<std::size_t>(kSamples * shape_.size()));
    return engine_->run(codes, kSamples, shape_).values ==
           ReferenceEngine(*network_).run(codes, kSamples, shape_).values;
  }

  /// Share of weights that are not zero.
  [[nodiscard]] double density() const {
    double used = 0;
    double all = 0;
    for (const IntegerNode& node : network_->nodes) {
      if (const auto* dot = std::get_if<DotProduct>(&node.operation)) {
        const auto& values = dot->weights.values;
        all += static_cast<double>(values.size());
        used +=
            static_cast<double>(values.size()) - static_cast<double>(std::ranges::count(values, 0));
      }
    }
    return used / all;
  }

  void printKernels() const {
    const std::vector<std::string> kernels = engine_->kernels();
    for (std::size_t i = 0; i < kernels.size(); ++i) {
      fmt::print("  {:<28} {:<16} {}\n", network_->nodes[i].name,
                 operationName(network_->nodes[i].operation), kernels[i]);
    }
  }

 private:
  std::int64_t batch_;
  Shape shape_;
  std::unique_ptr<IntegerNetwork> network_;
  std::vector<std::int32_t> codes_;
  std::unique_ptr<FastEngine> engine_;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Options {
  std::int64_t batch = 128;
  int pairs = 9;
  bool kernels = false;
  int threads = 1;
};

void compare(const std::string& network, const Options& options) {
  FloatSubject plain(network, options.batch);
  struct Kind {
    const char* name;
    const char* method;
    const char* accumulator;
  };
  for (const Kind& kind : {Kind{"dense W4A4", "qat", "32"}, Kind{"A2Q W4A4 P=12", "a2q", "12"}}) {
    IntegerSubject integers(network, kind.method, kind.accumulator, options.batch, options.threads);
    const bool exact = integers.isExact();
    (void)plain.seconds();
    (void)integers.seconds();
    std::vector<double> ratios;
    std::vector<double> float_seconds;
    std::vector<double> integer_seconds;
    for (int i = 0; i < options.pairs; ++i) {
      float_seconds.push_back(plain.seconds());
      integer_seconds.push_back(integers.seconds());
      ratios.push_back(float_seconds.back() / integer_seconds.back());
    }
    const auto [low, high] = std::ranges::minmax(ratios);
    const auto batch = static_cast<double>(options.batch);
    fmt::print(
        "{:<20} {:<14} batch {}: {:.0f} images/s LibTorch float, {:.0f} integers ({:.1f} % of "
        "weights in use), ratio {:.2f} (pairs {:.2f} to {:.2f}){}\n",
        network, kind.name, options.batch, batch / median(float_seconds),
        batch / median(integer_seconds), 100 * integers.density(), median(ratios), low, high,
        exact ? "" : "; NOT the integers of the reference");
    if (options.kernels) integers.printKernels();
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  Options options;
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) options.threads = CPU_COUNT(&set);
  at::set_num_threads(options.threads);
  torch::manual_seed(1);
  const torch::NoGradGuard no_gradients;
  std::vector<std::string> networks;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--batch" && i + 1 < words.size()) {
      options.batch = std::stoll(words[++i]);
    } else if (words[i] == "--pairs" && i + 1 < words.size()) {
      options.pairs = std::max(1, std::stoi(words[++i]));
    } else if (words[i] == "--kernels") {
      options.kernels = true;
    } else {
      networks.push_back(words[i]);
    }
  }
  if (networks.empty())
    networks = {"cnv_cifar", "resnet18_cifar", "mobilenet_v1_cifar", "lenet_mnist"};
  fmt::print("integer inference against LibTorch float, {} threads\n", options.threads);
  for (const std::string& network : networks) compare(network, options);
}
