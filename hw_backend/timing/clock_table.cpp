// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/timing/clock_table.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "hw_backend/calibration/block_text.h"

namespace a2q {
namespace {

constexpr std::string_view kDevice = "# device ";
constexpr std::string_view kTool = "# tool ";
constexpr std::string_view kNames = "held_out,mhz,block";

std::string_view takeUpTo(std::string_view& text, char end) {
  const auto at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

std::optional<double> numberOf(std::string_view text) {
  double value = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || at != end) return std::nullopt;
  return value;
}

std::optional<ClockMeasurement> measurementOf(std::string_view line) {
  const std::string_view held_out = takeUpTo(line, ',');
  const auto mhz = numberOf(takeUpTo(line, ','));
  const auto block = blockFromText(line);
  if ((held_out != "0" && held_out != "1") || !mhz || !(*mhz > 0) || !block) return std::nullopt;
  return ClockMeasurement{*block, held_out == "1", *mhz};
}

}  // namespace

std::string clockTableText(const ClockTable& table) {
  std::string text =
      fmt::format("{}{}\n{}{}\n{}\n", kDevice, table.device, kTool, table.tool, kNames);
  for (const ClockMeasurement& row : table.rows) {
    text += fmt::format("{},{:.2f},{}\n", row.held_out ? 1 : 0, row.mhz, blockText(row.block));
  }
  return text;
}

Result<ClockTable> clockTableFromText(std::string_view text, std::string_view name) {
  int number = 0;
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorCode::kFileFormat, fmt::format("{}, line {}: {}", name, number, what), {},
                "Measure anew with 'a2q calibrate --clocks'.");
  };
  const auto next = [&] {
    ++number;
    return takeUpTo(text, '\n');
  };
  ClockTable table;
  std::string_view line = next();
  if (!line.starts_with(kDevice)) return wrong("no device is named");
  table.device = line.substr(kDevice.size());
  line = next();
  if (!line.starts_with(kTool)) return wrong("no tool is named");
  table.tool = line.substr(kTool.size());
  if (next() != kNames) return wrong("the columns have other names");
  while (!text.empty()) {
    const auto row = measurementOf(next());
    if (!row) return wrong("not a measurement");
    table.rows.push_back(*row);
  }
  return table;
}

}  // namespace a2q
