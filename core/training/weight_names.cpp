// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/weight_names.h"

#include <algorithm>
#include <array>

namespace a2q {
namespace {

constexpr std::array<std::string_view, 7> kWords{"weight", "bias",  "running_mean", "running_var",
                                                 "v",      "gamma", "beta"};
constexpr std::array<std::string_view, 6> kWrappers{"_orig_mod_", "module_",  "model_",
                                                    "net_",       "network_", "backbone_"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes the number at the front of a text, without its leading zeros.
std::string_view takeDigits(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && isDigit(text[end])) ++end;
  std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

}  // namespace

std::optional<TensorNameParts> nameParts(std::string_view name) {
  for (const std::string_view word : kWords) {
    if (name == word) return TensorNameParts{"", std::string(word)};
    if (!name.ends_with(word)) continue;
    const std::size_t separator = name.size() - word.size() - 1;
    if (name[separator] != '.' && name[separator] != '_') continue;
    return TensorNameParts{std::string(name.substr(0, separator)), std::string(word)};
  }
  return std::nullopt;
}

bool wordFits(std::string_view word, ParameterRole role) {
  switch (role) {
    case ParameterRole::kWeights: return word == "weight" || word == "v";
    case ParameterRole::kBias: return word == "bias";
    case ParameterRole::kGamma: return word == "weight" || word == "gamma";
    case ParameterRole::kBeta: return word == "bias" || word == "beta";
    case ParameterRole::kMean: return word == "running_mean";
    case ParameterRole::kVariance: return word == "running_var";
  }
  return false;
}

std::vector<std::string> normalisedNames(std::string_view module) {
  std::string name(module);
  for (char& c : name) {
    if (c == '.' || c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  std::vector<std::string> names{name};
  const auto wrapper = [&] {
    return std::find_if(kWrappers.begin(), kWrappers.end(),
                        [&](std::string_view word) { return name.starts_with(word); });
  };
  for (auto found = wrapper(); found != kWrappers.end(); found = wrapper()) {
    name.erase(0, found->size());
    names.push_back(name);
  }
  return names;
}

bool naturallyBefore(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (isDigit(a.front()) && isDigit(b.front())) {
      const std::string_view left = takeDigits(a);
      const std::string_view right = takeDigits(b);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      continue;
    }
    if (a.front() != b.front()) return a.front() < b.front();
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() < b.size();
}

}  // namespace a2q
