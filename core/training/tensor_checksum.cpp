// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_checksum.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cstdint>

namespace a2q {
namespace {

std::uint32_t checksumOf(const std::string& name, const void* bytes, std::size_t size) {
  const auto* text = reinterpret_cast<const Bytef*>(name.c_str());
  const uLong start = crc32_z(0, text, name.size() + 1);  // with its end: "a" + "b" is not "ab"
  return static_cast<std::uint32_t>(crc32_z(start, static_cast<const Bytef*>(bytes), size));
}

}  // namespace

std::string tensorChecksum(std::span<const NamedTensor> tensors,
                           const std::map<std::string, std::string>& metadata) {
  std::uint32_t sum = 0;
  for (const NamedTensor& tensor : tensors) {
    if (tensor.bytes.empty()) continue;
    sum += checksumOf(tensor.name, tensor.bytes.data(), tensor.bytes.size());
  }
  for (const auto& [name, text] : metadata) {
    if (name != kChecksumKey) sum += checksumOf(name, text.data(), text.size());
  }
  return fmt::format("{:08x}", sum);
}

}  // namespace a2q
