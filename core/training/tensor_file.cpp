// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_file.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/atomic_file.h"
#include "core/training/tensor_types.h"

namespace a2q {
namespace {

constexpr const char* kMetadata = "__metadata__";

}  // namespace

Status writeTensorFile(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                       const std::map<std::string, std::string>& metadata) {
  const auto refuse = [&](const std::string& why) {
    return fail(ErrorCode::kWriteFailed, "cannot write '" + path.string() + "'", why,
                "Name the tensors otherwise.");
  };
  nlohmann::ordered_json header;
  if (!metadata.empty()) header[kMetadata] = metadata;
  std::set<std::string_view> names;
  std::size_t offset = 0;
  for (const NamedTensor& tensor : tensors) {
    if (tensor.name == kMetadata || !names.insert(tensor.name).second) {
      return refuse("the name '" + tensor.name + "' is taken");
    }
    header[tensor.name] = {{"dtype", typeName(tensor.type)},
                           {"shape", tensor.shape},
                           {"data_offsets", {offset, offset + tensor.bytes.size()}}};
    offset += tensor.bytes.size();
  }
  std::string text;
  try {
    text = header.dump();
  } catch (const nlohmann::json::type_error&) {
    return refuse("a name or a text of the metadata is no UTF-8");
  }
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
