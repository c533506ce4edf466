// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace a2q {

/// The bytes of a file from front to back. A gzip file is recognised by its content, not its name,
/// and unpacked on the way, never more of it than was asked for.
class ByteSource {
 public:
  /// Errors: kReadFailed when the path is no file that can be read.
  [[nodiscard]] static Result<ByteSource> open(const std::filesystem::path& path);

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ~ByteSource();

  /// Fills `out` as far as there are bytes and returns how many there were. Errors: kFileFormat for
  /// corrupt gzip data (its checksum included), kReadFailed.
  [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> out);

  [[nodiscard]] bool compressed() const;

  /// True when a read found the end of the file before the end of its gzip stream.
  [[nodiscard]] bool cutShort() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace a2q
