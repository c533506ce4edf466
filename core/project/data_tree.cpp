// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/data_tree.h"

#include <algorithm>
#include <cstring>

#include "core/base/sha256.h"

namespace a2q {
namespace {

template <class Number>
ArrayValue numbers(ElementType type, std::span<const Number> values,
                   std::vector<std::uint64_t> shape) {
  const auto bytes = std::as_bytes(values);
  return {type, std::move(shape), sizeof(Number), {bytes.begin(), bytes.end()}, {}};
}

template <class Number>
std::optional<std::vector<Number>> numbersOf(const ArrayValue& value, ElementType type) {
  if (value.type != type || value.element_bytes != sizeof(Number)) return std::nullopt;
  std::vector<Number> out(value.bytes.size() / sizeof(Number));
  if (!out.empty()) std::memcpy(out.data(), value.bytes.data(), out.size() * sizeof(Number));
  return out;
}

template <class Number>
std::optional<Number> numberOf(const ArrayValue& value, ElementType type) {
  const auto all = numbersOf<Number>(value, type);
  if (!all || !value.shape.empty() || all->size() != 1) return std::nullopt;
  return all->front();
}

/// The text of one element, without the zeros that fill it up.
std::string elementText(const ArrayValue& value, std::size_t index) {
  const auto* const start =
      reinterpret_cast<const char*>(value.bytes.data()) + index * value.element_bytes;
  return {start, ::strnlen(start, value.element_bytes)};
}

std::uint64_t bytesOf(const Attributes& attributes) {
  std::uint64_t sum = 0;
  for (const auto& [name, value] : attributes) sum += name.size() + value.bytes.size();
  return sum;
}

/// Adds parts of unknown length so that no two sequences of parts give the same text.
class Digest {
 public:
  void part(std::string_view text) {
    number(text.size());
    sum_.add(text);
  }
  void number(std::uint64_t value) {
    char bytes[sizeof value];
    for (char& byte : bytes) {
      byte = static_cast<char>(value & 0xff);
      value >>= 8;
    }
    sum_.add({bytes, sizeof bytes});
  }
  void bytes(std::span<const std::byte> bytes) {
    part({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  void value(const ArrayValue& array) {
    number(static_cast<std::uint64_t>(array.type));
    number(array.element_bytes);
    number(array.shape.size());
    for (const std::uint64_t extent : array.shape) number(extent);
    bytes(array.foreign_type);
    bytes(array.bytes);
  }
  void attributes(const Attributes& attributes) {
    number(attributes.size());
    for (const auto& [name, array] : attributes) {
      part(name);
      value(array);
    }
  }
  void tree(const DataTree& tree) {
    attributes(tree.attributes);
    number(tree.arrays.size());
    for (const auto& [name, array] : tree.arrays) {
      part(name);
      value(array.value);
      attributes(array.attributes);
    }
    number(tree.groups.size());
    for (const auto& [name, group] : tree.groups) {
      part(name);
      this->tree(group);
    }
    number(tree.objects.size());
    for (const auto& [name, digest] : tree.objects) {
      part(name);
      part(digest);
    }
  }
  [[nodiscard]] std::string hex() { return sum_.hex(); }

 private:
  Sha256 sum_;
};

}  // namespace

ArrayValue textValue(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  ArrayValue value{ElementType::kText, {}, std::max<std::size_t>(1, text.size()), {}, {}};
  value.bytes.assign(bytes.begin(), bytes.end());
  value.bytes.resize(value.element_bytes);
  return value;
}

ArrayValue textsValue(std::span<const std::string> texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  ArrayValue value{ElementType::kText, {texts.size()}, longest, {}, {}};
  value.bytes.resize(texts.size() * longest);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::memcpy(value.bytes.data() + i * longest, texts[i].data(), texts[i].size());
  }
  return value;
}

ArrayValue integerValue(std::int64_t value) {
  return numbers(ElementType::kInt64, std::span<const std::int64_t>(&value, 1), {});
}

ArrayValue realValue(double value) {
  return numbers(ElementType::kFloat64, std::span<const double>(&value, 1), {});
}

ArrayValue integersValue(std::span<const std::int64_t> values, std::vector<std::uint64_t> shape) {
  return numbers(ElementType::kInt64, values, std::move(shape));
}

ArrayValue realsValue(std::span<const double> values, std::vector<std::uint64_t> shape) {
  return numbers(ElementType::kFloat64, values, std::move(shape));
}

std::optional<std::string> textOf(const ArrayValue& value) {
  const bool fits = value.type == ElementType::kText && value.shape.empty() &&
                    value.bytes.size() == value.element_bytes;
  if (!fits) return std::nullopt;
  return elementText(value, 0);
}

std::optional<std::vector<std::string>> textsOf(const ArrayValue& value) {
  const bool fits = value.type == ElementType::kText && value.shape.size() == 1 &&
                    value.element_bytes > 0 &&
                    value.bytes.size() / value.element_bytes == value.shape.front();
  if (!fits) return std::nullopt;
  std::vector<std::string> texts;
  texts.reserve(value.shape.front());
  for (std::size_t i = 0; i < value.shape.front(); ++i) texts.push_back(elementText(value, i));
  return texts;
}

std::optional<std::int64_t> integerOf(const ArrayValue& value) {
  return numberOf<std::int64_t>(value, ElementType::kInt64);
}

std::optional<double> realOf(const ArrayValue& value) {
  return numberOf<double>(value, ElementType::kFloat64);
}

std::optional<std::vector<std::int64_t>> integersOf(const ArrayValue& value) {
  return numbersOf<std::int64_t>(value, ElementType::kInt64);
}

std::optional<std::vector<double>> realsOf(const ArrayValue& value) {
  return numbersOf<double>(value, ElementType::kFloat64);
}

std::uint64_t contentBytes(const DataTree& tree) {
  std::uint64_t sum = bytesOf(tree.attributes);
  for (const auto& [name, array] : tree.arrays) {
    sum += name.size() + array.value.bytes.size() + bytesOf(array.attributes);
  }
  for (const auto& [name, group] : tree.groups) sum += name.size() + contentBytes(group);
  for (const auto& [name, digest] : tree.objects) sum += name.size() + digest.size();
  return sum;
}

std::string treeDigest(const DataTree& tree) {
  Digest digest;
  digest.tree(tree);
  return digest.hex();
}

}  // namespace a2q
