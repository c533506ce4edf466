// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/project/hdf5/handle.h"
#include "core/project/hdf5/live_file.h"
#include "core/project/hdf5/live_names.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kReadAttempts = 24;

/// More rows than these bytes come with the next call.
constexpr std::uint64_t kBytesAtOnce = std::uint64_t{1} << 23;

tl::unexpected<Error> notLive(const fs::path& file, const std::string& cause) {
  return fail(ErrorCode::kFileFormat, "'" + file.string() + "' is no live file of a training",
              cause, "Wait for the training to start, or start it again.");
}

tl::unexpected<Error> readFailed(const fs::path& file) {
  return fail(ErrorCode::kReadFailed, "cannot read '" + file.string() + "'", hdf5Problem());
}

/// Whether a member is in this file; a link may lead anywhere.
bool isInside(hid_t group, const char* name) {
  H5L_info_t link{};
  return H5Lget_info(group, name, &link, H5P_DEFAULT) >= 0 && link.type == H5L_TYPE_HARD;
}

/// A data set in this file, of plain storage that this file holds itself.
Handle openPlain(hid_t group, const char* name) {
  if (!isInside(group, name)) return {};
  H5O_info_t info{};
  const bool is_set = H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) >= 0 &&
                      info.type == H5O_TYPE_DATASET;
  if (!is_set) return {};
  Handle set(H5Dopen2(group, name, H5P_DEFAULT), H5Dclose);
  const Handle layout(set.valid() ? H5Dget_create_plist(set.get()) : H5I_INVALID_HID, H5Pclose);
  const bool plain = layout.valid() && H5Pget_layout(layout.get()) != H5D_VIRTUAL &&
                     H5Pget_external_count(layout.get()) == 0 && H5Pget_nfilters(layout.get()) == 0;
  return plain ? std::move(set) : Handle();
}

std::vector<hsize_t> shapeOf(hid_t set) {
  const Handle space(H5Dget_space(set), H5Sclose);
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank < 0 || rank > 2) return {H5S_UNLIMITED};  // larger than any that is accepted
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr);
  return shape;
}

bool isOfType(hid_t set, hid_t expected) {
  const Handle type(H5Dget_type(set), H5Tclose);
  return H5Tequal(type.get(), expected) > 0;
}

/// One text or a list of them, as far as `budget` bytes allow.
std::optional<ArrayValue> readTexts(hid_t group, const char* name, std::uint64_t& budget) {
  const Handle set = openPlain(group, name);
  if (!set.valid()) return std::nullopt;
  const Handle type(H5Dget_type(set.get()), H5Tclose);
  const bool is_text =
      H5Tget_class(type.get()) == H5T_STRING && H5Tis_variable_str(type.get()) == 0;
  const auto shape = shapeOf(set.get());
  const std::uint64_t bytes = is_text ? H5Tget_size(type.get()) : 0;
  const std::uint64_t count = shape.empty() ? 1 : shape.front();
  const bool fits = bytes > 0 && bytes <= budget && shape.size() <= 1 &&
                    count <= live::kMostColumns && count <= budget / bytes;
  if (!fits) return std::nullopt;
  budget -= count * bytes;
  ArrayValue value{ElementType::kText, {shape.begin(), shape.end()}, bytes, {}, {}};
  value.bytes.resize(count * bytes);
  if (H5Dread(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, value.bytes.data()) < 0) {
    return std::nullopt;
  }
  return value;
}

std::vector<std::string> memberNames(hid_t group) {
  constexpr hsize_t kMost = 1000;
  H5G_info_t info{};
  if (H5Gget_info(group, &info) < 0 || info.nlinks > kMost) return {};
  std::vector<std::string> names;
  names.reserve(info.nlinks);
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names);
  return names;
}

class Reader : public LiveSeriesReader {
 public:
  explicit Reader(fs::path path) : path_(std::move(path)) {}

  Status start() {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    // A reader must not need the right to lock, nor hinder the writer.
    H5Pset_file_locking(access.get(), 0, 1);
    // libhdf5 reads what does not fit its checksum again, and waits twice as long each time: its
    // hundred attempts never end on a damaged file, these take some 30 ms.
    H5Pset_metadata_read_attempts(access.get(), kReadAttempts);
    file_ =
        Handle(H5Fopen(path_.c_str(), H5F_ACC_RDONLY | H5F_ACC_SWMR_READ, access.get()), H5Fclose);
    if (!file_.valid()) return notLive(path_, hdf5Problem());
    if (!readLayout()) return notLive(path_, "its texts are not as they should be");
    steps_ = openTable(live::kSteps, layout_.columns.size());
    epochs_ = openTable(live::kEpochs, layout_.epoch_columns.size());
    latest_ = openPlain(file_.get(), live::kLatest);
    if (!steps_.valid() || !epochs_.valid()) {
      return notLive(path_, "its tables are not as they should be");
    }
    const auto shape = latest_.valid() ? shapeOf(latest_.get()) : std::vector<hsize_t>();
    const bool fits = shape.size() == 1 && shape.front() >= 2 &&
                      shape.front() - 2 <= live::kMostLatest &&
                      isOfType(latest_.get(), H5T_STD_I64LE);
    if (!fits) return notLive(path_, "its vector is not as it should be");
    layout_.latest_values = shape.front() - 2;
    return {};
  }

  [[nodiscard]] const LiveLayout& layout() const override { return layout_; }

  Result<std::vector<double>> rowsFrom(std::uint64_t first) override {
    return rowsOf(steps_, layout_.columns.size(), first);
  }

  Result<std::vector<double>> epochRowsFrom(std::uint64_t first) override {
    return rowsOf(epochs_, layout_.epoch_columns.size(), first);
  }

  Result<std::vector<std::int64_t>> latest() override {
    std::vector<std::int64_t> row(layout_.latest_values + 2);
    const bool good =
        H5Drefresh(latest_.get()) >= 0 &&
        shapeOf(latest_.get()) == std::vector<hsize_t>{row.size()} &&
        H5Dread(latest_.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, row.data()) >= 0;
    if (!good) return readFailed(path_);
    const bool whole = row.front() > 0 && row.front() == row.back();
    if (!whole) return std::vector<std::int64_t>();
    return std::vector<std::int64_t>(row.begin() + 1, row.end() - 1);
  }

 private:
  bool readLayout() {
    std::uint64_t budget = live::kMostTextBytes;
    if (!isInside(file_.get(), live::kTexts)) return false;
    const Handle texts(H5Gopen2(file_.get(), live::kTexts, H5P_DEFAULT), H5Gclose);
    if (!texts.valid()) return false;
    for (const std::string& name : memberNames(texts.get())) {
      const auto value = readTexts(texts.get(), name.c_str(), budget);
      auto text = value ? textOf(*value) : std::nullopt;
      if (!text) return false;
      layout_.texts[name] = std::move(*text);
    }
    return readColumns(live::kColumns, budget, layout_.columns) &&
           readColumns(live::kEpochColumns, budget, layout_.epoch_columns);
  }

  bool readColumns(const char* name, std::uint64_t& budget, std::vector<std::string>& columns) {
    const auto value = readTexts(file_.get(), name, budget);
    auto names = value ? textsOf(*value) : std::nullopt;
    if (!names || names->empty()) return false;
    columns = std::move(*names);
    return true;
  }

  Handle openTable(const char* name, std::size_t columns) {
    Handle table = openPlain(file_.get(), name);
    if (!table.valid()) return {};
    const Handle layout(H5Dget_create_plist(table.get()), H5Pclose);
    const auto shape = shapeOf(table.get());
    hsize_t chunk[2] = {0, 0};
    const bool fits =
        shape.size() == 2 && shape[1] == columns && isOfType(table.get(), H5T_IEEE_F64LE) &&
        H5Pget_layout(layout.get()) == H5D_CHUNKED && H5Pget_chunk(layout.get(), 2, chunk) == 2 &&
        chunk[1] == columns && chunk[0] <= live::kMostChunkBytes / (columns * sizeof(double));
    return fits ? std::move(table) : Handle();
  }

  Result<std::vector<double>> rowsOf(const Handle& table, std::size_t columns,
                                     std::uint64_t first) {
    if (H5Drefresh(table.get()) < 0) return readFailed(path_);
    const auto shape = shapeOf(table.get());
    if (shape.size() != 2 || shape[1] != columns) {
      return notLive(path_, "its tables have changed their columns");
    }
    if (shape[0] <= first) return std::vector<double>();
    const std::uint64_t most =
        std::max<std::uint64_t>(1, kBytesAtOnce / (columns * sizeof(double)));
    const hsize_t start[2] = {first, 0};
    const hsize_t count[2] = {std::min<std::uint64_t>(shape[0] - first, most), columns};
    std::vector<double> rows(count[0] * columns);
    const Handle place(H5Dget_space(table.get()), H5Sclose);
    const Handle memory(H5Screate_simple(2, count, nullptr), H5Sclose);
    const bool good =
        H5Sselect_hyperslab(place.get(), H5S_SELECT_SET, start, nullptr, count, nullptr) >= 0 &&
        H5Dread(table.get(), H5T_NATIVE_DOUBLE, memory.get(), place.get(), H5P_DEFAULT,
                rows.data()) >= 0;
    if (!good) return readFailed(path_);
    cutAtAbsentRow(rows, columns);
    return rows;
  }

  /// The table may have grown before its new rows were written: they are not-a-number throughout.
  static void cutAtAbsentRow(std::vector<double>& rows, std::size_t columns) {
    for (std::size_t at = 0; at < rows.size(); at += columns) {
      const auto row = std::span(rows).subspan(at, columns);
      const bool absent =
          std::all_of(row.begin(), row.end(), [](double value) { return std::isnan(value); });
      if (!absent) continue;
      rows.resize(at);
      return;
    }
  }

  fs::path path_;
  LiveLayout layout_;
  Handle file_;  ///< before the data sets: closed after them
  Handle steps_;
  Handle epochs_;
  Handle latest_;
};

}  // namespace

Result<std::unique_ptr<LiveSeriesReader>> openLiveFile(const fs::path& file) {
  std::error_code problem;
  // A pipe of that name would hold up the caller for ever.
  if (!fs::is_regular_file(file, problem)) {
    return fail(ErrorCode::kReadFailed, "cannot read '" + file.string() + "'",
                problem ? problem.message() : "it is no regular file");
  }
  auto reader = std::make_unique<Reader>(file);
  if (auto started = reader->start(); !started) return forward(std::move(started));
  return reader;
}

}  // namespace a2q
