// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar_data_set.h"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <vector>

#include "core/data/byte_source.h"
#include "core/data/data_folders.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr Shape kShape{3, 32, 32};
constexpr std::int64_t kClasses = 10;
constexpr std::size_t kImageBytes = 3072;
constexpr std::size_t kRecordBytes = kImageBytes + 1;
constexpr int kBatches = 5;
constexpr const char* kSet = "cifar10";
constexpr const char* kTestFile = "test_batch.bin";
constexpr const char* kUsualFolder = "cifar-10-batches-bin";

std::vector<fs::path> trainingFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  for (int batch = 1; batch <= kBatches; ++batch) {
    const fs::path file = folder / fmt::format("data_batch_{}.bin", batch);
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored)) files.push_back(file);
  }
  return files;
}

/// Makes room for the records of plain files, so that the images never lie in memory twice.
void reserve(std::span<const fs::path> files, ImageSet& set) {
  std::size_t records = 0;
  for (const fs::path& file : files) {
    std::error_code unknown;
    const std::uintmax_t size = fs::file_size(file, unknown);
    if (!unknown) records += static_cast<std::size_t>(size / kRecordBytes);
  }
  set.labels.reserve(records);
  set.pixels.reserve(records * kImageBytes);
}

/// Appends the records of one batch file.
Status readBatch(const fs::path& path, ImageSet& set) {
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return forward(std::move(source));
  std::vector<std::uint8_t> record(kRecordBytes);
  for (std::int64_t index = 0;; ++index) {
    const Result<std::size_t> count = source->read(record);
    if (!count) return tl::make_unexpected(count.error());
    if (*count == 0 && index > 0) return {};
    if (*count != kRecordBytes) {
      return fail(ErrorCode::kDataTruncated, fmt::format("{} is truncated", path.string()),
                  fmt::format("Record {} has {} of {} bytes.", index, *count, kRecordBytes));
    }
    if (record.front() >= kClasses) {
      return fail(ErrorCode::kDataLabels,
                  fmt::format("{}: label {} is {}", path.string(), index, record.front()),
                  fmt::format("Labels of this set are 0 to {}.", kClasses - 1));
    }
    set.labels.push_back(record.front());
    set.pixels.insert(set.pixels.end(), record.begin() + 1, record.end());
  }
}

}  // namespace

std::optional<fs::path> findCifarFolder(std::span<const fs::path> folders) {
  for (const fs::path& named : folders) {
    for (const fs::path& folder : {named, named / kUsualFolder}) {
      std::error_code ignored;
      const bool test = fs::is_regular_file(folder / kTestFile, ignored);
      if (test || !trainingFiles(folder).empty()) return folder;
    }
  }
  return std::nullopt;
}

Result<DataSet> loadCifarDataSet(std::span<const fs::path> folders) {
  const auto folder = findCifarFolder(folders);
  if (!folder) return missingData(kSet, "data_batch_1.bin", folders);
  const std::vector<fs::path> files = trainingFiles(*folder);
  if (files.empty()) return missingData(kSet, "data_batch_1.bin", std::span(&*folder, 1));
  std::error_code ignored;
  if (!fs::is_regular_file(*folder / kTestFile, ignored)) {
    return missingData(kSet, kTestFile, std::span(&*folder, 1));
  }
  DataSet data{.name = kSet,
               .source = fmt::format("{} ({} of {} training batches)", folder->string(),
                                     files.size(), kBatches),
               .train = {kShape, kClasses, {}, {}},
               .test = {kShape, kClasses, {}, {}}};
  reserve(files, data.train);
  for (const fs::path& file : files) {
    if (Status read = readBatch(file, data.train); !read) return forward(std::move(read));
  }
  const fs::path test = *folder / kTestFile;
  reserve(std::span(&test, 1), data.test);
  if (Status read = readBatch(test, data.test); !read) {
    return forward(std::move(read));
  }
  return data;
}

}  // namespace a2q
