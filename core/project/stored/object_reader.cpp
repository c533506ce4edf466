// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/object_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace a2q {
namespace {

/// Bytes of an element of a type that has one size; none for the others.
std::optional<std::size_t> sizeOf(ElementType type) {
  switch (type) {
    case ElementType::kInt8:
    case ElementType::kUint8: return 1;
    case ElementType::kInt16:
    case ElementType::kUint16: return 2;
    case ElementType::kInt32:
    case ElementType::kUint32:
    case ElementType::kFloat32: return 4;
    case ElementType::kInt64:
    case ElementType::kUint64:
    case ElementType::kFloat64: return 8;
    case ElementType::kText:
    case ElementType::kForeign: return std::nullopt;
  }
  return std::nullopt;
}

/// Whether the product of the sides is `count`, without an overflow on the way.
bool gives(std::span<const std::uint64_t> shape, std::uint64_t count) {
  if (std::ranges::find(shape, 0U) != shape.end()) return count == 0;
  std::uint64_t product = 1;
  for (const std::uint64_t side : shape) {
    if (side > count / product) return false;
    product *= side;
  }
  return product == count;
}

}  // namespace

std::optional<std::string> faultOf(const ArrayValue& value) {
  const auto size = sizeOf(value.type);
  if (value.element_bytes == 0 || (size && *size != value.element_bytes)) {
    return fmt::format("an element has {} bytes", value.element_bytes);
  }
  const bool whole = value.bytes.size() % value.element_bytes == 0;
  if (whole && gives(value.shape, value.bytes.size() / value.element_bytes)) return std::nullopt;
  return fmt::format("{} bytes are no array of {} with {} bytes an element", value.bytes.size(),
                     fmt::join(value.shape, " × "), value.element_bytes);
}

void ObjectReader::wrong(std::string_view member, std::string cause) {
  if (*error_) return;
  *error_ =
      makeError(ErrorCode::kFileFormat, fmt::format("'{}{}' is not as it should be", path_, member),
                std::move(cause));
}

ObjectReader ObjectReader::group(const std::string& name) {
  static const DataTree nothing;
  const auto found = tree_->groups.find(name);
  const bool there = found != tree_->groups.end();
  if (!there) wrong(name, "the group is missing");
  return {there ? found->second : nothing, path_ + name + '/', *error_};
}

const DataArray* ObjectReader::array(const std::string& name) {
  const auto found = tree_->arrays.find(name);
  if (found == tree_->arrays.end()) {
    wrong(name, "the array is missing");
    return nullptr;
  }
  if (auto fault = faultOf(found->second.value)) {
    wrong(name, std::move(*fault));
    return nullptr;
  }
  return &found->second;
}

std::string ObjectReader::longText(const std::string& name) {
  const DataArray* found = array(name);
  if (found == nullptr) return {};
  auto text = textOf(found->value);
  if (!text) wrong(name, "it is no text");
  return text.value_or("");
}

const ArrayValue* ObjectReader::attribute(const Attributes& of, const std::string& name) {
  const auto found = of.find(name);
  if (found == of.end()) {
    wrong(name, "the attribute is missing");
    return nullptr;
  }
  if (auto fault = faultOf(found->second)) {
    wrong(name, std::move(*fault));
    return nullptr;
  }
  return &found->second;
}

std::string ObjectReader::text(const Attributes& of, const std::string& name) {
  const ArrayValue* value = attribute(of, name);
  if (value == nullptr) return {};
  auto text = textOf(*value);
  if (!text) wrong(name, "it is no text");
  return text.value_or("");
}

double ObjectReader::real(const Attributes& of, const std::string& name) {
  const ArrayValue* value = attribute(of, name);
  if (value == nullptr) return 0;
  const auto number = realOf(*value);
  if (!number) wrong(name, "it is no 64-bit real number");
  return number.value_or(0);
}

std::int64_t ObjectReader::integer(const Attributes& of, const std::string& name,
                                   std::int64_t least, std::int64_t most) {
  const ArrayValue* value = attribute(of, name);
  if (value == nullptr) return least;
  const auto number = integerOf(*value);
  if (number && least <= *number && *number <= most) return *number;
  wrong(name, number ? fmt::format("{} is not within {} to {}", *number, least, most)
                     : "it is no 64-bit integer");
  return least;
}

std::optional<std::int64_t> ObjectReader::optionalInteger(const Attributes& of,
                                                          const std::string& name,
                                                          std::int64_t least, std::int64_t most) {
  if (!of.contains(name)) return std::nullopt;
  return integer(of, name, least, most);
}

std::size_t ObjectReader::word(const Attributes& of, const std::string& name,
                               std::span<const std::string_view> words) {
  const std::string found = text(of, name);
  const auto place = std::ranges::find(words, found);
  if (place != words.end()) return static_cast<std::size_t>(place - words.begin());
  wrong(name, fmt::format("'{}' is none of {}", found, fmt::join(words, ", ")));
  return 0;
}

std::vector<std::string> membersInOrder(ObjectReader& group) {
  const auto& arrays = group.tree().arrays;
  std::vector<std::string> names(arrays.size());
  std::vector<bool> taken(arrays.size());
  for (const auto& [name, array] : arrays) {
    const std::int64_t position =
        group.integer(array.attributes, kPosition, 0, std::ssize(names) - 1);
    if (!group.good()) return {};
    const auto place = static_cast<std::size_t>(position);
    if (taken[place]) {
      group.wrong(name, fmt::format("another member has its position, {}", place));
      return {};
    }
    taken[place] = true;
    names[place] = name;
  }
  return names;
}

}  // namespace a2q
