// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace a2q {

/// A message of protobuf, field by field in the order of the calls. Fields of value 0 are written
/// as well, which readers do not mind.
class EventMessage {
 public:
  EventMessage& integer(int field, std::int64_t value);
  EventMessage& real(int field, double value);                     ///< double
  EventMessage& shortReal(int field, float value);                 ///< float
  EventMessage& text(int field, std::string_view value);           ///< string, bytes or a message
  EventMessage& reals(int field, std::span<const double> values);  ///< packed doubles

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  void varint(std::uint64_t value);

  std::string bytes_;
};

/// A record of TFRecord around a message: length, its checksum, content, its checksum. Checksums
/// are CRC32C, turned by 15 bits and shifted by a constant.
[[nodiscard]] std::string eventRecord(std::string_view content);

}  // namespace a2q
