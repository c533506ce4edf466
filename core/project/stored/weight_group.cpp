// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "core/project/stored/member_name.h"
#include "core/project/stored/object_parts.h"

namespace a2q {
namespace {

constexpr std::array<std::string_view, 2> kSigns{"unsigned", "signed"};
constexpr std::array<std::string_view, 2> kRules{"a2q", "a2q+"};
constexpr auto kLeast = std::numeric_limits<std::int64_t>::min();
constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMostBits = 126;
/// In memory a weight has 4 bytes and a channel's facts about 100, in a file it may be one: without
/// a limit a small file could ask for much. The largest samples have some 10^7 and 10^4.
constexpr std::size_t kMostWeights = std::size_t{1} << 26;
constexpr std::size_t kMostChannels = std::size_t{1} << 20;

template <class Number>
ArrayValue narrowed(const IntegerWeights& layer, ElementType type) {
  ArrayValue value{
      type,
      {static_cast<std::uint64_t>(layer.channels), static_cast<std::uint64_t>(layer.k)},
      sizeof(Number),
      {},
      {}};
  const std::vector<Number> numbers(layer.values.begin(), layer.values.end());
  const auto bytes = std::as_bytes(std::span(numbers));
  value.bytes.assign(bytes.begin(), bytes.end());
  return value;
}

template <class Number>
bool holds(const std::vector<std::int32_t>& values) {
  return std::ranges::all_of(values, [](std::int32_t value) {
    return std::numeric_limits<Number>::min() <= value &&
           value <= std::numeric_limits<Number>::max();
  });
}

ArrayValue valueOf(const IntegerWeights& layer) {
  if (holds<std::int8_t>(layer.values)) return narrowed<std::int8_t>(layer, ElementType::kInt8);
  if (holds<std::int16_t>(layer.values)) return narrowed<std::int16_t>(layer, ElementType::kInt16);
  return narrowed<std::int32_t>(layer, ElementType::kInt32);
}

template <class Number>
std::vector<std::int32_t> widened(const ArrayValue& value) {
  std::vector<Number> numbers(value.bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), value.bytes.data(), value.bytes.size());
  return {numbers.begin(), numbers.end()};
}

std::optional<std::vector<std::int32_t>> integersIn(const ArrayValue& value) {
  switch (value.type) {
    case ElementType::kInt8: return widened<std::int8_t>(value);
    case ElementType::kInt16: return widened<std::int16_t>(value);
    case ElementType::kInt32: return widened<std::int32_t>(value);
    default: return std::nullopt;
  }
}

Attributes attributesOf(const IntegerWeights& layer, std::size_t position) {
  Attributes out;
  out[kPosition] = integerValue(static_cast<std::int64_t>(position));
  out["weight_bits"] = integerValue(layer.weight_bits.bits);
  out["input_bits"] = integerValue(layer.input_format.width.bits);
  out["input_sign"] = textValue(kSigns[layer.input_format.isSigned() ? 1 : 0]);
  out["input_minimum"] = integerValue(layer.input_range.minimum);
  out["input_maximum"] = integerValue(layer.input_range.maximum);
  if (layer.accumulator) out["accumulator_bits"] = integerValue(layer.accumulator->bits);
  if (layer.rule) out["rule"] = textValue(kRules[*layer.rule == L1Rule::kA2q ? 0 : 1]);
  return out;
}

BitWidth bitsIn(ObjectReader& group, const Attributes& of, const std::string& name) {
  return {static_cast<int>(group.integer(of, name, 1, kMostBits))};
}

IntegerWeights layerIn(ObjectReader& group, const std::string& member) {
  IntegerWeights out;
  const DataArray* array = group.array(member);
  if (array == nullptr) return out;
  const auto& shape = array->value.shape;
  auto values = integersIn(array->value);
  const auto name = nameOfMember(member);
  if (!name) group.wrong(member, "its name is not written as names are");
  if (!values || shape.size() != 2) group.wrong(member, "it is no matrix of integers");
  const Attributes& of = array->attributes;
  out.weight_bits = bitsIn(group, of, "weight_bits");
  out.input_format.width = bitsIn(group, of, "input_bits");
  out.input_format.sign =
      group.word(of, "input_sign", kSigns) == 0 ? Signedness::kUnsigned : Signedness::kSigned;
  out.input_range = {group.integer(of, "input_minimum", kLeast, kMost),
                     group.integer(of, "input_maximum", kLeast, kMost)};
  if (of.contains("accumulator_bits")) out.accumulator = bitsIn(group, of, "accumulator_bits");
  if (of.contains("rule")) {
    out.rule = group.word(of, "rule", kRules) == 0 ? L1Rule::kA2q : L1Rule::kA2qPlus;
  }
  if (!group.good()) return out;
  out.layer = *name;
  out.channels = static_cast<std::int64_t>(shape[0]);
  out.k = static_cast<DotLength>(shape[1]);
  out.values = std::move(*values);
  if (!isConsistent(out)) group.wrong(member, "its weights, bit widths and inputs do not fit");
  return out;
}

/// Whether all of it fits into memory as this program holds it.
void checkSizes(ObjectReader& group) {
  std::size_t weights = 0;
  std::size_t channels = 0;
  for (const auto& [member, array] : group.tree().arrays) {
    const DataArray* sound = group.array(member);
    if (sound == nullptr) return;
    weights += sound->value.bytes.size() / sound->value.element_bytes;
    const auto& shape = sound->value.shape;
    channels += shape.empty() ? 1 : static_cast<std::size_t>(shape.front());
    if (weights <= kMostWeights && channels <= kMostChannels) continue;
    group.wrong(member, "with it the network has too many weights or channels");
    return;
  }
}

}  // namespace

DataTree weightGroup(const std::vector<IntegerWeights>& weights) {
  DataTree group;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    group.arrays[memberName(weights[i].layer)] = {valueOf(weights[i]), attributesOf(weights[i], i)};
  }
  return group;
}

std::vector<IntegerWeights> weightsIn(ObjectReader& object, const std::string& name) {
  ObjectReader group = object.group(name);
  checkSizes(group);
  const auto members = membersInOrder(group);
  std::vector<IntegerWeights> weights;
  weights.reserve(members.size());
  for (const std::string& member : members) {
    weights.push_back(layerIn(group, member));
    if (!group.good()) return {};
  }
  return weights;
}

}  // namespace a2q
