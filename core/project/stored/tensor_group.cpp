// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <limits>
#include <utility>

#include "core/project/stored/member_name.h"
#include "core/project/stored/object_parts.h"
#include "core/training/tensor_types.h"

namespace a2q {
namespace {

struct TypePair {
  TensorType tensor;
  ElementType element;
};

constexpr std::array kTypes{TypePair{TensorType::kFloat32, ElementType::kFloat32},
                            TypePair{TensorType::kFloat64, ElementType::kFloat64},
                            TypePair{TensorType::kInt32, ElementType::kInt32},
                            TypePair{TensorType::kInt64, ElementType::kInt64},
                            TypePair{TensorType::kUint8, ElementType::kUint8}};

ElementType elementOf(TensorType type) {
  for (const TypePair& pair : kTypes) {
    if (pair.tensor == type) return pair.element;
  }
  return ElementType::kForeign;
}

std::optional<TensorType> tensorOf(ElementType type) {
  for (const TypePair& pair : kTypes) {
    if (pair.element == type) return pair.tensor;
  }
  return std::nullopt;
}

NamedTensor tensorIn(ObjectReader& group, const std::string& member) {
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  NamedTensor out;
  const DataArray* array = group.array(member);
  if (array == nullptr) return out;
  const auto name = nameOfMember(member);
  const auto type = tensorOf(array->value.type);
  if (!name) group.wrong(member, "its name is not written as names are");
  if (!type) group.wrong(member, "its elements are of no type that tensors have");
  out.shape.reserve(array->value.shape.size());
  for (const std::uint64_t side : array->value.shape) {
    if (side > static_cast<std::uint64_t>(kMost)) group.wrong(member, "its shape is absurd");
    out.shape.push_back(static_cast<std::int64_t>(side));
  }
  if (!group.good()) return out;
  out.name = *name;
  out.type = *type;
  out.bytes = array->value.bytes;
  return out;
}

}  // namespace

DataTree tensorGroup(const std::vector<NamedTensor>& tensors) {
  DataTree group;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const NamedTensor& tensor = tensors[i];
    ArrayValue value{elementOf(tensor.type),
                     {tensor.shape.begin(), tensor.shape.end()},
                     elementSize(tensor.type),
                     tensor.bytes,
                     {}};
    group.arrays[memberName(tensor.name)] = {
        std::move(value), {{kPosition, integerValue(static_cast<std::int64_t>(i))}}};
  }
  return group;
}

std::vector<NamedTensor> tensorsIn(ObjectReader& object, const std::string& name) {
  ObjectReader group = object.group(name);
  const auto members = membersInOrder(group);
  std::vector<NamedTensor> tensors;
  tensors.reserve(members.size());
  for (const std::string& member : members) {
    tensors.push_back(tensorIn(group, member));
    if (!group.good()) return {};
  }
  return tensors;
}

}  // namespace a2q
