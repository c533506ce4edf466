// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/design_network.h"

#include <algorithm>

#include "core/network/code_ranges.h"

namespace a2q {

IntegerFormat commonFormat(const std::vector<IntegerFormat>& formats) {
  IntegerRange range = rangeOf(formats.front());
  for (const IntegerFormat& format : formats) {
    range.minimum = std::min(range.minimum, format.minimum());
    range.maximum = std::max(range.maximum, format.maximum());
  }
  return formatOf(range);
}

}  // namespace a2q
