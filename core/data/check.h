// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/catalogue.h"
#include "core/data/data_set.h"

namespace a2q {

/// How the files of a folder compare with the published ones; names as in the catalogue.
struct Originals {
  std::vector<std::string> same;
  std::vector<std::string> different;
  std::vector<std::string> missing;
};

/// What was found out about a data set by loading all of it.
struct DataCheck {
  std::string set;
  std::filesystem::path folder;
  DataSet data;
  Originals originals;
  bool damaged = false;  ///< published files differ, and do not belong to another set
};

/// Compares the files in `folder`, where findDataSet() found the set. Errors: kReadFailed.
[[nodiscard]] Result<Originals> compareOriginals(const CatalogueEntry& entry,
                                                 const std::filesystem::path& folder);

/// The set that lies in a folder, told by its files.
[[nodiscard]] std::optional<std::string> detectDataSet(const std::filesystem::path& folder);

/// Loads the set of that name from its usual places or, where a folder of that name exists,
/// whatever set lies there, and compares it with the published files. Errors: those of
/// loadDataSet().
[[nodiscard]] Result<DataCheck> checkDataSet(const std::string& path_or_name);

}  // namespace a2q
