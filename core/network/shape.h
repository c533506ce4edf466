// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace a2q {

/// The shape of one sample between two layers: channels × height × width; a flat vector of n
/// features is n × 1 × 1.
struct Shape {
  std::int64_t channels = 0;
  std::int64_t height = 1;
  std::int64_t width = 1;
  [[nodiscard]] constexpr std::int64_t size() const { return channels * height * width; }
  bool operator==(const Shape&) const = default;
};

/// "16×14×14".
[[nodiscard]] std::string toString(const Shape& shape);

/// Height and width of a kernel, a stride or a padding.
struct Extent {
  std::int64_t height = 1;
  std::int64_t width = 1;
  bool operator==(const Extent&) const = default;
};

}  // namespace a2q
