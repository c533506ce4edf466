// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/object_names.h"

#include <algorithm>

namespace a2q {
namespace {

constexpr std::string_view kEnding = ".h5";
constexpr std::string_view kFolderEnding = ".objects";

}  // namespace

bool isObjectDigest(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && std::ranges::all_of(text, [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
         });
}

std::string objectFileName(std::string_view digest) {
  return std::string(digest) + std::string(kEnding);
}

std::optional<std::string> digestOfObjectFile(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || !isObjectsFolderName(path.substr(0, slash))) {
    return std::nullopt;
  }
  std::string_view name = path.substr(slash + 1);
  if (!name.ends_with(kEnding)) return std::nullopt;
  name.remove_suffix(kEnding.size());
  return isObjectDigest(name) ? std::optional(std::string(name)) : std::nullopt;
}

bool isObjectsFolderName(std::string_view text) {
  return text.size() > kFolderEnding.size() && text.ends_with(kFolderEnding) &&
         text.find('/') == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

}  // namespace a2q
