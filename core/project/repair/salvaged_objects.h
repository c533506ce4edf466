// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "core/project/repair/salvaged_index.h"

namespace a2q {

/// The objects of a damaged project: those whose content is what their digest stands for.
class SalvagedObjects {
 public:
  /// `folder` beside the project may hold some; `workshop` is a folder for copies.
  SalvagedObjects(const DamagedFile& file, std::map<std::string, ObjectPlace> places,
                  std::filesystem::path folder, std::filesystem::path workshop)
      : file_(file),
        places_(std::move(places)),
        folder_(std::move(folder)),
        workshop_(std::move(workshop)) {}

  /// None, with the reason, when it is lost.
  [[nodiscard]] tl::expected<DataTree, std::string> load(const std::string& digest) const;

  /// The digests of those in the folder.
  [[nodiscard]] std::vector<std::string> beside() const;

 private:
  const DamagedFile& file_;
  std::map<std::string, ObjectPlace> places_;
  std::filesystem::path folder_;
  std::filesystem::path workshop_;
};

}  // namespace a2q
