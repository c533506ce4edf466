// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/block_rtl.h"

#include <fmt/format.h>

#include <bit>

#include "hw_backend/rtl/block_checks.h"
#include "hw_backend/rtl/rtl_builder.h"
#include "hw_backend/rtl/rtl_library.h"
#include "hw_backend/rtl/verilog_name.h"

namespace a2q {

std::int64_t addressBits(std::int64_t words) {
  return words > 1 ? std::bit_width(static_cast<std::uint64_t>(words - 1)) : 1;
}

void RtlBuilder::addConstants(std::string_view name, const ConstantWords& words,
                              MemoryStyle memory) {
  const auto count = static_cast<std::int64_t>(words.size());
  const std::int64_t width = words.front().width();
  const std::string enable = fmt::format("{}_enable", name);
  const std::string address = fmt::format("{}_address", name);
  const std::string data = fmt::format("{}_data", name);
  if (count == 1) {
    top.unusedWire(enable, 1);
    top.unusedWire(address, addressBits(count));
    return top.constant(data, words.front());
  }
  top.wire(enable, 1);
  top.wire(address, addressBits(count));
  top.wire(data, width);
  const std::string file = fmt::format("{}_{}.mem", options.name, name);
  files.emplace(file, memoryText(words));
  top.add(VerilogInstance("a2q_rom", fmt::format("{}_rom", name))
              .parameter("WIDTH", width)
              .parameter("DEPTH", count)
              .parameter("BLOCK", memory == MemoryStyle::kBlock ? 1 : 0)
              .parameter("FILE", file)
              .port("clk", "clk")
              .port("enable", enable)
              .port("address", address)
              .port("data", data));
}

Result<RtlFiles> generateBlock(const Block& block, const BlockConstants& constants,
                               const RtlOptions& options) {
  if (auto named = checkModuleName(options.name); !named) return forward(std::move(named));
  if (auto sound = checkBlock(block); !sound) return forward(std::move(sound));
  if (auto fit = checkConstants(block, constants); !fit) return forward(std::move(fit));
  if (options.proof == OverflowProof::kHere)
    if (auto safe = checkOverflow(block, constants); !safe) return forward(std::move(safe));
  RtlBuilder builder(options);
  std::visit([&](const auto& kind) { build(kind, constants, builder); }, block);
  const std::string text = builder.top.text();
  addLibraryModules(text, builder.files);
  builder.files.emplace(options.name + ".v", text);
  return RtlFiles{options.name, std::move(builder.files), builder.top.inputs(),
                  builder.top.outputs()};
}

}  // namespace a2q
