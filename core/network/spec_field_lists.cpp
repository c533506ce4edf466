// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "core/network/spec_fields.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

class TextField : public Field {
 public:
  explicit TextField(std::string& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "a string"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<std::string>();
    if (given) value_ = *given;
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override { return tomlString(value_); }

 private:
  std::string& value_;
};

class OnlyTextField : public Field {
 public:
  explicit OnlyTextField(std::vector<std::string>& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "a string"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<std::string>();
    if (given) value_ = {*given};
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override {
    return value_.size() == 1 ? tomlString(value_[0]) : std::string();
  }

 private:
  std::vector<std::string>& value_;
};

class TextsField : public Field {
 public:
  explicit TextsField(std::vector<std::string>& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "a list of strings"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const toml::array* list = node.as_array();
    if (list == nullptr) return false;
    std::vector<std::string> given;
    for (const toml::node& element : *list) {
      const auto text = element.value_exact<std::string>();
      if (!text) return false;
      given.push_back(*text);
    }
    value_ = std::move(given);
    return true;
  }
  [[nodiscard]] std::string write() const override {
    std::string list = "[";
    for (const std::string& text : value_) {
      if (list.size() > 1) list += ", ";
      list += tomlString(text);
    }
    return list + "]";
  }

 private:
  std::vector<std::string>& value_;
};

class WordIndexField : public Field {
 public:
  WordIndexField(std::size_t& index, std::vector<std::string_view> words)
      : index_(index), words_(std::move(words)) {}
  [[nodiscard]] std::string expected() const override {
    return fmt::format("one of \"{}\"", fmt::join(words_, "\", \""));
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<std::string>();
    if (!given) return false;
    const auto found = std::find(words_.begin(), words_.end(), *given);
    if (found == words_.end()) return false;
    index_ = static_cast<std::size_t>(found - words_.begin());
    return true;
  }
  [[nodiscard]] std::string write() const override {
    return index_ < words_.size() ? tomlString(words_[index_]) : std::string();
  }
  [[nodiscard]] std::vector<std::string_view> words() const override { return words_; }

 private:
  std::size_t& index_;
  std::vector<std::string_view> words_;
};

/// The integers of a list of `count` elements, each at least `least`; empty if it is not that.
std::vector<std::int64_t> integersOf(const toml::node& node, std::size_t count,
                                     std::int64_t least) {
  const toml::array* list = node.as_array();
  if (list == nullptr || list->size() != count) return {};
  std::vector<std::int64_t> values;
  for (const toml::node& element : *list) {
    const auto value = element.value_exact<std::int64_t>();
    if (!value || *value < least) return {};
    values.push_back(*value);
  }
  return values;
}

class ExtentField : public Field {
 public:
  ExtentField(Extent& value, std::int64_t least, std::optional<Extent> absent,
              std::string_view label)
      : value_(value), least_(least), absent_(absent), label_(label) {}
  [[nodiscard]] std::string expected() const override {
    return fmt::format("an integer of at least {} or [height, width]", least_);
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    if (const auto both = node.value_exact<std::int64_t>(); both && *both >= least_) {
      value_ = {*both, *both};
      return true;
    }
    const auto sides = integersOf(node, 2, least_);
    if (sides.empty()) return false;
    value_ = {sides[0], sides[1]};
    return true;
  }
  [[nodiscard]] std::string write() const override { return textOf(value_); }
  void readAbsent() override { value_ = absent_.value_or(value_); }
  [[nodiscard]] Fallback fallback() const override {
    return absent_ ? Fallback{textOf(*absent_), std::string(label_)} : Fallback{};
  }

 private:
  static std::string textOf(Extent value) {
    if (value.height == value.width) return fmt::format("{}", value.height);
    return fmt::format("[{}, {}]", value.height, value.width);
  }

  Extent& value_;
  std::int64_t least_;
  std::optional<Extent> absent_;
  std::string_view label_;
};

class ShapeField : public Field {
 public:
  explicit ShapeField(Shape& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override {
    return "[channels, height, width], each at least 1";
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto sides = integersOf(node, 3, 1);
    if (sides.empty()) return false;
    value_ = {sides[0], sides[1], sides[2]};
    return true;
  }
  [[nodiscard]] std::string write() const override {
    return fmt::format("[{}, {}, {}]", value_.channels, value_.height, value_.width);
  }

 private:
  Shape& value_;
};

}  // namespace

FieldPointer text(std::string& value) { return std::make_unique<TextField>(value); }
FieldPointer texts(std::vector<std::string>& value) { return std::make_unique<TextsField>(value); }
FieldPointer onlyText(std::vector<std::string>& value) {
  return std::make_unique<OnlyTextField>(value);
}
FieldPointer word(std::size_t& index, std::vector<std::string_view> words) {
  return std::make_unique<WordIndexField>(index, std::move(words));
}
FieldPointer extent(Extent& value, std::int64_t least) {
  return std::make_unique<ExtentField>(value, least, std::nullopt, "");
}
FieldPointer extent(Extent& value, std::int64_t least, Extent fallback, std::string_view label) {
  return std::make_unique<ExtentField>(value, least, fallback, label);
}
FieldPointer shape(Shape& value) { return std::make_unique<ShapeField>(value); }

}  // namespace a2q
