// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "core/network/spec_fault.h"
#include "core/network/spec_reader.h"
#include "hw_backend/device/data_source_reader.h"
#include "hw_backend/device/device_files.h"

namespace a2q {
namespace {

/// "256x16".
class MemoryShapes : public Field {
 public:
  explicit MemoryShapes(std::vector<MemoryShape>& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override {
    return "a list of texts such as \"256x16\" (words x bits) or \"1024x18/9\" (written nine at a "
           "time)";
  }
  [[nodiscard]] bool read(const toml::node& node) override {
    const toml::array* list = node.as_array();
    if (list == nullptr || list->empty()) return false;
    std::vector<MemoryShape> shapes;
    for (const toml::node& one : *list) {
      const auto given = one.value_exact<std::string>();
      MemoryShape shape;
      if (!given || !readShape(*given, shape)) return false;
      shapes.push_back(shape);
    }
    value_ = std::move(shapes);
    return true;
  }
  [[nodiscard]] std::string write() const override {
    std::string text;
    for (const MemoryShape& shape : value_) {
      text += fmt::format("{}\"{}x{}/{}\"", text.empty() ? "[" : ", ", shape.words, shape.bits,
                          shape.lane);
    }
    return text + "]";
  }

 private:
  static bool readShape(const std::string& text, MemoryShape& shape) {
    int whole = 0;
    int with_lane = 0;
    const int read = std::sscanf(text.c_str(), "%5ldx%3ld%n/%3ld%n", &shape.words, &shape.bits,
                                 &whole, &shape.lane, &with_lane);
    if (read == 2) shape.lane = shape.bits;
    const int used = read == 2 ? whole : with_lane;
    return read >= 2 && static_cast<std::size_t>(used) == text.size() && shape.words > 0 &&
           shape.lane > 0 && shape.bits > 0 && shape.bits % shape.lane == 0;
  }

  std::vector<MemoryShape>& value_;
};

/// The table `delays`, if there is one.
std::optional<DelayFigures> readDelays(TableReader& reader) {
  constexpr auto kNeeded = Presence::kRequired;
  if (reader.claim("delays") == nullptr) return std::nullopt;
  DelayFigures figures;
  reader.section("delays", [&figures](KeyVisitor& keys) {
    keys.key({"base_ns", "out of one register and into the next", kNeeded},
             number(figures.base, 0, LowerEnd::kIncluded));
    keys.key({"level_ns", "a look-up table and the wire to it", kNeeded},
             number(figures.level, 0, LowerEnd::kExcluded));
    keys.key({"carry_ns", "a bit of a carry chain", kNeeded},
             number(figures.carry, 0, LowerEnd::kIncluded));
    keys.key({"memory_ns", "a block memory beyond a register", kNeeded},
             number(figures.memory, 0, LowerEnd::kIncluded));
    keys.key({"fan_ns", "each doubling of what a signal drives", kNeeded},
             number(figures.fan, 0, LowerEnd::kIncluded));
    keys.key({"low", "shortest path by its estimate", kNeeded},
             number(figures.low, 0, LowerEnd::kExcluded, 1));
    keys.key({"high", "longest path by its estimate", kNeeded},
             number(figures.high, 1, LowerEnd::kIncluded));
  });
  return figures;
}

/// `shared`: the delays of devices that have none of their own.
Device readDevice(const toml::table& table, const std::optional<DelayFigures>& shared,
                  ReadContext& context) {
  TableReader reader(table, "device", "[[device]]", context);
  Device device;
  std::int64_t luts = 0;
  std::int64_t ffs = 0;
  std::int64_t brams = 0;
  std::int64_t dsps = 0;
  constexpr auto kNeeded = Presence::kRequired;
  reader.key({"name", "short name", kNeeded}, filledText(device.name));
  reader.key({"part", "the vendor's name", kNeeded}, filledText(device.part));
  reader.key({"luts", "look-up tables (logic cells on iCE40)", kNeeded}, integer(luts, 1));
  reader.key({"ffs", "registers", kNeeded}, integer(ffs, 1));
  reader.key({"brams", "block memories", kNeeded}, integer(brams, 0));
  reader.key({"dsps", "multipliers", kNeeded}, integer(dsps, 0));
  reader.key({"nextpnr_options", "what names the device to nextpnr"},
             filledText(device.nextpnr_options));
  reader.key({"clocks_of", "the device whose measured clocks count"}, filledText(device.clocks_of));
  device.delays = readDelays(reader);
  readSource(reader, "totals_source", device.totals_source);
  readSource(reader, "clock_source", device.clock_source);
  reader.finish();
  device.totals = {static_cast<double>(luts), static_cast<double>(ffs), static_cast<double>(brams),
                   static_cast<double>(dsps)};
  if (!device.delays && device.clocks_of.empty()) device.delays = shared;
  if (device.delays.has_value() != device.clocks_of.empty()) {
    reportValue(context, table,
                fmt::format("{} must have either delays or clocks_of", inQuotes(device.name)),
                "its clock follows from one of them");
  }
  return device;
}

}  // namespace

Result<FamilyFile> readFamilyFile(const DataFile& file) {
  ReadContext context;
  context.source = std::string(file.name);
  const auto root = parseToml(file.text, context);
  if (!root) return tl::make_unexpected(root.error());
  FamilyFile out;
  Family& family = out.family;
  TableReader reader(*root, "", "the file", context);
  constexpr auto kNeeded = Presence::kRequired;
  reader.key({"name", "short name", kNeeded}, filledText(family.name));
  reader.key({"title", "name in full", kNeeded}, filledText(family.title));
  reader.key({"lut_inputs", "inputs of a look-up table", kNeeded},
             integer(family.lut_inputs, 4, 6));
  reader.key({"area_unit", "what area is counted in", kNeeded}, filledText(family.area_unit));
  reader.key({"bram_kind", "kind of block memory", kNeeded}, filledText(family.bram_kind));
  reader.key({"bram_bits", "bits of a block memory", kNeeded}, integer(family.bram_bits, 1));
  reader.key({"bram_shapes", "how a block memory can be used", kNeeded},
             std::make_unique<MemoryShapes>(family.bram_shapes));
  reader.key({"bram_price", "price of a block memory to the tool, where a register is 1", kNeeded},
             integer(family.bram_price, 1));
  reader.key({"compares_by_adding", "whether comparisons are smallest as sums", kNeeded},
             flag(family.compares_by_adding));
  readSource(reader, "structure_source", family.structure_source);
  const std::optional<DelayFigures> delays = readDelays(reader);
  const toml::node* list = reader.claim("device");
  reader.finish();
  const toml::array* tables = list == nullptr ? nullptr : list->as_array();
  if (tables == nullptr || tables->empty() || !tables->is_homogeneous<toml::table>()) {
    reportValue(context, *root, "the file names no device", "each begins with a line [[device]]");
  } else {
    for (const toml::node& table : *tables)
      out.devices.push_back(readDevice(*table.as_table(), delays, context));
  }
  if (context.error) return tl::make_unexpected(std::move(*context.error));
  return out;
}

}  // namespace a2q
