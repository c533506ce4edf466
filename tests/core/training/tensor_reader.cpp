// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/training/tensor_reader.h"

#include <bit>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace a2q::testing {
namespace {

std::uint64_t littleEndian(const std::string& bytes, std::size_t at, std::size_t count) {
  if (at + count > bytes.size()) throw std::runtime_error("the file ends early");
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::uint64_t sizeOf(const StoredTensor& tensor) {
  static const std::map<std::string, std::uint64_t> sizes = {
      {"F32", 4}, {"F64", 8}, {"I32", 4}, {"I64", 8}, {"U8", 1}};
  std::uint64_t size = sizes.at(tensor.type);
  for (const std::int64_t side : tensor.shape) size *= static_cast<std::uint64_t>(side);
  return size;
}

}  // namespace

std::vector<std::int32_t> StoredTensor::integers() const {
  std::vector<std::int32_t> values;
  for (std::size_t at = 0; at < bytes.size(); at += 4) {
    values.push_back(static_cast<std::int32_t>(littleEndian(bytes, at, 4)));
  }
  return values;
}

std::vector<float> StoredTensor::floats() const {
  std::vector<float> values;
  for (const std::int32_t pattern : integers()) values.push_back(std::bit_cast<float>(pattern));
  return values;
}

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, StoredTensor> readTensors(const std::filesystem::path& path) {
  const std::string file = contentOf(path);
  const std::uint64_t header_size = littleEndian(file, 0, 8);
  if (header_size > file.size() - 8) throw std::runtime_error("the header leaves the file");
  const auto header = nlohmann::ordered_json::parse(file.substr(8, header_size));
  std::map<std::string, StoredTensor> tensors;
  std::uint64_t next = 0;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    StoredTensor tensor{entry.at("dtype"), entry.at("shape"), {}};
    const std::uint64_t begin = entry.at("data_offsets").at(0);
    const std::uint64_t end = entry.at("data_offsets").at(1);
    if (begin != next || end - begin != sizeOf(tensor)) {
      throw std::runtime_error("offsets of " + name);
    }
    tensor.bytes = file.substr(8 + header_size + begin, end - begin);
    tensors.emplace(name, std::move(tensor));
    next = end;
  }
  if (8 + header_size + next != file.size()) throw std::runtime_error("the data do not end here");
  return tensors;
}

}  // namespace a2q::testing
