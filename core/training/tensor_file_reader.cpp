// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>

#include "core/base/atomic_file.h"
#include "core/training/tensor_file.h"
#include "core/training/tensor_header.h"
#include "core/training/tensor_types.h"

namespace a2q {
namespace {

constexpr std::size_t kLengthSize = 8;
constexpr std::uint64_t kMostHeader = 100'000'000;  // as the safetensors library

using Reason = tl::unexpected<std::string>;

Reason because(std::string why) { return tl::make_unexpected(std::move(why)); }

std::uint64_t lengthOf(std::span<const std::byte> bytes) {
  std::uint64_t length = 0;
  for (std::size_t i = kLengthSize; i-- > 0;) {
    length = length << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  }
  return length;
}

/// A type in the file, and what it becomes here.
struct StoredType {
  TensorType type = TensorType::kFloat32;
  std::size_t size = 0;  ///< of an element in the file
  std::vector<std::byte> (*widen)(std::span<const std::byte>) = nullptr;
};

std::optional<StoredType> storedType(std::string_view name) {
  if (name == "F16") return StoredType{TensorType::kFloat32, 2, floatsOfHalf};
  if (name == "BF16") return StoredType{TensorType::kFloat32, 2, floatsOfBfloat};
  const auto type = typeOfName(name);
  if (!type) return std::nullopt;
  return StoredType{*type, elementSize(*type), nullptr};
}

/// The bytes of an entry lie in `data`: the caller has compared them.
tl::expected<NamedTensor, std::string> tensorOf(HeaderEntry& entry,
                                                std::span<const std::byte> data) {
  const auto stored = storedType(entry.type);
  if (!stored) {
    return because(fmt::format("tensor '{}' has the type '{}', which cannot be read here",
                               entry.name, entry.type));
  }
  const auto count = elementCount(entry.shape);
  const auto most = std::numeric_limits<std::int64_t>::max() / static_cast<int>(stored->size);
  const auto size = count && *count <= most
                        ? std::optional(static_cast<std::uint64_t>(*count) * stored->size)
                        : std::nullopt;
  if (size != entry.end - entry.begin) {
    return because(fmt::format("tensor '{}' has {} bytes, which is not what {} elements of {} take",
                               entry.name, entry.end - entry.begin, fmt::join(entry.shape, "×"),
                               entry.type));
  }
  const auto bytes = data.subspan(entry.begin, entry.end - entry.begin);
  NamedTensor tensor{std::move(entry.name), stored->type, std::move(entry.shape), {}};
  tensor.bytes = stored->widen != nullptr ? stored->widen(bytes)
                                          : std::vector<std::byte>(bytes.begin(), bytes.end());
  return tensor;
}

tl::expected<TensorFile, std::string> parse(std::span<const std::byte> file) {
  if (file.size() < kLengthSize) return because("it ends before the length of its header");
  const std::uint64_t length = lengthOf(file);
  const auto rest = file.subspan(kLengthSize);
  if (length > std::min<std::uint64_t>(rest.size(), kMostHeader)) {
    return because(fmt::format("the header is said to have {} bytes, the file has {} after it",
                               length, rest.size()));
  }
  auto header = readTensorHeader(
      {reinterpret_cast<const char*>(rest.data()), static_cast<std::size_t>(length)});
  if (!header) return because(std::move(header).error());
  const auto data = rest.subspan(length);
  // Tensors lie side by side, without gaps: then no byte is read twice.
  std::stable_sort(header->entries.begin(), header->entries.end(),
                   [](const HeaderEntry& a, const HeaderEntry& b) {
                     return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
                   });
  TensorFile out;
  std::uint64_t next = 0;
  for (HeaderEntry& entry : header->entries) {
    if (entry.begin != next || entry.end < entry.begin || entry.end > data.size()) {
      return because(fmt::format("tensor '{}' has bytes {} to {}, expected from {} and up to {}",
                                 entry.name, entry.begin, entry.end, next, data.size()));
    }
    next = entry.end;
    auto tensor = tensorOf(entry, data);
    if (!tensor) return because(std::move(tensor).error());
    out.tensors.push_back(std::move(*tensor));
  }
  if (next != data.size()) {
    return because(fmt::format("{} bytes at the end belong to no tensor", data.size() - next));
  }
  out.metadata = std::move(header->metadata);
  return out;
}

}  // namespace

Result<TensorFile> readTensorFile(const std::filesystem::path& path) {
  auto text = readFile(path);
  if (!text) return forward(std::move(text));
  auto file = parse(std::as_bytes(std::span(*text)));
  if (file) return std::move(*file);
  return fail(ErrorCode::kFileFormat,
              fmt::format("'{}' is no sound safetensors file", path.string()), file.error());
}

}  // namespace a2q
