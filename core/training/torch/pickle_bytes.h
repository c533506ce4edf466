// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace a2q {

/// The bytes of a pickle from front to back. What lies beyond the end is empty or 0, and ended()
/// tells so afterwards.
class PickleBytes {
 public:
  explicit PickleBytes(std::span<const std::byte> bytes) : rest_(bytes), size_(bytes.size()) {}

  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] std::size_t position() const { return size_ - rest_.size(); }

  std::string text(std::uint64_t size) {
    const auto bytes = take(size);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  /// A little-endian number of at most eight bytes.
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const auto bytes = take(size);
    for (std::size_t i = bytes.size(); i-- > 0;) {
      value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
    }
    return value;
  }

  /// The text up to the next line feed, which is taken too.
  std::string line() {
    const auto end = std::find(rest_.begin(), rest_.end(), std::byte{'\n'});
    std::string found = text(static_cast<std::size_t>(end - rest_.begin()));
    take(1);
    return found;
  }

 private:
  std::span<const std::byte> take(std::uint64_t size) {
    if (size > rest_.size()) {
      ended_ = true;
      return {};
    }
    const auto bytes = rest_.first(size);
    rest_ = rest_.subspan(size);
    return bytes;
  }

  std::span<const std::byte> rest_;
  std::size_t size_;
  bool ended_ = false;
};

}  // namespace a2q
