// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/fast/byte_sum_program.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace a2q {
namespace {

/// Signed digits of 32-bit weights.
constexpr int kPowers = 33;

/// Weights up to here are plain binary: a third power would often be a stretch for itself.
constexpr std::int64_t kPlainBinary = 7;

struct Entries {
  std::vector<std::int32_t> adds;
  std::vector<std::int32_t> subtracts;
};

/// Adds the digits of one weight; large ones in the form with the fewest digits that are not zero.
void addDigits(std::int64_t weight, std::int32_t tap, std::array<Entries, kPowers>& powers) {
  const bool negative = weight < 0;
  std::int64_t rest = std::abs(weight);
  const bool plain = rest <= kPlainBinary;
  for (std::size_t power = 0; rest != 0; ++power, rest /= 2) {
    if (rest % 2 == 0) continue;
    const bool minus = !plain && rest % 4 == 3;
    rest += minus ? 1 : -1;
    auto& entries = powers[power];
    (minus != negative ? entries.subtracts : entries.adds).push_back(tap);
  }
}

/// Takes up to `room` taps off the front of a list.
std::uint16_t take(std::vector<std::int32_t>& from, std::size_t& next, std::int64_t room,
                   std::vector<std::int32_t>& to) {
  const auto count = std::min(static_cast<std::size_t>(room), from.size() - next);
  const auto first = from.begin() + static_cast<std::ptrdiff_t>(next);
  to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(count));
  next += count;
  return static_cast<std::uint16_t>(count);
}

}  // namespace

ByteSumProgram byteSumProgram(std::span<const std::int32_t> weights, std::int64_t largest) {
  std::array<Entries, kPowers> powers;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    addDigits(weights[k], static_cast<std::int32_t>(k), powers);
  }
  ByteSumProgram program;
  const std::int64_t room = 255 / largest;
  int last = kPowers;  // the power that the sums count in; none yet
  for (int power = kPowers - 1; power >= 0; --power) {
    Entries& entries = powers[static_cast<std::size_t>(power)];
    std::size_t added = 0;
    std::size_t subtracted = 0;
    while (added < entries.adds.size() || subtracted < entries.subtracts.size()) {
      ByteChunk chunk;
      chunk.shift = static_cast<std::uint8_t>(last == kPowers ? 0 : last - power);
      last = power;
      chunk.adds = take(entries.adds, added, room, program.taps);
      chunk.subtracts = take(entries.subtracts, subtracted, room - chunk.adds, program.taps);
      chunk.start = static_cast<std::uint8_t>(chunk.subtracts * largest);
      program.start -= std::int64_t{chunk.start} << power;
      program.chunks.push_back(chunk);
    }
  }
  program.last_shift = last == kPowers ? 0 : last;
  return program;
}

}  // namespace a2q
