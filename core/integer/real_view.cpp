// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/real_view.h"

namespace a2q {

std::vector<ChannelFunction> perChannel(const std::vector<ChannelFunction>& functions,
                                        std::int64_t channels) {
  if (functions.size() > 1 || channels == 1) return functions;
  return std::vector<ChannelFunction>(static_cast<std::size_t>(channels), functions.front());
}

std::vector<ChannelFunction> repeatedPerValue(const std::vector<ChannelFunction>& functions,
                                              std::int64_t plane) {
  if (functions.size() == 1) return functions;
  std::vector<ChannelFunction> out;
  for (const ChannelFunction& function : functions) {
    out.insert(out.end(), static_cast<std::size_t>(plane), function);
  }
  return out;
}

}  // namespace a2q
