// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/network/table_reader.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// A text that must hold something.
[[nodiscard]] FieldPointer filledText(std::string& value);

/// Reads the table `name` with title and link, which both must be there.
void readSource(TableReader& reader, std::string_view name, DataSource& source);

/// Reports what a table is about when it, or a word in it, is not as it must be.
void reportValue(ReadContext& context, const toml::node& where, std::string message,
                 std::string cause);

}  // namespace a2q
