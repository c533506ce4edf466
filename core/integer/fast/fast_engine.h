// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/integer/fast/dot_plan.h"
#include "core/integer/fast/kernel_level.h"
#include "core/integer/integer_engine.h"

namespace a2q {

struct FastOptions {
  int threads = 0;  ///< 0: as many as this process may use
  /// None: the widest that this processor has; a level it does not have is not used either.
  std::optional<KernelLevel> level = {};
  /// None: chosen for each layer; another one is used wherever it is exact.
  std::optional<DotKernel> kernel = {};
};

/// The integers of ReferenceEngine with exact accumulators, as fast as this processor allows.
/// Samples go through the network in groups of up to 64, one in each lane of the vector registers,
/// a group a thread. It keeps a reference to the network.
class FastEngine : public IntegerEngine {
 public:
  explicit FastEngine(const IntegerNetwork& network, FastOptions options = {});
  ~FastEngine() override;
  FastEngine(FastEngine&&) noexcept;
  FastEngine& operator=(FastEngine&&) noexcept;

  [[nodiscard]] IntegerTensor run(std::span<const std::int32_t> codes, std::int64_t samples,
                                  const Shape& shape, const IntegerProbe* probe = nullptr) override;

  /// What computes each node: "dense AVX-512 VNNI", "with conv1", ...; in the order of the nodes.
  [[nodiscard]] std::vector<std::string> kernels() const;
  [[nodiscard]] KernelLevel level() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace a2q
