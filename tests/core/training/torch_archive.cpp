// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/training/torch_archive.h"

#include <zlib.h>

namespace a2q::testing {
namespace {

std::string little(std::uint64_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}

/// The fields that a local header and a line of the list have in common.
std::string commonFields(const std::string& name, const std::string& content, int method) {
  const auto crc =
      crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
  return little(20, 2) + little(0, 2) + little(static_cast<std::uint64_t>(method), 2) +
         little(0, 4) + little(crc, 4) + little(content.size(), 4) + little(content.size(), 4) +
         little(name.size(), 2) + little(0, 2);
}

}  // namespace

std::string zipOf(const std::map<std::string, std::string>& entries, int method) {
  std::string file;
  std::string list;
  for (const auto& [name, content] : entries) {
    const std::string common = commonFields(name, content, method);
    list += "PK\1\2" + little(20, 2) + common + little(0, 2 + 2 + 2 + 4) + little(file.size(), 4);
    list += name;
    file += "PK\3\4" + common + name + content;
  }
  const std::string counts = little(entries.size(), 2) + little(entries.size(), 2);
  return file + list + "PK\5\6" + little(0, 4) + counts + little(list.size(), 4) +
         little(file.size(), 4) + little(0, 2);
}

std::string torchArchive(const std::string& pickle,
                         const std::map<std::string, std::string>& storages) {
  std::map<std::string, std::string> entries = {{"a/data.pkl", "\x80\2" + pickle}};
  for (const auto& [key, content] : storages) entries["a/data/" + key] = content;
  return zipOf(entries);
}

std::string text(const std::string& value) { return "X" + little(value.size(), 4) + value; }

std::string integer(std::int64_t value) {
  return "\x8a\x08" + little(static_cast<std::uint64_t>(value), 8);
}

std::string rebuiltTensor(const std::string& type, const std::string& key, std::int64_t offset,
                          const std::string& sizes, const std::string& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" +
         text(key) + text("cpu") + integer(1) + "tQ" + integer(offset) + sizes + strides +
         "\x89"
         "ccollections\nOrderedDict\n)RtR";
}

}  // namespace a2q::testing
