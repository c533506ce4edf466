// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace a2q {

enum class ElementType {
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat32,
  kFloat64,
  kText,     ///< UTF-8 of one length, filled up with zeros
  kForeign,  ///< of another program: carried along, not understood
};

/// An array of numbers or texts, row-major, in the bytes of this machine; a scalar has no shape.
struct ArrayValue {
  ElementType type = ElementType::kFloat64;
  std::vector<std::uint64_t> shape;
  std::size_t element_bytes = 0;
  std::vector<std::byte> bytes;         ///< product of shape × element_bytes
  std::vector<std::byte> foreign_type;  ///< of kForeign: its type as HDF5 encodes it
  bool operator==(const ArrayValue&) const = default;
};

using Attributes = std::map<std::string, ArrayValue, std::less<>>;

struct DataArray {
  ArrayValue value;
  Attributes attributes;
  bool operator==(const DataArray&) const = default;
};

/// What an HDF5 file or group holds, as plain values. `objects` are members that stand elsewhere
/// or have not been read: the name of the member and the treeDigest() of what it is.
struct DataTree {
  Attributes attributes;
  std::map<std::string, DataArray, std::less<>> arrays;
  std::map<std::string, DataTree, std::less<>> groups;
  std::map<std::string, std::string, std::less<>> objects;
  bool operator==(const DataTree&) const = default;
};

/// Values as arrays.
[[nodiscard]] ArrayValue textValue(std::string_view text);
[[nodiscard]] ArrayValue textsValue(std::span<const std::string> texts);  ///< [count]
[[nodiscard]] ArrayValue integerValue(std::int64_t value);                ///< scalar kInt64
[[nodiscard]] ArrayValue realValue(double value);                         ///< scalar kFloat64
[[nodiscard]] ArrayValue integersValue(std::span<const std::int64_t> values,
                                       std::vector<std::uint64_t> shape);
[[nodiscard]] ArrayValue realsValue(std::span<const double> values,
                                    std::vector<std::uint64_t> shape);

/// And back; none when the array is of another type or shape than asked for.
[[nodiscard]] std::optional<std::string> textOf(const ArrayValue& value);
[[nodiscard]] std::optional<std::vector<std::string>> textsOf(const ArrayValue& value);
[[nodiscard]] std::optional<std::int64_t> integerOf(const ArrayValue& value);
[[nodiscard]] std::optional<double> realOf(const ArrayValue& value);
[[nodiscard]] std::optional<std::vector<std::int64_t>> integersOf(const ArrayValue& value);
[[nodiscard]] std::optional<std::vector<double>> realsOf(const ArrayValue& value);

/// Bytes of all arrays and attributes, below included.
[[nodiscard]] std::uint64_t contentBytes(const DataTree& tree);

/// SHA-256 over names, types, shapes and bytes in the order of the names, as 64 hexadecimal
/// digits; independent of how a file lays them out. The text that is hashed is described in
/// resources/docs/project-format.md. Objects count with their names and digests.
[[nodiscard]] std::string treeDigest(const DataTree& tree);

}  // namespace a2q
