// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/tree_taker.h"

#include <fmt/format.h>

namespace a2q {
namespace {

constexpr const char* kText = "a text";
constexpr const char* kInteger = "a 64-bit integer";

/// Takes the member out of a map; none when it is not there.
template <class Map>
std::optional<typename Map::mapped_type> taken(Map& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end()) return std::nullopt;
  auto value = std::move(found->second);
  map.erase(found);
  return value;
}

}  // namespace

std::optional<std::string> TreeTaker::optionalText(std::string_view attribute) {
  const auto value = taken(tree_.attributes, attribute);
  if (!value) return std::nullopt;
  auto text = textOf(*value);
  if (!text) wrong(attribute, kText);
  return text;
}

std::optional<std::int64_t> TreeTaker::optionalInteger(std::string_view attribute) {
  const auto value = taken(tree_.attributes, attribute);
  if (!value) return std::nullopt;
  const auto number = integerOf(*value);
  if (!number) wrong(attribute, kInteger);
  return number;
}

std::string TreeTaker::text(std::string_view attribute) {
  auto text = optionalText(attribute);
  if (!text) wrong(attribute, kText);
  return text.value_or("");
}

std::int64_t TreeTaker::integer(std::string_view attribute) {
  const auto number = optionalInteger(attribute);
  if (!number) wrong(attribute, kInteger);
  return number.value_or(0);
}

double TreeTaker::real(std::string_view attribute) {
  const auto value = taken(tree_.attributes, attribute);
  const auto number = value ? realOf(*value) : std::nullopt;
  if (!number) wrong(attribute, "a 64-bit real number");
  return number.value_or(0);
}

std::string TreeTaker::longText(std::string_view name) {
  const auto array = taken(tree_.arrays, name);
  auto text = array ? textOf(array->value) : std::nullopt;
  if (!text) wrong(name, kText);
  return text.value_or("");
}

DataArray TreeTaker::array(std::string_view name) {
  auto array = taken(tree_.arrays, name);
  if (!array) wrong(name, "an array");
  return array ? std::move(*array) : DataArray();
}

DataTree TreeTaker::group(std::string_view name) {
  return taken(tree_.groups, name).value_or(DataTree());
}

void TreeTaker::wrong(std::string_view member, std::string_view expected) {
  if (good()) problem_ = fmt::format("{}/{}: expected {}", path_, member, expected);
}

}  // namespace a2q
