// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/measurements.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <optional>

#include "hw_backend/calibration/block_text.h"

namespace a2q {
namespace {

constexpr std::string_view kFamily = "# family ";
constexpr std::string_view kTool = "# tool ";
constexpr std::string_view kNames = "held_out,lut,ff,bram,dsp,block";
constexpr std::string_view kProduct = "product,";
constexpr std::string_view kEnd = "# end";
constexpr std::size_t kNumbers = 5;

std::string_view takeLine(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::optional<std::string> after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  return std::string(line.substr(word.size()));
}

std::string endLine(const MeasurementTable& table) {
  return fmt::format("{}, {} blocks, {} products", kEnd, table.rows.size(), table.products.size());
}

std::optional<Measurement> measurementOf(std::string_view line) {
  std::array<std::int64_t, kNumbers> numbers{};
  for (std::int64_t& number : numbers) {
    const auto comma = line.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto* const end = line.data() + comma;
    const auto [at, error] = std::from_chars(line.data(), end, number);
    if (error != std::errc() || at != end || number < 0) return std::nullopt;
    line.remove_prefix(comma + 1);
  }
  const auto block = blockFromText(line);
  if (!block) return std::nullopt;
  const auto real = [&](std::size_t i) { return static_cast<double>(numbers[i]); };
  return Measurement{*block, numbers[0] != 0, {real(1), real(2), real(3), real(4)}};
}

std::optional<ProductMeasurement> productOf(const std::string& line) {
  long lut = 0;
  std::array<char, 2> sign{};  // with the end that sscanf writes
  int split = 0;
  int used = 0;
  ProductMeasurement out;
  Product& product = out.product;
  constexpr int kFields = 5;
  const int found =
      std::sscanf(line.c_str(), "product,%9ld,%3d,%1[us]%3d,%1d%n", &lut, &product.weights.bits,
                  sign.data(), &product.input.width.bits, &split, &used);
  const bool whole = found == kFields && static_cast<std::size_t>(used) == line.size();
  if (!whole || lut < 0 || product.weights.bits < 1 || product.input.width.bits < 1)
    return std::nullopt;
  product.input.sign = sign[0] == 's' ? Signedness::kSigned : Signedness::kUnsigned;
  product.split = split != 0;
  out.lut = static_cast<double>(lut);
  return out;
}

}  // namespace

std::string measurementsText(const MeasurementTable& table) {
  std::string text =
      fmt::format("{}{}\n{}{}\n{}\n", kFamily, table.family, kTool, table.tool, kNames);
  for (const Measurement& row : table.rows) {
    text += fmt::format("{},{:.0f},{:.0f},{:.0f},{:.0f},{}\n", row.held_out ? 1 : 0, row.use.lut,
                        row.use.ff, row.use.bram, row.use.dsp, blockText(row.block));
  }
  for (const auto& [product, lut] : table.products) {
    text += fmt::format("{}{:.0f},{},{}{},{}\n", kProduct, lut, product.weights.bits,
                        product.input.isSigned() ? 's' : 'u', product.input.width.bits,
                        product.split ? 1 : 0);
  }
  return text + endLine(table) + '\n';
}

Result<MeasurementTable> measurementsFromText(std::string_view text, std::string_view name) {
  int number = 0;
  const auto wrong = [&](std::string_view what) {
    return fail(ErrorCode::kFileFormat, fmt::format("{}, line {}: {}", name, number, what), {},
                "Measure anew with 'a2q calibrate --family'.");
  };
  const auto next = [&] {
    ++number;
    return takeLine(text);
  };
  MeasurementTable table;
  const auto family = after(next(), kFamily);
  if (!family) return wrong("no family is named");
  const auto tool = after(next(), kTool);
  if (!tool) return wrong("no tool is named");
  if (next() != kNames) return wrong("the columns have other names");
  table.family = *family;
  table.tool = *tool;
  while (!text.empty()) {
    const std::string_view line = next();
    if (line.starts_with(kEnd)) {
      if (line != endLine(table)) return wrong("there were more measurements, or fewer");
      if (!text.empty()) return wrong("the file goes on behind its end");
      break;
    }
    const bool is_product = line.starts_with(kProduct);
    const auto product = is_product ? productOf(std::string(line)) : std::nullopt;
    const auto row = is_product ? std::nullopt : measurementOf(line);
    if (!product && !row) return wrong("not a measurement");
    if (product) table.products.push_back(*product);
    if (row) table.rows.push_back(*row);
  }
  return table;
}

}  // namespace a2q
