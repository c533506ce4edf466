// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace a2q {

/// The program's version, "major.minor.patch".
[[nodiscard]] std::string_view version();

/// What the program was built by and against.
struct BuildFacts {
  std::string_view compiler;    ///< "GNU 12.2.0"
  std::string_view build_type;  ///< "Release"
  std::string_view hdf5;        ///< version, "1.10.8"
};
[[nodiscard]] BuildFacts buildFacts();

}  // namespace a2q
