// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_checksum.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/sha256.h"
#include "core/data/image_file.h"

namespace a2q {

namespace fs = std::filesystem;

Result<std::string> sha256OfImages(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  fs::recursive_directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    std::error_code ignored;
    if (!isImageName(entry->path()) || !entry->is_regular_file(ignored)) continue;
    names.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (problem)
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read {}", folder.string()),
                problem.message());
  std::sort(names.begin(), names.end());
  Sha256 sum;
  for (const std::string& name : names) {
    sum.add(name);
    sum.add(std::string_view("\0", 1));
    if (Status added = sum.addFile(folder / name); !added) return forward(std::move(added));
  }
  return sum.hex();
}

}  // namespace a2q
