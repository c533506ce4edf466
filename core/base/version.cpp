// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

namespace a2q {

std::string_view version() { return A2Q_VERSION; }

}  // namespace a2q
