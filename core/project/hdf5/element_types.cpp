// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hdf5/element_types.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tl/expected.hpp>

namespace a2q {
namespace {

struct NumberType {
  ElementType type;
  H5T_class_t kind;
  std::size_t bytes;
  H5T_sign_t sign;
  hid_t native;
};

/// The native identifiers are variables of the library, so that the table is made at run time.
std::array<NumberType, 10> numberTypes() {
  return {{{ElementType::kInt8, H5T_INTEGER, 1, H5T_SGN_2, H5T_NATIVE_INT8},
           {ElementType::kUint8, H5T_INTEGER, 1, H5T_SGN_NONE, H5T_NATIVE_UINT8},
           {ElementType::kInt16, H5T_INTEGER, 2, H5T_SGN_2, H5T_NATIVE_INT16},
           {ElementType::kUint16, H5T_INTEGER, 2, H5T_SGN_NONE, H5T_NATIVE_UINT16},
           {ElementType::kInt32, H5T_INTEGER, 4, H5T_SGN_2, H5T_NATIVE_INT32},
           {ElementType::kUint32, H5T_INTEGER, 4, H5T_SGN_NONE, H5T_NATIVE_UINT32},
           {ElementType::kInt64, H5T_INTEGER, 8, H5T_SGN_2, H5T_NATIVE_INT64},
           {ElementType::kUint64, H5T_INTEGER, 8, H5T_SGN_NONE, H5T_NATIVE_UINT64},
           {ElementType::kFloat32, H5T_FLOAT, 4, H5T_SGN_ERROR, H5T_NATIVE_FLOAT},
           {ElementType::kFloat64, H5T_FLOAT, 8, H5T_SGN_ERROR, H5T_NATIVE_DOUBLE}}};
}

Handle copied(hid_t type) { return {H5Tcopy(type), H5Tclose}; }

Handle textType(std::size_t bytes, H5T_cset_t letters) {
  Handle type = copied(H5T_C_S1);
  H5Tset_size(type.get(), bytes);
  H5Tset_strpad(type.get(), H5T_STR_NULLPAD);
  H5Tset_cset(type.get(), letters);
  return type;
}

std::optional<LoadedType> numberType(hid_t stored, H5T_class_t kind) {
  for (const NumberType& row : numberTypes()) {
    const bool same = row.kind == kind && row.bytes == H5Tget_size(stored) &&
                      (kind != H5T_INTEGER || row.sign == H5Tget_sign(stored));
    if (same) return LoadedType{row.type, row.bytes, {}, copied(row.native), false};
  }
  return std::nullopt;
}

LoadedType textTypeOf(hid_t stored) {
  const H5T_cset_t letters = H5Tget_cset(stored);
  if (H5Tis_variable_str(stored) > 0) {
    Handle memory = copied(H5T_C_S1);
    H5Tset_size(memory.get(), H5T_VARIABLE);
    H5Tset_cset(memory.get(), letters);
    return {ElementType::kText, sizeof(char*), {}, std::move(memory), true};
  }
  const std::size_t bytes = H5Tget_size(stored);
  return {ElementType::kText, bytes, {}, textType(bytes, letters), false};
}

}  // namespace

Handle storedType(const ArrayValue& value) {
  if (value.type == ElementType::kText) return textType(value.element_bytes, H5T_CSET_UTF8);
  if (value.type == ElementType::kForeign) return {H5Tdecode(value.foreign_type.data()), H5Tclose};
  const auto rows = numberTypes();
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const NumberType& each) { return each.type == value.type; });
  return copied(row->native);
}

tl::expected<LoadedType, std::string> loadedType(hid_t stored) {
  const H5T_class_t kind = H5Tget_class(stored);
  if (kind == H5T_STRING) return textTypeOf(stored);
  if (auto number = numberType(stored, kind)) return std::move(*number);
  const bool pointers = H5Tdetect_class(stored, H5T_VLEN) != 0 ||
                        H5Tdetect_class(stored, H5T_REFERENCE) != 0 ||
                        H5Tdetect_class(stored, H5T_STRING) != 0;
  std::size_t size = 0;
  if (kind < 0 || pointers || H5Tencode(stored, nullptr, &size) < 0) {
    return tl::make_unexpected("its type cannot be carried along");
  }
  std::vector<std::byte> encoded(size);
  if (H5Tencode(stored, encoded.data(), &size) < 0) {
    return tl::make_unexpected("its type cannot be carried along");
  }
  return LoadedType{ElementType::kForeign, H5Tget_size(stored), std::move(encoded), copied(stored),
                    false};
}

}  // namespace a2q
