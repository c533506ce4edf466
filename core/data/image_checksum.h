// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace a2q {

/// One sum over all PNG and JPEG files in and below a folder, in the order of their relative names:
/// of each the name, a zero byte and the content. Errors: kReadFailed.
[[nodiscard]] Result<std::string> sha256OfImages(const std::filesystem::path& folder);

}  // namespace a2q
