// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/certificate_diff.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/bounds/certificate_json.h"

namespace a2q {
namespace {

using nlohmann::json;

std::string textOf(const json* value) {
  if (value == nullptr) return "nothing";
  constexpr std::size_t kLongest = 80;
  std::string text = value->dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() <= kLongest ? text : text.substr(0, kLongest) + "...";
}

bool areEqual(const json& stored, const json& recomputed) {
  if (!recomputed.is_number_float() || !stored.is_number()) return stored == recomputed;
  const auto a = stored.get<double>();
  const auto b = recomputed.get<double>();
  return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

class Comparison {
 public:
  void compare(const json* stored, const json* recomputed, const std::string& where) {
    if (stored != nullptr && recomputed != nullptr) {
      if (stored->is_object() && recomputed->is_object()) {
        return compareObjects(*stored, *recomputed, where);
      }
      if (stored->is_array() && recomputed->is_array()) {
        return compareArrays(*stored, *recomputed, where);
      }
      if (areEqual(*stored, *recomputed)) return;
    }
    found_.push_back({where, textOf(stored), textOf(recomputed)});
  }
  [[nodiscard]] std::vector<CertificateDifference> take() { return std::move(found_); }

 private:
  static const json* member(const json& object, const std::string& key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
  }
  static const json* element(const json& array, std::size_t index) {
    return index < array.size() ? &array[index] : nullptr;
  }

  void compareObjects(const json& stored, const json& recomputed, const std::string& where) {
    const std::string prefix = where.empty() ? "" : where + ", ";
    for (const auto& [key, value] : recomputed.items()) {
      compare(member(stored, key), &value, isList(value) ? where : prefix + key);
    }
    for (const auto& [key, value] : stored.items()) {
      if (!recomputed.contains(key)) compare(&value, nullptr, prefix + key);
    }
  }

  void compareArrays(const json& stored, const json& recomputed, const std::string& where) {
    for (std::size_t i = 0; i < std::max(stored.size(), recomputed.size()); ++i) {
      const json* fresh = element(recomputed, i);
      const std::string prefix = where.empty() ? "" : where + ", ";
      compare(element(stored, i), fresh, prefix + nameOf(fresh, where, i));
    }
  }

  /// A list of layers or channels, which are named by themselves.
  static bool isList(const json& value) {
    return value.is_array() && !value.empty() && value.front().is_object();
  }

  static std::string nameOf(const json* fresh, const std::string& where, std::size_t index) {
    if (fresh != nullptr && fresh->is_object() && fresh->contains("layer")) {
      return "layer " + fresh->at("layer").get<std::string>();
    }
    if (fresh != nullptr && fresh->is_object()) return fmt::format("channel {}", index);
    return fmt::format("{}{}", where.empty() ? "layer " : "", index);
  }

  std::vector<CertificateDifference> found_;
};

}  // namespace

Result<std::vector<CertificateDifference>> certificateDifferences(std::string_view stored,
                                                                  const Certificate& recomputed) {
  const json given = json::parse(stored, nullptr, /*allow_exceptions=*/false);
  if (given.is_discarded()) {
    return fail(ErrorCode::kFileFormat, "the certificate cannot be read",
                "it is not a JSON document",
                "Write it again with 'a2q certify MODEL -o certificate.json --force'.");
  }
  const json fresh = json::parse(certificateJson(recomputed));
  Comparison comparison;
  comparison.compare(&given, &fresh, "");
  return comparison.take();
}

}  // namespace a2q
