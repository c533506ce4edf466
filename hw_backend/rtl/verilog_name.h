// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/result.h"

namespace a2q {

/// Whether a module can have this name: a simple identifier (IEEE 1364-2005, 3.7; A2Q takes no $)
/// that is no keyword of Verilog-2005 or SystemVerilog (IEEE 1800-2017, Annex B), as which tools
/// may read the file, and does not begin as the modules of the library do. Errors: kModuleName.
[[nodiscard]] Status checkModuleName(const std::string& name);

}  // namespace a2q
