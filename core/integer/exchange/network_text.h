// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/integer/integer_network.h"

namespace a2q {

/// Everything about a network but its arrays, as JSON of the schema a2q-integer-network-1: the
/// nodes in running order with inputs, shapes, ranges, scales and settings, the names of their
/// arrays, and in words what each operation computes.
[[nodiscard]] std::string networkText(const IntegerNetwork& network);

}  // namespace a2q
