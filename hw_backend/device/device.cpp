// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/device/device.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <stdexcept>

#include "core/base/ceil_divide.h"
#include "core/base/text_distance.h"
#include "hw_backend/device/board.h"
#include "hw_backend/device/device_files.h"

namespace a2q {
namespace {

/// The embedded files were checked by a test: one that cannot be read is a bug.
template <class T>
T readOrThrow(Result<T> result) {
  if (!result) throw std::logic_error(describe(result.error()));
  return std::move(*result);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

template <class T>
const T* named(const std::vector<T>& all, std::string_view name) {
  const auto found = std::ranges::find_if(all, [&](const T& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

struct Library {
  std::vector<Family> families;
  std::vector<Device> devices;
  std::vector<Board> boards;

  Library() {
    std::vector<FamilyFile> files;
    for (const DataFile& file : deviceFiles()) files.push_back(readOrThrow(readFamilyFile(file)));
    for (const FamilyFile& file : files) families.push_back(file.family);
    for (std::size_t i = 0; i < files.size(); ++i) {
      for (Device& device : files[i].devices) {
        device.family = &families[i];
        devices.push_back(std::move(device));
      }
    }
    for (const DataFile& text : boardFiles()) {
      BoardFile file = readOrThrow(readBoardFile(text));
      file.board.device = named(devices, file.device);
      boards.push_back(std::move(file.board));
    }
  }
};

const Library& library() {
  static const Library instance;
  return instance;
}

tl::unexpected<Error> unknown(std::string_view what, std::string_view name,
                              const std::vector<std::string_view>& names) {
  const std::string near = nearest(lower(name), names);
  return fail(ErrorCode::kUnknownDevice, fmt::format("no {} is called '{}'", what, name),
              fmt::format("there are {}", fmt::join(names, ", ")),
              near.empty() ? "Name one of them." : fmt::format("Did you mean '{}'?", near));
}

/// The cheapest stack where `lanes` says how many bits of a shape must stand together.
template <class Lanes>
MemoryStack cheapestStack(const Family& family, std::int64_t words, std::int64_t bits,
                          Lanes lanes) {
  MemoryStack least;
  double least_price = std::numeric_limits<double>::infinity();
  const auto block_price = static_cast<double>(family.bram_price);
  for (const MemoryShape& shape : family.bram_shapes) {
    const std::int64_t lane = lanes(shape);
    const std::int64_t deep = ceilDivide(words, shape.words);
    const MemoryStack stack{ceilDivide(deep * ceilDivide(bits, lane), shape.bits / lane), deep};
    const double price = block_price * static_cast<double>(stack.blocks) +
                         kMultiplexerPrice * static_cast<double>((deep - 1) * bits);
    if (price >= least_price) continue;
    least = stack;
    least_price = price;
  }
  return least;
}

}  // namespace

MemoryStack Family::stackFor(std::int64_t words, std::int64_t bits) const {
  return cheapestStack(*this, words, bits, [](const MemoryShape& shape) { return shape.lane; });
}

MemoryStack Family::constantStackFor(std::int64_t words, std::int64_t bits) const {
  return cheapestStack(*this, words, bits, [](const MemoryShape& /*shape*/) { return 1; });
}

const std::vector<Family>& families() { return library().families; }
const std::vector<Device>& devices() { return library().devices; }
const std::vector<Board>& boards() { return library().boards; }

Result<const Device*> findDevice(std::string_view name) {
  const std::string wanted = lower(name);
  if (const Device* device = named(devices(), wanted)) return device;
  const Board* board = named(boards(), wanted);
  if (board != nullptr && board->device != nullptr) return board->device;
  std::vector<std::string_view> names;
  for (const Device& device : devices()) names.push_back(device.name);
  for (const Board& one : boards()) {
    if (one.device != nullptr) names.push_back(one.name);
  }
  return unknown("device or board", name, names);
}

Result<const Board*> findBoard(std::string_view name) {
  if (const Board* board = named(boards(), lower(name))) return board;
  std::vector<std::string_view> names;
  for (const Board& board : boards()) names.push_back(board.name);
  return unknown("board", name, names);
}

}  // namespace a2q
