// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/stored_tensor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "core/training/tensor_types.h"

namespace a2q {
namespace {

using Bytes = std::vector<std::byte>;
using Reason = tl::unexpected<std::string>;

constexpr std::size_t kMostSides = 64;

template <class T>
Bytes integersOf(std::span<const std::byte> narrow) {
  Bytes wide(narrow.size() / sizeof(T) * sizeof(std::int32_t));
  for (std::size_t i = 0; i < narrow.size() / sizeof(T); ++i) {
    T value = 0;
    std::memcpy(&value, narrow.data() + i * sizeof value, sizeof value);
    const auto widened = std::int32_t{value};
    std::memcpy(wide.data() + i * sizeof widened, &widened, sizeof widened);
  }
  return wide;
}

struct StorageRow {
  std::string_view name;
  std::size_t size;  ///< of an element
  TensorType type;
  Bytes (*widen)(std::span<const std::byte>);
};

constexpr std::array kStorages{
    StorageRow{"torch.FloatStorage", 4, TensorType::kFloat32, nullptr},
    StorageRow{"torch.DoubleStorage", 8, TensorType::kFloat64, nullptr},
    StorageRow{"torch.HalfStorage", 2, TensorType::kFloat32, floatsOfHalf},
    StorageRow{"torch.BFloat16Storage", 2, TensorType::kFloat32, floatsOfBfloat},
    StorageRow{"torch.IntStorage", 4, TensorType::kInt32, nullptr},
    StorageRow{"torch.LongStorage", 8, TensorType::kInt64, nullptr},
    StorageRow{"torch.ByteStorage", 1, TensorType::kUint8, nullptr},
    StorageRow{"torch.BoolStorage", 1, TensorType::kUint8, nullptr},
    StorageRow{"torch.CharStorage", 1, TensorType::kInt32, integersOf<std::int8_t>},
    StorageRow{"torch.ShortStorage", 2, TensorType::kInt32, integersOf<std::int16_t>},
};

/// Whether every element lies in a storage of `count` elements; no number may overflow.
bool liesWithin(const StoredTensor& stored, std::int64_t count) {
  std::int64_t last = stored.offset;
  if (last < 0) return false;
  for (std::size_t i = 0; i < stored.sizes.size(); ++i) {
    std::int64_t reach = 0;
    if (stored.strides[i] < 0 ||
        __builtin_mul_overflow(stored.sizes[i] - 1, stored.strides[i], &reach) ||
        __builtin_add_overflow(last, reach, &last)) {
      return false;
    }
  }
  return last < count;
}

bool isContiguous(const StoredTensor& stored) {
  std::int64_t expected = 1;
  for (std::size_t i = stored.sizes.size(); i-- > 0;) {
    if (stored.sizes[i] != 1 && stored.strides[i] != expected) return false;
    expected *= stored.sizes[i];
  }
  return true;
}

/// Copies element by element, the last side running fastest.
Bytes inOrder(const StoredTensor& stored, std::int64_t count, std::size_t size) {
  Bytes out(static_cast<std::size_t>(count) * size);
  const std::byte* first = stored.storage.data() + static_cast<std::size_t>(stored.offset) * size;
  if (isContiguous(stored)) {
    std::memcpy(out.data(), first, out.size());
    return out;
  }
  std::vector<std::int64_t> at(stored.sizes.size());
  std::int64_t place = 0;
  for (std::byte* next = out.data(); next != out.data() + out.size(); next += size) {
    std::memcpy(next, first + static_cast<std::size_t>(place) * size, size);
    for (std::size_t i = at.size(); i-- > 0;) {
      if (stored.sizes[i] == 1) continue;  // its stride may be anything
      place += stored.strides[i];
      if (++at[i] < stored.sizes[i]) break;
      place -= stored.strides[i] * stored.sizes[i];
      at[i] = 0;
    }
  }
  return out;
}

}  // namespace

tl::expected<NamedTensor, std::string> gathered(const StoredTensor& stored, std::string name,
                                                std::uint64_t most_bytes) {
  const auto refuse = [&](std::string_view why) {
    return Reason(fmt::format("tensor '{}' {}", name, why));
  };
  const auto row = std::find_if(kStorages.begin(), kStorages.end(), [&](const StorageRow& one) {
    return one.name == stored.storage_class;
  });
  if (row == kStorages.end()) {
    return refuse(fmt::format("is a {}, which is not read here", stored.storage_class));
  }
  if (stored.sizes.size() != stored.strides.size() || stored.sizes.size() > kMostSides) {
    return refuse("has sizes and strides that do not belong together");
  }
  const auto count = elementCount(stored.sizes);
  if (!count) return refuse("has impossible sizes");
  const std::uint64_t element = std::max(row->size, elementSize(row->type));
  if (static_cast<std::uint64_t>(*count) > most_bytes / element) {
    return refuse("is far larger than its file");
  }
  if (*count > 0 &&
      !liesWithin(stored, static_cast<std::int64_t>(stored.storage.size() / row->size))) {
    return refuse("has elements outside its storage");
  }
  NamedTensor tensor{std::move(name), row->type, stored.sizes, {}};
  if (*count > 0) tensor.bytes = inOrder(stored, *count, row->size);
  if (row->widen != nullptr) tensor.bytes = row->widen(tensor.bytes);
  return tensor;
}

}  // namespace a2q
