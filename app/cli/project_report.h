// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/project/project_file.h"

namespace a2q::cli {

/// Identity, times, format, size, storage, who holds it, and how many runs and builds.
[[nodiscard]] std::string projectText(const ProjectFile& file);

/// The same as members of a document.
[[nodiscard]] nlohmann::ordered_json projectJson(const ProjectFile& file);

}  // namespace a2q::cli
