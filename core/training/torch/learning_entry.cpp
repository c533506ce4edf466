// SPDX-License-Identifier: GPL-3.0-or-later
// The two functions by which a2q_core finds what this library holds.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/cuda.h>
#include <torch/utils.h>
#include <torch/version.h>
#ifdef _OPENMP
#include <omp.h>
#endif

#include <algorithm>
#include <utility>

#include "core/base/parallel.h"
#include "core/base/version.h"
#include "core/training/torch/state_dict.h"
#include "core/training/torch/torch_errors.h"
#include "core/training/torch/training_run.h"

namespace a2q {
namespace {

std::size_t countCudaDevices() {
  return torch::cuda::is_available() ? static_cast<std::size_t>(torch::cuda::device_count()) : 0;
}

Result<torch::Device> openDevice(const std::string& name) {
  if (name == "auto") return torch::Device(countCudaDevices() > 0 ? torch::kCUDA : torch::kCPU);
  constexpr const char* kKnown = "known are cpu, cuda, cuda:N and auto";
  try {
    const torch::Device device(name);
    if (device.is_cuda()) {
      const std::size_t count = countCudaDevices();
      if (static_cast<std::size_t>(std::max<int>(0, device.index())) >= count) {
        return fail(ErrorCode::kDeviceUnavailable,
                    fmt::format("the compute device '{}' is not available", name),
                    fmt::format("this LibTorch sees {} CUDA devices", count));
      }
    } else if (!device.is_cpu() || device.index() > 0) {
      return fail(ErrorCode::kDeviceUnavailable,
                  fmt::format("the compute device '{}' is not supported", name), kKnown);
    }
    return device;
  } catch (const c10::Error& error) {
    return fail(ErrorCode::kDeviceUnavailable, fmt::format("'{}' is no compute device", name),
                kKnown);
  }
}

/// Never more than OMP_THREAD_LIMIT allows: convolutions of oneDNN wait for ever for the threads
/// that a team asked for and did not get.
int threadsFor(const ComputeOptions& compute) {
  const int wanted = compute.threads > 0 ? compute.threads : allowedProcessors();
#ifdef _OPENMP
  return std::min(wanted, omp_get_thread_limit());
#else
  return wanted;
#endif
}

/// Opens the device and runs `body` there.
template <class Value, class Body>
Result<Value> onDevice(const ComputeOptions& compute, std::uint64_t seed, Body body) {
  auto device = openDevice(compute.device);
  if (!device) return forward(std::move(device));
  return guarded<Value>([&] {
    at::set_num_threads(threadsFor(compute));
    at::globalContext().setDeterministicCuDNN(true);
    torch::manual_seed(seed);
    return body(*device);
  });
}

class TorchTrainer : public Trainer {
 public:
  Result<RunRecord> train(const TrainJob& job, TrainObserver& observer,
                          const RunControl& control) override {
    const auto body = [&](torch::Device device) {
      auto record = runTraining(job, device, observer, control);
      if (record) {
        record->backend =
            fmt::format("{}, {}, {} threads", backendName(), device.str(), at::get_num_threads());
      }
      return record;
    };
    return onDevice<RunRecord>(job.compute, job.experiment.training.seed, body);
  }

  Result<EvalResult> evaluate(const EvalJob& job, const RunControl& control) override {
    const auto body = [&](torch::Device device) { return runEvaluation(job, device, control); };
    return onDevice<EvalResult>(job.compute, job.experiment.training.seed, body);
  }

  Result<TrainedNetwork> integers(const Experiment& experiment,
                                  const std::vector<NamedTensor>& parameters) override {
    const auto body = [&](torch::Device) { return readIntegers(experiment, parameters); };
    return onDevice<TrainedNetwork>({}, experiment.training.seed, body);
  }

  Result<std::unique_ptr<CodeTracer>> openTracer(const Experiment& experiment,
                                                 const std::vector<NamedTensor>& parameters,
                                                 const ComputeOptions& compute) override {
    const auto body = [&](torch::Device device) {
      return openCodeTracer(experiment, parameters, device);
    };
    return onDevice<std::unique_ptr<CodeTracer>>(compute, experiment.training.seed, body);
  }

  Result<std::vector<NamedTensor>> readStateDict(const std::filesystem::path& path) override {
    return a2q::readStateDict(path);
  }

  [[nodiscard]] std::string backendName() const override {
    return std::string("LibTorch ") + TORCH_VERSION;
  }

  [[nodiscard]] int cudaDevices() const override { return static_cast<int>(countCudaDevices()); }
};

}  // namespace
}  // namespace a2q

extern "C" const char* a2qLearningVersion() { return a2q::version().data(); }

extern "C" void* a2qLearningTrainer() {
  static a2q::TorchTrainer trainer;
  return static_cast<a2q::Trainer*>(&trainer);
}
