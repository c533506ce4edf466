// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/spec_fields.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/network/spec_fault.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

/// The integer of a node inside [least, most], if it is one.
std::optional<std::int64_t> integerOf(const toml::node& node, std::int64_t least,
                                      std::int64_t most) {
  const auto given = node.value_exact<std::int64_t>();
  if (!given || *given < least || *given > most) return std::nullopt;
  return given;
}

class IntegerField : public Field {
 public:
  IntegerField(std::int64_t& value, std::int64_t least, std::int64_t most)
      : value_(value), least_(least), most_(most) {}
  [[nodiscard]] std::string expected() const override {
    if (most_ == kLargest) return fmt::format("an integer of at least {}", least_);
    return fmt::format("an integer from {} to {}", least_, most_);
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = integerOf(node, least_, most_);
    value_ = given.value_or(value_);
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override { return fmt::format("{}", value_); }

 private:
  std::int64_t& value_;
  std::int64_t least_;
  std::int64_t most_;
};

class SeedField : public Field {
 public:
  explicit SeedField(std::uint64_t& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override {
    return "an integer of at least 0 (as a string beyond 2^63 - 1)";
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    if (const auto given = integerOf(node, 0, kLargest)) {
      value_ = static_cast<std::uint64_t>(*given);
      return true;
    }
    const auto digits = node.value_exact<std::string>();
    if (!digits) return false;
    std::uint64_t parsed = 0;
    const char* const end = digits->data() + digits->size();
    const auto [stop, problem] = std::from_chars(digits->data(), end, parsed);
    if (problem != std::errc() || stop != end) return false;
    value_ = parsed;
    return true;
  }
  [[nodiscard]] std::string write() const override {
    const bool fits = value_ <= static_cast<std::uint64_t>(kLargest);
    return fits ? fmt::format("{}", value_) : fmt::format("\"{}\"", value_);
  }

 private:
  std::uint64_t& value_;
};

class NumberField : public Field {
 public:
  NumberField(double& value, double least, LowerEnd end, double most)
      : value_(value), least_(least), end_(end), most_(most) {}
  [[nodiscard]] std::string expected() const override {
    const std::string low = fmt::format(
        "a number {} {}", end_ == LowerEnd::kIncluded ? "of at least" : "above", least_);
    return most_ == kHuge ? low : low + fmt::format(" and at most {}", most_);
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    double given = 0;
    if (const auto real = node.value_exact<double>()) {
      given = *real;
    } else if (const auto whole = node.value_exact<std::int64_t>()) {
      given = static_cast<double>(*whole);
    } else {
      return false;
    }
    const bool above = end_ == LowerEnd::kIncluded ? given >= least_ : given > least_;
    if (!std::isfinite(given) || !above || given > most_) return false;
    value_ = given;
    return true;
  }
  [[nodiscard]] std::string write() const override { return tomlFloat(value_); }

 private:
  double& value_;
  double least_;
  LowerEnd end_;
  double most_;
};

class FlagField : public Field {
 public:
  explicit FlagField(bool& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "true or false"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<bool>();
    value_ = given.value_or(value_);
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override { return value_ ? "true" : "false"; }

 private:
  bool& value_;
};

class SignField : public Field {
 public:
  explicit SignField(Signedness& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "true or false"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<bool>();
    if (given) value_ = *given ? Signedness::kSigned : Signedness::kUnsigned;
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override {
    return value_ == Signedness::kSigned ? "true" : "false";
  }

 private:
  Signedness& value_;
};

class BitsField : public Field {
 public:
  BitsField(BitWidth& value, BitLimits limits) : value_(value), limits_(limits) {}
  [[nodiscard]] std::string expected() const override {
    return fmt::format("an integer from {} to {} (bits)", limits_.least, limits_.most);
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = integerOf(node, limits_.least, limits_.most);
    if (given) value_.bits = static_cast<int>(*given);
    return given.has_value();
  }
  [[nodiscard]] std::string write() const override { return fmt::format("{}", value_.bits); }

 private:
  BitWidth& value_;
  BitLimits limits_;
};

/// Bits that may be missing; `none` is the word for that, or empty when absence says it.
class OptionalBitsField : public Field {
 public:
  OptionalBitsField(std::optional<BitWidth>& value, BitLimits limits, std::string_view none)
      : value_(value), limits_(limits), none_(none) {}
  [[nodiscard]] std::string expected() const override {
    BitWidth unused;
    const std::string number = BitsField(unused, limits_).expected();
    return none_.empty() ? number : number + fmt::format(" or \"{}\"", none_);
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    if (!none_.empty() && node.value_exact<std::string>() == std::string(none_)) {
      value_.reset();
      return true;
    }
    BitWidth given;
    if (!BitsField(given, limits_).read(node)) return false;
    value_ = given;
    return true;
  }
  [[nodiscard]] std::string write() const override {
    if (value_) return fmt::format("{}", value_->bits);
    return none_.empty() ? std::string() : tomlString(none_);
  }
  [[nodiscard]] std::vector<std::string_view> words() const override {
    if (none_.empty()) return {};
    return {none_};
  }

 private:
  std::optional<BitWidth>& value_;
  BitLimits limits_;
  std::string_view none_;
};

class GroupsField : public Field {
 public:
  explicit GroupsField(std::int64_t& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override {
    return "an integer of at least 1 or \"depthwise\"";
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    if (node.value_exact<std::string>() == std::string(kWord)) {
      value_ = kDepthwiseGroups;
      return true;
    }
    return IntegerField(value_, 1, kLargest).read(node);
  }
  [[nodiscard]] std::string write() const override {
    return value_ == kDepthwiseGroups ? tomlString(kWord) : fmt::format("{}", value_);
  }
  [[nodiscard]] std::vector<std::string_view> words() const override { return {kWord}; }

 private:
  static constexpr std::string_view kWord = "depthwise";
  std::int64_t& value_;
};

}  // namespace

FieldPointer integer(std::int64_t& value, std::int64_t least, std::int64_t most) {
  return std::make_unique<IntegerField>(value, least, most);
}
FieldPointer seed(std::uint64_t& value) { return std::make_unique<SeedField>(value); }
FieldPointer number(double& value, double least, LowerEnd end, double most) {
  return std::make_unique<NumberField>(value, least, end, most);
}
FieldPointer flag(bool& value) { return std::make_unique<FlagField>(value); }
FieldPointer flag(Signedness& value) { return std::make_unique<SignField>(value); }
FieldPointer bits(BitWidth& value, BitLimits limits) {
  return std::make_unique<BitsField>(value, limits);
}
FieldPointer bits(std::optional<BitWidth>& value, BitLimits limits) {
  return std::make_unique<OptionalBitsField>(value, limits, "");
}
FieldPointer bitsOrFree(std::optional<BitWidth>& value, BitLimits limits) {
  return std::make_unique<OptionalBitsField>(value, limits, "free");
}
FieldPointer groups(std::int64_t& value) { return std::make_unique<GroupsField>(value); }

}  // namespace a2q
