// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/stored/object_schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace a2q {

void checkSchema(ObjectReader& object, std::string_view schema, std::optional<Error>& error) {
  const std::string found = object.text(object.tree().attributes, kObjectSchema);
  if (error || found == schema) return;
  const std::string_view kind = schema.substr(0, schema.rfind('-') + 1);
  const std::string_view number =
      std::string_view(found).substr(std::min(kind.size(), found.size()));
  const bool newer = found.starts_with(kind) && !number.empty() && number.size() < 10 &&
                     number.front() != '0' &&
                     std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  if (newer) {
    error = makeError(ErrorCode::kFileNewer, "a part was written by a newer version",
                      fmt::format("its schema is {}, this program knows {}", found, schema));
    return;
  }
  object.wrong(kObjectSchema, fmt::format("'{}' is not '{}'", found, schema));
}

}  // namespace a2q
