// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hdf5/member_reader.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/project/hdf5/element_types.h"

namespace a2q {
namespace {

constexpr const char* kTooMuch = "there is more in it than a project can hold";

tl::unexpected<Reason> reason(Reason words) { return tl::make_unexpected(std::move(words)); }

tl::unexpected<Reason> libraryReason() { return reason(hdf5Problem()); }

tl::expected<std::vector<std::uint64_t>, Reason> shapeOf(hid_t space) {
  const H5S_class_t kind = H5Sget_simple_extent_type(space);
  if (kind == H5S_SCALAR) return std::vector<std::uint64_t>();
  if (kind == H5S_NULL) return std::vector<std::uint64_t>{0};
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0) return libraryReason();
  std::vector<hsize_t> extents(static_cast<std::size_t>(rank));
  if (H5Sget_simple_extent_dims(space, extents.data(), nullptr) < 0) return libraryReason();
  return std::vector<std::uint64_t>(extents.begin(), extents.end());
}

/// The product, or none when it is beyond `limit`.
std::optional<std::uint64_t> productWithin(const std::vector<std::uint64_t>& shape,
                                           std::uint64_t factor, std::uint64_t limit) {
  std::uint64_t product = factor;
  for (const std::uint64_t extent : shape) {
    if (extent == 0) return 0;
  }
  for (const std::uint64_t extent : shape) {
    if (product > limit / extent) return std::nullopt;
    product *= extent;
  }
  return product <= limit ? std::optional(product) : std::nullopt;
}

/// Texts of any length become texts of the longest one's.
class PointerTexts {
 public:
  PointerTexts(std::uint64_t count, hid_t type, hid_t space)
      : pointers_(count), type_(type), space_(space) {}
  PointerTexts(const PointerTexts&) = delete;
  PointerTexts& operator=(const PointerTexts&) = delete;
  ~PointerTexts() {
    if (read_) H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, pointers_.data());
  }

  template <class Read>
  bool readBy(const Read& read) {
    read_ = pointers_.empty() || read(pointers_.data());
    return read_;
  }

  [[nodiscard]] bool moveInto(ArrayValue& value, ReadBudget& budget) const {
    std::size_t longest = 1;
    for (const char* const text : pointers_) {
      if (text != nullptr) longest = std::max(longest, std::strlen(text));
    }
    if (pointers_.size() > std::numeric_limits<std::uint64_t>::max() / longest ||
        !budget.takeBytes(pointers_.size() * longest)) {
      return false;
    }
    value.element_bytes = longest;
    value.bytes.resize(pointers_.size() * longest);
    for (std::size_t i = 0; i < pointers_.size(); ++i) {
      if (pointers_[i] == nullptr) continue;
      std::memcpy(value.bytes.data() + i * longest, pointers_[i], std::strlen(pointers_[i]));
    }
    return true;
  }

 private:
  std::vector<char*> pointers_;
  hid_t type_;
  hid_t space_;
  bool read_ = false;
};

/// Reads by `read(memory type, target)` what has this type and space.
template <class Read>
tl::expected<ArrayValue, Reason> readValue(hid_t stored, hid_t space, ReadBudget& budget,
                                           const Read& read) {
  auto shape = shapeOf(space);
  if (!shape) return reason(shape.error());
  auto type = loadedType(stored);
  if (!type) return reason(type.error());
  const auto bytes = productWithin(*shape, type->element_bytes, budget.bytes);
  if (!bytes || !budget.takeBytes(*bytes)) return reason(kTooMuch);
  ArrayValue value{
      type->type, std::move(*shape), type->element_bytes, {}, std::move(type->foreign_type)};
  const hid_t memory = type->memory.get();
  if (type->has_pointers) {
    PointerTexts texts(*bytes / type->element_bytes, memory, space);
    if (!texts.readBy([&](void* target) { return read(memory, target); })) return libraryReason();
    if (!texts.moveInto(value, budget)) return reason(kTooMuch);
    return value;
  }
  value.bytes.resize(*bytes);
  if (*bytes > 0 && !read(memory, value.bytes.data())) return libraryReason();
  return value;
}

tl::expected<ArrayValue, Reason> readAttribute(hid_t attribute, ReadBudget& budget) {
  const Handle type(H5Aget_type(attribute), H5Tclose);
  const Handle space(H5Aget_space(attribute), H5Sclose);
  if (!type.valid() || !space.valid()) return libraryReason();
  return readValue(type.get(), space.get(), budget, [&](hid_t memory, void* target) {
    return H5Aread(attribute, memory, target) >= 0;
  });
}

/// Filters that libhdf5 has built in; others would be looked for as plug-ins.
bool isBuiltIn(H5Z_filter_t filter) {
  return filter == H5Z_FILTER_DEFLATE || filter == H5Z_FILTER_SHUFFLE ||
         filter == H5Z_FILTER_FLETCHER32;
}

/// Why the bytes of a dataset are not read; empty: they are.
Reason storageProblem(hid_t dataset) {
  const Handle list(H5Dget_create_plist(dataset), H5Pclose);
  if (!list.valid()) return hdf5Problem();
  const H5D_layout_t layout = H5Pget_layout(list.get());
  if (layout == H5D_VIRTUAL || H5Pget_external_count(list.get()) != 0) {
    return "its bytes lie in another file";
  }
  const int filters = H5Pget_nfilters(list.get());
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const auto filter = H5Pget_filter2(list.get(), static_cast<unsigned>(i), &flags, &values,
                                       nullptr, 0, nullptr, nullptr);
    if (!isBuiltIn(filter)) return "it is packed in a way that needs a plug-in";
  }
  return layout < 0 || filters < 0 ? hdf5Problem() : Reason();
}

herr_t collectName(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

}  // namespace

bool ReadBudget::takeBytes(std::uint64_t count) {
  if (count > bytes) return false;
  bytes -= count;
  return true;
}

bool ReadBudget::takeMember() {
  if (members == 0) return false;
  --members;
  return true;
}

tl::expected<Attributes, Reason> readAttributes(hid_t owner, ReadBudget& budget) {
  std::vector<std::string> names;
  hsize_t position = 0;
  // In native order for the reason that tree_reader.cpp gives.
  if (H5Aiterate2(owner, H5_INDEX_NAME, H5_ITER_NATIVE, &position, collectName, &names) < 0) {
    return libraryReason();
  }
  Attributes attributes;
  for (const std::string& name : names) {
    if (!budget.takeMember()) return reason(kTooMuch);
    const Handle attribute(H5Aopen(owner, name.c_str(), H5P_DEFAULT), H5Aclose);
    if (!attribute.valid()) return libraryReason();
    auto value = readAttribute(attribute.get(), budget);
    if (!value) return reason("attribute '" + name + "': " + value.error());
    attributes.emplace(name, std::move(*value));
  }
  return attributes;
}

tl::expected<DataArray, Reason> readArray(hid_t dataset, ReadBudget& budget) {
  if (Reason problem = storageProblem(dataset); !problem.empty()) return reason(problem);
  const Handle type(H5Dget_type(dataset), H5Tclose);
  const Handle space(H5Dget_space(dataset), H5Sclose);
  if (!type.valid() || !space.valid()) return libraryReason();
  auto value = readValue(type.get(), space.get(), budget, [&](hid_t memory, void* target) {
    return H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, target) >= 0;
  });
  if (!value) return reason(value.error());
  auto attributes = readAttributes(dataset, budget);
  if (!attributes) return reason(attributes.error());
  return DataArray{std::move(*value), std::move(*attributes)};
}

}  // namespace a2q
