// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/group_run.h"

#include <algorithm>

#include "core/integer/fast/lane_operations.h"

namespace a2q {

GroupRun::GroupRun(const FastProgram& program, const BoundProgram& bound)
    : program_(program),
      bound_(bound),
      kernels_(laneKernels(program.level)),
      values_(program.network->nodes.size()) {}

void GroupRun::start(std::span<const std::int32_t> codes, std::int64_t samples) {
  codes_ = codes;
  samples_ = samples;
}

void GroupRun::allocate(std::size_t node, const LaneFormat& format) {
  LaneTensor& value = values_[node];
  value.shape = bound_.shapes[node];
  value.lanes = bound_.lanes;
  value.format = format;
  const std::size_t size = value.byteSize();
  // The smallest that is large enough, else the largest, which grows.
  auto best = unused_.end();
  for (auto it = unused_.begin(); it != unused_.end(); ++it) {
    const bool fits = it->capacity() >= size;
    const bool closer = best == unused_.end() ||
                        (fits ? best->capacity() < size || it->capacity() < best->capacity()
                              : best->capacity() < size && it->capacity() > best->capacity());
    if (closer) best = it;
  }
  if (best != unused_.end()) {
    value.data = std::move(*best);
    unused_.erase(best);
  }
  value.data.reserve(size);
}

void GroupRun::free(std::size_t node) {
  if (values_[node].data.capacity() == 0) return;
  unused_.push_back(std::move(values_[node].data));
  values_[node].data = {};
}

void GroupRun::run(std::size_t index) {
  const FastStep& step = program_.steps[index];
  const IntegerNode& node = program_.network->nodes[step.node];
  allocate(step.result, step.format);
  LaneTensor& out = values_[step.result];
  if (node.inputs.empty()) {
    packSamples(codes_, samples_, out);
    return;
  }
  const ThresholdTable* table = step.table ? &*step.table : nullptr;
  if (step.dot) {
    runDot(*step.dot, bound_.geometries[index], kernels_, values_[node.inputs[0]], table, out,
           scratch_);
    return;
  }
  std::vector<const LaneTensor*> inputs;
  for (const std::size_t input : node.inputs) inputs.push_back(&values_[input]);
  runOperation(node.operation, table, kernels_, inputs, out);
}

void GroupRun::release(std::size_t step) {
  for (const std::size_t node : program_.steps[step].last_reads) free(node);
}

void GroupRun::finish() {
  for (std::size_t node = 0; node < values_.size(); ++node) free(node);
}

}  // namespace a2q
