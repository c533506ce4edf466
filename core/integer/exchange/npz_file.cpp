// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/npz_file.h"

#include <utility>

#include "core/integer/exchange/network_text.h"
#include "core/integer/exchange/node_names.h"
#include "core/integer/exchange/npy_array.h"
#include "core/integer/exchange/stored_zip_writer.h"

namespace a2q {
namespace {

/// Collects the arrays of the nodes.
class ArrayWriter {
 public:
  void addNode(const IntegerNode& node, const std::string& name) {
    std::visit([&](const auto& operation) { add(name, operation); }, node.operation);
    if (node.scale) addNumber(name + ".scale", *node.scale);
  }

  std::vector<ZipEntry> entries;
  std::vector<ExportedArray> arrays;

 private:
  void add(const std::string& name, const DotProduct& dot) {
    const IntegerWeights& weights = dot.weights;
    const std::int64_t plane = dot.kernel.height * dot.kernel.width;
    addIntegers(name + ".weights", {weights.values.begin(), weights.values.end()},
                {weights.channels, weights.k / plane, dot.kernel.height, dot.kernel.width},
                NumberType::kInt8);
  }
  void add(const std::string& name, const Thresholds& thresholds) {
    const std::int64_t levels = thresholds.levels();
    const auto count = static_cast<std::int64_t>(thresholds.values.size());
    addIntegers(name + ".thresholds", thresholds.values, {count / levels, levels},
                NumberType::kInt32);
  }
  void add(const std::string& name, const Scores& scores) {
    const auto count = static_cast<std::int64_t>(scores.multipliers.size());
    addIntegers(name + ".multipliers", scores.multipliers, {count}, NumberType::kInt64);
    addIntegers(name + ".offsets", scores.offsets, {count}, NumberType::kInt64);
  }
  void add(const std::string&, const auto&) {}  // the others have settings only

  void addIntegers(const std::string& name, const std::vector<std::int64_t>& values,
                   const std::vector<std::int64_t>& shape, NumberType least) {
    const NumberType type = smallestType(values, least);
    addEntry(name, type, shape, npyOfIntegers(values, shape, type));
  }
  void addNumber(const std::string& name, double value) {
    addEntry(name, NumberType::kFloat64, {}, npyOfNumber(value));
  }
  void addEntry(const std::string& name, NumberType type, const std::vector<std::int64_t>& shape,
                std::string bytes) {
    arrays.push_back(
        {name, std::string(typeName(type)), shape, static_cast<std::int64_t>(bytes.size())});
    entries.push_back({name + ".npy", std::move(bytes)});
  }
};

}  // namespace

Result<ExportedFile> npzOf(const IntegerNetwork& network) {
  const std::vector<std::string> names = nodeNames(network);
  ArrayWriter writer;
  writer.entries.push_back({"network.json", networkText(network)});
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    writer.addNode(network.nodes[i], names[i]);
  }
  auto bytes = storedZip(writer.entries);
  if (!bytes) return forward(std::move(bytes));
  return ExportedFile{std::move(*bytes), std::move(writer.arrays)};
}

}  // namespace a2q
