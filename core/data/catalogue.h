// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace a2q {

/// A file as its authors publish it.
struct PublishedFile {
  std::string_view name;    ///< in the folder of the set; "" for the sum of all images below it
  std::string_view sha256;  ///< see sha256OfFile(), sha256OfImages()
};

/// A file that is downloaded.
struct Download {
  std::string_view name;
  std::string_view sha256;
  std::int64_t bytes = 0;  ///< 0: not known
};

/// What a file means that differs from the published one of its name: other sets are handed on
/// under the same names, or the file can only be damaged.
enum class OtherContent { kAnotherSet, kDamage };

enum class Packing { kPlain, kArchive };

/// What is known of a data set.
struct CatalogueEntry {
  std::string_view set = {};  ///< as in dataSetNames()
  std::string_view title = {};
  std::string_view size = {};
  std::string_view licence = {};
  std::string_view source = {};  ///< where a person gets it
  std::vector<PublishedFile> files = {};
  OtherContent other = OtherContent::kAnotherSet;
  std::string_view address = {};         ///< of the folder of the downloads, ends with '/'
  std::vector<Download> downloads = {};  ///< none: not offered, for want of a sum to check against
  Packing packing = Packing::kPlain;
};

/// Every set, in the order of dataSetNames().
[[nodiscard]] const std::vector<CatalogueEntry>& catalogue();

/// The entry of a set, or none.
[[nodiscard]] const CatalogueEntry* findEntry(std::string_view set);

}  // namespace a2q
