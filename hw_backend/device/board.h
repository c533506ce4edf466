// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hw_backend/device/device.h"

namespace a2q {

/// How a host reaches the design on a board: pins of a serial port, the processors of the same
/// chip, or (the simulated board) a pseudo-terminal.
enum class BoardLinkKind { kUart, kProcessingSystem, kPseudoTerminal };

/// A board: which device, where its clock and its serial port are, how it shows up on USB and what
/// openFPGALoader calls it. Texts are empty where a board has no such thing.
struct Board {
  std::string name;                ///< "icebreaker"
  std::string title;               ///< "iCEBreaker"
  const Device* device = nullptr;  ///< none: the simulated board
  BoardLinkKind link = BoardLinkKind::kUart;
  double clock_hz = 0;
  std::string clock_pin;
  std::string uart_tx_pin;  ///< that the FPGA drives
  std::string uart_rx_pin;  ///< that the FPGA reads
  std::string usb_id;       ///< "0403:6010"
  std::string loader_board;
  std::string loader_memory;  ///< where it is loaded to: "flash" or "sram"
  DataSource pins_source;
  DataSource loader_source;
};

/// Every board of resources/boards, by name; read once, lives as long as the program.
[[nodiscard]] const std::vector<Board>& boards();

/// The board of a name. Errors: kUnknownDevice with the nearest name and the list.
[[nodiscard]] Result<const Board*> findBoard(std::string_view name);

}  // namespace a2q
