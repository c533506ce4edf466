// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/fast_engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "core/base/parallel.h"
#include "core/integer/fast/group_run.h"

namespace a2q {
namespace {

/// The lanes of a group: as many as the kernels like, fewer when threads would have nothing to do.
std::int64_t lanesFor(std::int64_t samples, std::int64_t liked, int threads) {
  std::int64_t lanes = liked;
  while (lanes > kQuadLanes && (samples + lanes - 1) / lanes < threads) lanes /= 2;
  return lanes;
}

}  // namespace

struct FastEngine::State {
  FastProgram fused;
  std::optional<FastProgram> plain;   ///< once a probe was seen
  std::optional<BoundProgram> bound;  ///< of `fused`, for the last shape
  std::vector<GroupRun> workers;      ///< with the memory of the last run
  FastOptions options;

  [[nodiscard]] IntegerTensor runFused(std::span<const std::int32_t> codes, std::int64_t samples,
                                       const Shape& shape, int threads);
  [[nodiscard]] IntegerTensor runProbed(std::span<const std::int32_t> codes, std::int64_t samples,
                                        const Shape& shape, int threads, const IntegerProbe& probe);
};

FastEngine::FastEngine(const IntegerNetwork& network, FastOptions options)
    : state_(std::make_unique<State>()) {
  const KernelLevel best = bestKernelLevel();
  options.level = std::min(options.level.value_or(best), best);
  state_->options = options;
  state_->fused = fastProgram(network, Fusion::kOn, *options.level, options.kernel);
}

FastEngine::~FastEngine() = default;
FastEngine::FastEngine(FastEngine&&) noexcept = default;
FastEngine& FastEngine::operator=(FastEngine&&) noexcept = default;

IntegerTensor FastEngine::State::runFused(std::span<const std::int32_t> codes, std::int64_t samples,
                                          const Shape& shape, int threads) {
  const std::int64_t lanes = lanesFor(samples, laneKernels(fused.level).lanes, threads);
  if (!bound || bound->input != shape || bound->lanes != lanes) {
    workers.clear();
    bound = bindProgram(fused, shape, lanes);
  }
  IntegerTensor result{samples, bound->shapes.back(), {}};
  const std::int64_t size = result.shape.size();
  result.values.resize(static_cast<std::size_t>(samples * size));
  const std::int64_t groups = (samples + lanes - 1) / lanes;
  const int busy = static_cast<int>(std::min<std::int64_t>(threads, groups));
  while (static_cast<int>(workers.size()) < busy) workers.emplace_back(fused, *bound);
  std::atomic<std::int64_t> next = 0;
  parallelRanges(busy, busy, [&](std::int64_t worker, std::int64_t, int) {
    GroupRun& run = workers[static_cast<std::size_t>(worker)];
    for (std::int64_t group = next++; group < groups; group = next++) {
      const std::int64_t first = group * lanes;
      const std::int64_t count = std::min(lanes, samples - first);
      run.start(codes.subspan(static_cast<std::size_t>(first * shape.size())), count);
      for (std::size_t step = 0; step < fused.steps.size(); ++step) {
        run.run(step);
        run.release(step);
      }
      unpackSamples(run.value(bound->shapes.size() - 1), count,
                    result.values.data() + first * size);
      run.finish();
    }
  });
  return result;
}

IntegerTensor FastEngine::State::runProbed(std::span<const std::int32_t> codes,
                                           std::int64_t samples, const Shape& shape, int threads,
                                           const IntegerProbe& probe) {
  if (!plain) plain = fastProgram(*fused.network, Fusion::kOff, fused.level, options.kernel);
  const std::int64_t lanes = lanesFor(samples, laneKernels(plain->level).lanes, threads);
  const BoundProgram places = bindProgram(*plain, shape, lanes);
  std::vector<GroupRun> groups;
  for (std::int64_t first = 0; first < samples; first += lanes) {
    groups.emplace_back(*plain, places);
    groups.back().start(codes.subspan(static_cast<std::size_t>(first * shape.size())),
                        std::min(lanes, samples - first));
  }
  IntegerTensor value;
  for (std::size_t step = 0; step < plain->steps.size(); ++step) {
    const std::size_t node = plain->steps[step].result;
    value = {samples, places.shapes[node], {}};
    const std::int64_t size = value.shape.size();
    value.values.resize(static_cast<std::size_t>(samples * size));
    parallelRanges(static_cast<std::int64_t>(groups.size()), threads,
                   [&](std::int64_t first, std::int64_t last, int) {
                     for (std::int64_t g = first; g < last; ++g) {
                       GroupRun& run = groups[static_cast<std::size_t>(g)];
                       run.run(step);
                       unpackSamples(run.value(node), run.samples(),
                                     value.values.data() + g * lanes * size);
                       run.release(step);
                     }
                   });
    probe(node, value);
  }
  return value;
}

IntegerTensor FastEngine::run(std::span<const std::int32_t> codes, std::int64_t samples,
                              const Shape& shape, const IntegerProbe* probe) {
  const int threads = state_->options.threads > 0 ? state_->options.threads : allowedProcessors();
  return probe != nullptr ? state_->runProbed(codes, samples, shape, threads, *probe)
                          : state_->runFused(codes, samples, shape, threads);
}

std::vector<std::string> FastEngine::kernels() const {
  const std::vector<IntegerNode>& nodes = state_->fused.network->nodes;
  std::vector<std::string> names(nodes.size());
  for (const FastStep& step : state_->fused.steps) {
    for (std::size_t node = step.node; node <= step.result; ++node) {
      names[node] = fmt::format("with {}", nodes[step.node].name);
    }
    names[step.node] =
        step.dot ? step.dot->name : std::string(operationName(nodes[step.node].operation));
  }
  return names;
}

KernelLevel FastEngine::level() const { return state_->fused.level; }

}  // namespace a2q
