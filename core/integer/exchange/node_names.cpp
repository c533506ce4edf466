// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/node_names.h"

#include <fmt/format.h>

namespace a2q {

std::string UniqueNames::take(const std::string& wanted) {
  std::string name = wanted;
  for (int number = 2; !taken_.insert(name).second; ++number) {
    name = fmt::format("{}_{}", wanted, number);
  }
  return name;
}

std::vector<std::string> nodeNames(const IntegerNetwork& network) {
  UniqueNames names;
  std::vector<std::string> out;
  for (const IntegerNode& node : network.nodes) out.push_back(names.take(node.name));
  return out;
}

}  // namespace a2q
