// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_file.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"

namespace a2q {
namespace {

const char* typeName(TensorType type) { return type == TensorType::kFloat32 ? "F32" : "I32"; }

}  // namespace

Status writeTensorFile(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                       const std::map<std::string, std::string>& metadata) {
  nlohmann::ordered_json header;
  if (!metadata.empty()) header["__metadata__"] = metadata;
  std::size_t offset = 0;
  for (const NamedTensor& tensor : tensors) {
    header[tensor.name] = {{"dtype", typeName(tensor.type)},
                           {"shape", tensor.shape},
                           {"data_offsets", {offset, offset + tensor.bytes.size()}}};
    offset += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // the data start aligned
  std::vector<std::byte> file(8 + text.size() + offset);
  for (std::size_t i = 0; i < 8; ++i) {
    file[i] = static_cast<std::byte>(text.size() >> (8 * i) & 0xff);
  }
  std::memcpy(file.data() + 8, text.data(), text.size());
  std::byte* next = file.data() + 8 + text.size();
  for (const NamedTensor& tensor : tensors) {
    if (!tensor.bytes.empty()) std::memcpy(next, tensor.bytes.data(), tensor.bytes.size());
    next += tensor.bytes.size();
  }
  return writeFileAtomically(path, file);
}

}  // namespace a2q
