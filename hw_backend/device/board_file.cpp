// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "core/network/spec_fault.h"
#include "core/network/spec_reader.h"
#include "hw_backend/device/data_source_reader.h"
#include "hw_backend/device/device_files.h"

namespace a2q {
namespace {

constexpr std::array kLinks = {
    WordRow<BoardLinkKind>{"uart", BoardLinkKind::kUart},
    WordRow<BoardLinkKind>{"processing_system", BoardLinkKind::kProcessingSystem},
    WordRow<BoardLinkKind>{"pseudo_terminal", BoardLinkKind::kPseudoTerminal}};

bool isUsbId(std::string_view id) {
  constexpr std::size_t kColon = 4;
  constexpr std::size_t kLength = 9;
  if (id.size() != kLength || id[kColon] != ':') return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i != kColon && std::isxdigit(static_cast<unsigned char>(id[i])) == 0) return false;
  }
  return true;
}

/// What a board of its link must have, and does not.
std::string_view missingPart(const BoardFile& file) {
  const Board& board = file.board;
  if (board.link == BoardLinkKind::kPseudoTerminal) return {};
  if (file.device.empty()) return "device";
  if (board.clock_pin.empty()) return "[clock]";
  if (board.usb_id.empty()) return "[usb]";
  if (board.loader_board.empty()) return "[loader]";
  if (board.loader_source.title.empty()) return "[loader_source]";
  if (board.link == BoardLinkKind::kUart && board.uart_tx_pin.empty()) return "[uart]";
  return {};
}

}  // namespace

Result<BoardFile> readBoardFile(const DataFile& file) {
  ReadContext context;
  context.source = std::string(file.name);
  const auto root = parseToml(file.text, context);
  if (!root) return tl::make_unexpected(root.error());
  BoardFile out;
  Board& board = out.board;
  constexpr auto kNeeded = Presence::kRequired;
  TableReader reader(*root, "", "the file", context);
  reader.key({"name", "short name", kNeeded}, filledText(board.name));
  reader.key({"title", "name in full", kNeeded}, filledText(board.title));
  reader.key({"device", "the FPGA on it"}, filledText(out.device));
  reader.key({"link", "how a host reaches the design", kNeeded},
             word(board.link, std::span<const WordRow<BoardLinkKind>>(kLinks)));
  reader.section("clock", [&](KeyVisitor& keys) {
    keys.key({"hz", "of the oscillator", kNeeded}, number(board.clock_hz, 0, LowerEnd::kExcluded));
    keys.key({"pin", "of the FPGA", kNeeded}, filledText(board.clock_pin));
  });
  reader.section("uart", [&](KeyVisitor& keys) {
    keys.key({"fpga_tx", "pin that the FPGA drives", kNeeded}, filledText(board.uart_tx_pin));
    keys.key({"fpga_rx", "pin that the FPGA reads", kNeeded}, filledText(board.uart_rx_pin));
  });
  reader.section("usb", [&](KeyVisitor& keys) {
    keys.key({"id", "vendor:product", kNeeded}, filledText(board.usb_id));
  });
  reader.section("loader", [&](KeyVisitor& keys) {
    keys.key({"board", "openFPGALoader's name", kNeeded}, filledText(board.loader_board));
    keys.key({"memory", "flash or sram", kNeeded}, filledText(board.loader_memory));
  });
  readSource(reader, "pins_source", board.pins_source);
  if (root->contains("loader_source")) readSource(reader, "loader_source", board.loader_source);
  reader.finish();
  if (const auto missing = missingPart(out); !missing.empty()) {
    reportValue(context, *root, fmt::format("{} is missing", missing),
                "a board of this link has one");
  }
  if (!board.usb_id.empty() && !isUsbId(board.usb_id)) {
    reportValue(context, *root, fmt::format("{} is no USB id", inQuotes(board.usb_id)),
                "expected four hexadecimal digits, a colon and four more");
  }
  if (context.error) return tl::make_unexpected(std::move(*context.error));
  return out;
}

}  // namespace a2q
