// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/bounds/certificate.h"

namespace a2q {

/// How every number of one channel comes about: a line each with the formula, the numbers put in,
/// the result and its source, [exact] or [bound].
[[nodiscard]] std::string derivationText(const LayerBound& layer, const ChannelBound& channel);

}  // namespace a2q
