// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/network/shape.h"
#include "core/network/train_spec.h"

namespace a2q {

/// Images with labels: count × channels × height × width unsigned 8-bit codes, row-major, and a
/// class below `classes` for each.
struct ImageSet {
  Shape shape;
  std::int64_t classes = 0;
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(labels.size()); }
  [[nodiscard]] std::span<const std::uint8_t> image(std::int64_t index) const {
    const auto size = static_cast<std::size_t>(shape.size());
    return std::span(pixels).subspan(static_cast<std::size_t>(index) * size, size);
  }
};

/// The two parts of a data set and where they came from, in words.
struct DataSet {
  std::string name;
  std::string source;
  ImageSet train;
  ImageSet test;
};

/// Loads what the specification names. The folder is, in this order: `override_folder` (--data),
/// DataSpec::path, A2Q_DATA_DIR/<set>, and each may hold the files itself or in a subfolder <set>.
[[nodiscard]] Result<DataSet> loadDataSet(const DataSpec& spec, std::uint64_t seed,
                                          const std::filesystem::path& override_folder = {});

/// The names loadDataSet() knows.
[[nodiscard]] std::vector<std::string> dataSetNames();

}  // namespace a2q
