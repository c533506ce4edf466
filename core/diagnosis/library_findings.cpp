// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "core/base/result.h"
#include "core/base/version.h"
#include "core/data/transfer/transfer.h"
#include "core/diagnosis/findings.h"
#include "core/integer/exchange/exchange_library.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/training/trainer.h"

namespace a2q {
namespace {

constexpr const char* kGroup = "Libraries";

/// `detail` when the library opened; else what its error says.
template <class T>
Finding opened(const char* what, const Result<T>& library, std::string detail) {
  if (library) return {kGroup, what, FindingState::kOk, std::move(detail)};
  const Error& error = library.error();
  return {kGroup, what, FindingState::kMissing, fmt::format("{}: {}", error.message, error.cause),
          error.remedy};
}

Finding cudaFinding(const Trainer& trainer) {
  const int count = trainer.cudaDevices();
  if (count > 0)
    return {kGroup, "CUDA", FindingState::kOk,
            fmt::format("{} device{}", count, count == 1 ? "" : "s")};
  return {kGroup, "CUDA", FindingState::kOptional,
          "none for this LibTorch: trains on the processors"};
}

Finding waitPolicyFinding() {
  const char* const value = std::getenv("OMP_WAIT_POLICY");
  const std::string policy = value == nullptr ? "" : value;
  Finding finding{kGroup, "OMP_WAIT_POLICY", FindingState::kOk,
                  policy.empty() ? "not set" : policy};
  if (policy == "passive" || policy == "PASSIVE") return finding;
  finding.state = FindingState::kWarning;
  finding.detail += ": idle threads spin and slow down everything else";
  finding.remedy = "Set OMP_WAIT_POLICY=passive, or unset it: the program then sets it itself.";
  return finding;
}

std::string mappedFiles() {
  std::ifstream file("/proc/self/maps");
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Finding blasFinding(std::string_view maps) {
  struct Known {
    std::string_view mark;
    const char* name;
  };
  // Debian puts each of them into a folder of its own under the name libblas.so.3.
  constexpr std::array<Known, 5> kFast = {{{"openblas", "OpenBLAS"},
                                           {"libmkl", "Intel MKL"},
                                           {"blis", "BLIS"},
                                           {"atlas", "ATLAS"},
                                           {"flexiblas", "FlexiBLAS"}}};
  for (const Known& known : kFast) {
    if (maps.find(known.mark) != std::string_view::npos) {
      return {kGroup, "BLAS", FindingState::kOk, known.name};
    }
  }
  if (maps.find("libblas") == std::string_view::npos) {
    return {kGroup, "BLAS", FindingState::kOk, "no shared one: LibTorch brings its own"};
  }
  return {kGroup, "BLAS", FindingState::kWarning,
          "the reference BLAS, many times slower than it could be",
          "Install a fast one; on Debian: apt-get install libopenblas0"};
}

std::vector<Finding> libraryFindings() {
  const auto trainer = openTrainer();
  std::vector<Finding> found = {
      opened("LibTorch", trainer, trainer ? (*trainer)->backendName() : std::string())};
  if (trainer) {
    found.push_back(cudaFinding(**trainer));
    found.push_back(blasFinding(mappedFiles()));
    found.push_back(waitPolicyFinding());
  }
  found.push_back(opened("HDF5", openHdf5Library(),
                         fmt::format("project files; built with {}", buildFacts().hdf5)));
  found.push_back(opened("Transfer", openTransferLibrary(), "downloads by libcurl and libarchive"));
  found.push_back(opened("Exchange", openExchangeLibrary(), "QONNX by ONNX and protobuf"));
  return found;
}

}  // namespace a2q
