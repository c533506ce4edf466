// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

#include "core/network/network_spec.h"
#include "core/network/quant_spec.h"

namespace a2q::views {

[[nodiscard]] QString nameOf(const std::string& name);
/// "A2Q+".
[[nodiscard]] QString methodText(QuantMethod method);
/// "conv2d 5×5, 32 filters"; a dash for a layer that is not there.
[[nodiscard]] QString kindText(const NetworkSpec& network, const std::string& layer);
/// "16×14×14 → 32×10×10".
[[nodiscard]] QString shapeText(const NetworkSpec& network, const std::string& layer);

}  // namespace a2q::views
