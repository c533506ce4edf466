// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

namespace a2q {

std::string_view version() { return A2Q_VERSION; }

BuildFacts buildFacts() { return {A2Q_BUILD_COMPILER, A2Q_BUILD_TYPE, A2Q_BUILD_HDF5}; }

}  // namespace a2q
