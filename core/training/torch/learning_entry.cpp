// SPDX-License-Identifier: GPL-3.0-or-later
// The two functions by which a2q_core finds what this library holds.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <sched.h>
#include <torch/cuda.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <new>
#include <utility>

#include "core/base/version.h"
#include "core/training/torch/training_run.h"

namespace a2q {
namespace {

/// The processors this process may run on.
int allowedProcessors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

Result<torch::Device> openDevice(const std::string& name) {
  try {
    const torch::Device device(name);
    if (device.is_cuda()) {
      const auto count = torch::cuda::is_available() ? torch::cuda::device_count() : 0;
      if (static_cast<std::size_t>(std::max<int>(0, device.index())) >= count) {
        return fail(ErrorCode::kDeviceUnavailable,
                    fmt::format("the compute device '{}' is not available", name),
                    fmt::format("this LibTorch sees {} CUDA devices", count));
      }
    } else if (!device.is_cpu() || device.index() > 0) {
      return fail(ErrorCode::kDeviceUnavailable,
                  fmt::format("the compute device '{}' is not supported", name),
                  "known are cpu, cuda and cuda:N");
    }
    return device;
  } catch (const c10::Error& error) {
    return fail(ErrorCode::kDeviceUnavailable, fmt::format("'{}' is no compute device", name),
                "known are cpu, cuda and cuda:N");
  }
}

/// LibTorch throws; this wrapper is where exceptions end.
Error fromTorch(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  const bool memory = text.find("out of memory") != std::string::npos ||
                      text.find("not enough memory") != std::string::npos ||
                      text.find("can't allocate memory") != std::string::npos;
  return makeError(memory ? ErrorCode::kOutOfMemory : ErrorCode::kInternal,
                   memory ? "training ran out of memory" : "LibTorch reported an error", text);
}

class TorchTrainer : public Trainer {
 public:
  Result<RunRecord> train(const Experiment& experiment, const DataSet& data,
                          const ComputeOptions& compute, TrainObserver& observer,
                          const RunControl& control) override {
    auto device = openDevice(compute.device);
    if (!device) return forward(std::move(device));
    const int threads = compute.threads > 0 ? compute.threads : allowedProcessors();
    try {
      at::set_num_threads(threads);
      at::globalContext().setDeterministicCuDNN(true);
      torch::manual_seed(experiment.training.seed);
      auto record = runTraining(experiment, data, *device, observer, control);
      if (record) {
        record->backend = fmt::format("{}, {}, {} threads", backendName(), device->str(), threads);
      }
      return record;
    } catch (const c10::Error& error) {
      return tl::make_unexpected(fromTorch(error));
    } catch (const std::bad_alloc&) {
      return fail(ErrorCode::kOutOfMemory, "training ran out of memory");
    } catch (const std::exception& error) {
      return fail(ErrorCode::kInternal, "training failed", error.what());
    }
  }

  [[nodiscard]] std::string backendName() const override {
    return std::string("LibTorch ") + TORCH_VERSION;
  }
};

}  // namespace
}  // namespace a2q

extern "C" const char* a2qLearningVersion() { return a2q::version().data(); }

extern "C" a2q::Trainer* a2qLearningTrainer() {
  static a2q::TorchTrainer trainer;
  return &trainer;
}
