// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <system_error>
#include <utility>

#include "core/base/sha256.h"
#include "core/base/text_distance.h"
#include "core/data/data_folders.h"
#include "core/data/image_checksum.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// Whether at least one file is the published one.
bool recognised(std::string_view set, const fs::path& folder) {
  const CatalogueEntry* const entry = findEntry(set);
  const auto root = findDataSet(set, std::array{folder});
  if (entry == nullptr || !root) return false;
  const Result<Originals> originals = compareOriginals(*entry, *root);
  return originals && !originals->same.empty();
}

tl::unexpected<Error> nothingKnown(const fs::path& folder) {
  return fail(ErrorCode::kDataMissing, fmt::format("{} holds no data set", folder.string()),
              "Looked for IDX files (MNIST), CIFAR-10's binary batches, optdigits.tra, and the "
              "folders train and test with images or with a folder a class.",
              fmt::format("Name the folder itself, or one of the sets {}.",
                          fmt::join(dataSetNames(), ", ")));
}

tl::unexpected<Error> unknown(const std::string& name) {
  std::vector<std::string_view> names;
  for (const CatalogueEntry& entry : catalogue()) names.push_back(entry.set);
  const std::string meant = nearest(name, names);
  return fail(ErrorCode::kUsage, fmt::format("'{}' is neither a folder nor a data set", name),
              fmt::format("Known sets are {}.", fmt::join(names, ", ")),
              meant.empty() ? std::string() : fmt::format("Did you mean '{}'?", meant));
}

/// What is to be loaded, and whether its user said which set it is.
struct Subject {
  DataSpec spec;
  bool named = false;
};

Result<Subject> subjectOf(const std::string& path_or_name) {
  Subject subject;
  // Everything is to be seen as it is: no colour dropped, nothing scaled.
  subject.spec.photos.factor = 1;
  subject.spec.photos.colour = Colour::kRgb;
  subject.spec.set = path_or_name;
  std::error_code ignored;
  const bool is_path =
      fs::exists(path_or_name, ignored) || path_or_name.find('/') != std::string::npos;
  subject.named = findEntry(path_or_name) != nullptr && !isFolder(path_or_name);
  if (subject.named) return subject;
  if (!is_path) return unknown(path_or_name);
  if (!isFolder(path_or_name)) {
    return fail(ErrorCode::kReadFailed, fmt::format("{} is no folder", path_or_name), {},
                "Name the folder that holds the set.");
  }
  const std::optional<std::string> set = detectDataSet(path_or_name);
  if (!set) return nothingKnown(path_or_name);
  subject.spec.set = *set;
  subject.spec.path = path_or_name;
  return subject;
}

bool isDamaged(const CatalogueEntry& entry, const Originals& originals, bool named) {
  if (originals.different.empty()) return false;
  return named || !originals.same.empty() || entry.other == OtherContent::kDamage;
}

}  // namespace

Result<Originals> compareOriginals(const CatalogueEntry& entry, const fs::path& folder) {
  Originals originals;
  for (const PublishedFile& file : entry.files) {
    const bool images = file.name.empty();
    const fs::path path = images ? folder : folder / file.name;
    const std::string name(images ? std::string_view("images") : file.name);
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      originals.missing.push_back(name);
      continue;
    }
    const Result<std::string> sum = images ? sha256OfImages(path) : sha256OfFile(path);
    if (!sum) return tl::make_unexpected(sum.error());
    (*sum == file.sha256 ? originals.same : originals.different).push_back(name);
  }
  return originals;
}

std::optional<std::string> detectDataSet(const fs::path& folder) {
  const std::array folders = {folder};
  if (findDataSet("mnist", folders)) {
    return recognised("fashion-mnist", folder) ? "fashion-mnist" : "mnist";
  }
  for (const char* const set : {"cifar10", "optdigits", "images"}) {
    if (findDataSet(set, folders)) return set;
  }
  // Photographs in train and test directly may be anybody's, in images/train only these.
  if (const auto root = findDataSet("bsd300", folders)) {
    return *root != folder || recognised("bsd300", folder) ? "bsd300" : "photos";
  }
  for (const char* const set : {"set5", "set14"}) {
    const auto root = findDataSet(set, folders);
    // Copies of them differ in format and names; the folder's own name says enough.
    std::string name = root ? root->filename().string() : std::string();
    if (name.starts_with('S')) name.front() = 's';
    if (name == set || recognised(set, folder)) return set;
  }
  return std::nullopt;
}

Result<DataCheck> checkDataSet(const std::string& path_or_name) {
  Result<Subject> subject = subjectOf(path_or_name);
  if (!subject) return forward(std::move(subject));
  Result<DataSet> data = loadDataSet(subject->spec, 1);
  if (!data) return forward(std::move(data));
  DataCheck check{subject->spec.set, {}, std::move(*data), {}, false};
  const CatalogueEntry* const entry = findEntry(check.set);
  const auto root = findDataSet(check.set, dataFolders(subject->spec));
  if (entry == nullptr || !root) return check;
  check.folder = *root;
  Result<Originals> originals = compareOriginals(*entry, *root);
  if (!originals) return forward(std::move(originals));
  check.originals = std::move(*originals);
  check.damaged = isDamaged(*entry, check.originals, subject->named);
  return check;
}

}  // namespace a2q
