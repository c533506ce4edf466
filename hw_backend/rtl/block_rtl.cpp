// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/block_rtl.h"

#include <fmt/format.h>

#include <bit>

#include "hw_backend/rtl/block_checks.h"
#include "hw_backend/rtl/rtl_builder.h"
#include "hw_backend/rtl/rtl_library.h"

namespace a2q {

std::int64_t addressBits(std::int64_t words) {
  return words > 1 ? std::bit_width(static_cast<std::uint64_t>(words - 1)) : 1;
}

void RtlBuilder::addConstants(std::string_view name, const ConstantWords& words,
                              MemoryStyle memory) {
  const auto count = static_cast<std::int64_t>(words.size());
  const std::int64_t width = words.front().width();
  top.wire(fmt::format("{}_enable", name), 1);
  top.wire(fmt::format("{}_address", name), addressBits(count));
  if (count == 1) return top.constant(fmt::format("{}_data", name), words.front());
  top.wire(fmt::format("{}_data", name), width);
  const std::string file = fmt::format("{}_{}.mem", options.name, name);
  files.emplace(file, memoryText(words));
  top.add(VerilogInstance("a2q_rom", fmt::format("{}_rom", name))
              .parameter("WIDTH", width)
              .parameter("DEPTH", count)
              .parameter("BLOCK", memory == MemoryStyle::kBlock ? 1 : 0)
              .parameter("FILE", file)
              .port("clk", "clk")
              .port("enable", fmt::format("{}_enable", name))
              .port("address", fmt::format("{}_address", name))
              .port("data", fmt::format("{}_data", name)));
}

Result<RtlFiles> generateBlock(const Block& block, const BlockConstants& constants,
                               const RtlOptions& options) {
  if (auto sound = checkBlock(block); !sound) return forward(std::move(sound));
  if (auto fit = checkConstants(block, constants); !fit) return forward(std::move(fit));
  if (options.proof == OverflowProof::kHere)
    if (auto safe = checkOverflow(block, constants); !safe) return forward(std::move(safe));
  RtlBuilder builder(options);
  std::visit([&](const auto& kind) { build(kind, constants, builder); }, block);
  const std::string text = builder.top.text();
  addLibraryModules(text, builder.files);
  builder.files.emplace(options.name + ".v", text);
  return RtlFiles{options.name, std::move(builder.files)};
}

}  // namespace a2q
