// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "hw_backend/device/board.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// A data file as it was when the program was built.
struct DataFile {
  std::string_view name;
  std::string_view text;
};

[[nodiscard]] std::span<const DataFile> deviceFiles();
[[nodiscard]] std::span<const DataFile> boardFiles();

/// A family and its devices, whose `family` is not set yet.
struct FamilyFile {
  Family family;
  std::vector<Device> devices;
};

/// A board and the name of its device.
struct BoardFile {
  Board board;
  std::string device;
};

/// One file of resources/devices or resources/boards. Errors: kSpecSyntax, kSpecValue with line and
/// key: unknown or missing keys, wrong types, sources without title or link, pins that are empty,
/// a USB id that is not four hexadecimal digits twice.
[[nodiscard]] Result<FamilyFile> readFamilyFile(const DataFile& file);
[[nodiscard]] Result<BoardFile> readBoardFile(const DataFile& file);

}  // namespace a2q
