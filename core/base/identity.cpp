// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/identity.h"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <random>

namespace a2q {
namespace {

constexpr std::size_t kLength = 36;

bool isDash(std::size_t position) {
  constexpr std::array<std::size_t, 4> kDashes{8, 13, 18, 23};
  for (const std::size_t dash : kDashes) {
    if (position == dash) return true;
  }
  return false;
}

bool isHexDigit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

}  // namespace

std::string newUuid() {
  std::random_device entropy;
  std::array<unsigned, 4> word{};
  for (unsigned& value : word) value = entropy();
  constexpr unsigned kVersion = 0x4000;
  constexpr unsigned kVariant = 0x8000;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:04x}{:08x}", word[0], word[1] >> 16,
                     (word[1] & 0x0fff) | kVersion, (word[2] & 0x3fff) | kVariant, word[2] >> 16,
                     word[3]);
}

bool isUuid(std::string_view text) {
  if (text.size() != kLength) return false;
  for (std::size_t i = 0; i < kLength; ++i) {
    if (isDash(i) ? text[i] != '-' : !isHexDigit(text[i])) return false;
  }
  return true;
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text, length};
}

}  // namespace a2q
