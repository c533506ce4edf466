// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace a2q::cli {
namespace {

template <class T>
std::optional<T> parseWhole(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

void Arguments::add(std::string_view name, std::string value) {
  given_[std::string(name)].push_back(std::move(value));
}

void Arguments::setDefault(std::string_view name, std::string value) {
  defaults_.insert_or_assign(std::string(name), std::move(value));
}

bool Arguments::has(std::string_view name) const { return given_.contains(name); }

std::optional<std::string> Arguments::text(std::string_view name) const {
  if (const auto found = given_.find(name); found != given_.end()) return found->second.back();
  if (const auto found = defaults_.find(name); found != defaults_.end()) return found->second;
  return std::nullopt;
}

std::optional<std::int64_t> Arguments::integer(std::string_view name) const {
  const auto value = text(name);
  return value ? toInteger(*value) : std::nullopt;
}

std::optional<double> Arguments::number(std::string_view name) const {
  const auto value = text(name);
  return value ? toNumber(*value) : std::nullopt;
}

std::vector<std::string> Arguments::texts(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::int64_t> toInteger(std::string_view text) {
  return parseWhole<std::int64_t>(text);
}

std::optional<double> toNumber(std::string_view text) {
  const auto value = parseWhole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace a2q::cli
