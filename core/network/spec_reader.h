// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <toml++/toml.h>

#include "core/network/experiment.h"
#include "core/network/table_reader.h"

namespace a2q {

/// TOML text as a tree; every way in which a text can be bad becomes an error with its place.
[[nodiscard]] Result<toml::table> parseToml(std::string_view text, const ReadContext& context);

/// The experiment of a tree, with its graph and its quantization checked.
[[nodiscard]] Result<Experiment> experimentOf(const toml::table& root, ReadContext context);

}  // namespace a2q
