// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/project/stored/object_reader.h"

namespace a2q {

/// The attribute of a stored object that says what it is, and its values. The number at the end
/// grows when an older program could not read it.
inline constexpr const char* kObjectSchema = "schema";
inline constexpr std::string_view kRunSchema = "a2q-run-1";
inline constexpr std::string_view kStoredCheckpointSchema = "a2q-stored-checkpoint-1";

/// Whether an object is of this kind. Errors: kFileNewer, kFileFormat.
void checkSchema(ObjectReader& object, std::string_view schema, std::optional<Error>& error);

}  // namespace a2q
