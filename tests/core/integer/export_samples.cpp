// SPDX-License-Identifier: GPL-3.0-or-later
// Writes, into a folder, each network of export_networks.h in both formats and, as JSON, random
// inputs with what the integer engine gives at every node.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base/atomic_file.h"
#include "core/integer/exchange/export_network.h"
#include "core/integer/exchange/node_names.h"
#include "core/integer/integer_engine.h"
#include "tests/core/integer/export_networks.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSamples = 4;

/// Random codes, and one sample each of the least and the largest.
std::vector<std::int32_t> codesFor(const IntegerNode& input) {
  std::mt19937 random(4);
  std::uniform_int_distribution<std::int32_t> any(static_cast<std::int32_t>(input.range.minimum),
                                                  static_cast<std::int32_t>(input.range.maximum));
  std::vector<std::int32_t> out;
  for (std::int64_t sample = 0; sample < kSamples; ++sample) {
    for (std::int64_t i = 0; i < input.output.size(); ++i) {
      out.push_back(sample == 0 ? any.min() : sample == 1 ? any.max() : any(random));
    }
  }
  return out;
}

nlohmann::json samplesOf(const IntegerNetwork& network) {
  const std::vector<std::string> names = nodeNames(network);
  const Shape& shape = network.nodes.front().output;
  const std::vector<std::int32_t> codes = codesFor(network.nodes.front());
  nlohmann::json nodes;
  nodes[names[0]] = codes;
  const IntegerProbe probe = [&](std::size_t node, const IntegerTensor& value) {
    nodes[names[node]] = value.values;
  };
  const IntegerTensor result = ReferenceEngine(network).run(codes, kSamples, shape, &probe);
  nodes[names.back()] = result.values;
  return {{"samples", kSamples}, {"nodes", std::move(nodes)}};
}

Status writeNetwork(const fs::path& folder, const IntegerNetwork& network) {
  const fs::path base = folder / network.name;
  for (const auto& [format, ending] :
       {std::pair(ExportFormat::kNpz, ".npz"), std::pair(ExportFormat::kQonnx, ".onnx")}) {
    auto file = exportNetwork(network, format);
    if (!file) return forward(std::move(file));
    if (Status status = writeFileAtomically(base.string() + ending, file->bytes); !status) {
      return status;
    }
  }
  return writeFileAtomically(base.string() + ".json", samplesOf(network).dump());
}

int run(const fs::path& folder) {
  fs::create_directories(folder);
  for (const IntegerNetwork& network :
       {exportClassifier(), exportImageNetwork(), exportWideNetwork()}) {
    if (const Status status = writeNetwork(folder, network); !status) {
      fmt::print(stderr, "{}\n", describe(status.error()));
      return 1;
    }
  }
  return 0;
}

}  // namespace
}  // namespace a2q::testing

int main(int argc, char** argv) { return argc == 2 ? a2q::testing::run(argv[1]) : 2; }
