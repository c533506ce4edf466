// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/project/tree_samples.h"

#include <cmath>
#include <limits>

namespace a2q::testing {
namespace {

ArrayValue bytesOf(ElementType type, std::size_t element_bytes, std::vector<std::uint64_t> shape) {
  std::size_t count = element_bytes;
  for (const std::uint64_t extent : shape) count *= extent;
  ArrayValue value{type, std::move(shape), element_bytes, std::vector<std::byte>(count), {}};
  for (std::size_t i = 0; i < count; ++i) value.bytes[i] = static_cast<std::byte>(37 * i + 11);
  return value;
}

}  // namespace

DataTree everyKindOfMember() {
  DataTree tree;
  tree.attributes["text"] = textValue("größer als 12 Bit");
  tree.attributes["empty"] = textValue("");
  tree.attributes["texts"] = textsValue(std::vector<std::string>{"loss", "", "largest ‖q‖₁"});
  tree.attributes["integer"] = integerValue(std::numeric_limits<std::int64_t>::min());
  tree.attributes["real"] = realValue(std::nextafter(0.1, 1));
  // Longer than an attribute of the oldest kind may be.
  tree.attributes["long"] = textValue(std::string(100'000, 'x'));
  const std::pair<ElementType, std::size_t> kinds[] = {
      {ElementType::kInt8, 1},   {ElementType::kUint8, 1},  {ElementType::kInt16, 2},
      {ElementType::kUint16, 2}, {ElementType::kInt32, 4},  {ElementType::kUint32, 4},
      {ElementType::kInt64, 8},  {ElementType::kUint64, 8}, {ElementType::kFloat32, 4},
      {ElementType::kFloat64, 8}};
  DataTree& numbers = tree.groups["numbers"];
  for (const auto& [type, bytes] : kinds) {
    const std::string name = "type" + std::to_string(static_cast<int>(type));
    numbers.arrays[name] = {bytesOf(type, bytes, {3, 1, 5}), {{"unit", textValue("bits")}}};
  }
  numbers.arrays["none"] = {bytesOf(ElementType::kFloat32, 4, {0, 7}), {}};
  const double special[] = {std::nan(""), -0.0, std::numeric_limits<double>::infinity()};
  numbers.arrays["special"] = {realsValue(special, {3}), {}};
  numbers.groups["deep"].groups["deeper"].arrays["scalar"] = {realValue(3.5), {}};
  tree.groups["nothing"] = {};
  return tree;
}

}  // namespace a2q::testing
