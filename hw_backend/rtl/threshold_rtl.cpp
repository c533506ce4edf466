// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "hw_backend/rtl/rtl_builder.h"

namespace a2q {
namespace {

VerilogInstance thresholdUnit(std::string module, const ThresholdBlock& block,
                              std::string_view from, std::string_view into,
                              Comparators comparators) {
  VerilogInstance unit(std::move(module), "threshold_unit");
  unit.parameter("LANES", block.lanes)
      .parameter("FOLDS", block.channels / block.lanes)
      .parameter("P", block.accumulator.bits)
      .parameter("BITS", block.output.width.bits)
      .parameter("SIGNED", block.output.isSigned() ? 1 : 0)
      .parameter("ADD", comparators == Comparators::kAdders ? 1 : 0)
      .clocked()
      .stream("in", from)
      .stream("out", into);
  return unit;
}

/// One memory a lane, since each lane looks at another threshold.
void addSearch(const ThresholdBlock& block, const BlockConstants& constants, VerilogInstance unit,
               RtlBuilder& to) {
  to.top.wire("search_read", 1);
  std::string addresses;
  std::string bounds;
  for (std::int64_t lane = 0; lane < block.lanes; ++lane) {
    const std::string name = fmt::format("lane{}", lane);
    to.addConstants(name, searchThresholdWords(block, constants.thresholds, lane), block.memory);
    to.top.assign(name + "_enable", "search_read");
    const std::string_view separator = lane == 0 ? "" : ", ";
    addresses = fmt::format("{}_address{}{}", name, separator, addresses);
    bounds = fmt::format("{}_data{}{}", name, separator, bounds);
  }
  to.top.add(unit.port("read", "search_read")
                 .port("addresses", "{" + addresses + "}")
                 .port("thresholds", "{" + bounds + "}"));
}

}  // namespace

void addThresholds(const ThresholdBlock& block, const BlockConstants& constants,
                   std::string_view from, std::string_view into, RtlBuilder& to) {
  if (block.style == ThresholdStyle::kBinarySearch)
    return addSearch(
        block, constants,
        thresholdUnit("a2q_threshold_search", block, from, into, to.options.comparators), to);
  // Few, very wide words: block memories would hold next to nothing each.
  to.addConstants("fold", parallelThresholdWords(block, constants.thresholds), MemoryStyle::kLogic);
  to.top.add(thresholdUnit("a2q_thresholds", block, from, into, to.options.comparators)
                 .port("fold_enable", "fold_enable")
                 .port("fold", "fold_address")
                 .port("thresholds", "fold_data"));
}

void build(const ThresholdBlock& block, const BlockConstants& constants, RtlBuilder& to) {
  to.top.inputStream("in", block.lanes * block.accumulator.bits);
  to.top.outputStream("out", block.lanes * block.output.width.bits);
  addThresholds(block, constants, "in", "out", to);
}

}  // namespace a2q
