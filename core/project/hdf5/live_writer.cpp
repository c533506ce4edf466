// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <limits>
#include <utility>

#include "core/project/hdf5/handle.h"
#include "core/project/hdf5/live_file.h"
#include "core/project/hdf5/live_names.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> writeFailed(const fs::path& file, std::string cause) {
  return fail(ErrorCode::kWriteFailed, "cannot write '" + file.string() + "'", std::move(cause));
}

Handle textType(std::size_t bytes) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  const bool good = H5Tset_size(type.get(), bytes) >= 0 &&
                    H5Tset_strpad(type.get(), H5T_STR_NULLPAD) >= 0 &&
                    H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0;
  return good ? std::move(type) : Handle();
}

/// A data set of one text, or of many.
bool writeTexts(hid_t group, const char* name, const ArrayValue& texts) {
  const Handle type = textType(texts.element_bytes);
  const std::vector<hsize_t> shape(texts.shape.begin(), texts.shape.end());
  const Handle space(shape.empty()
                         ? H5Screate(H5S_SCALAR)
                         : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                     H5Sclose);
  Handle set(
      H5Dcreate2(group, name, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
      H5Dclose);
  return set.valid() &&
         H5Dwrite(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.bytes.data()) >= 0 &&
         set.close();
}

/// A table that grows by rows; a row that was not written yet is not-a-number.
Handle makeTable(hid_t file, const char* name, hsize_t columns) {
  constexpr hsize_t kChunkBytes = 1 << 15;
  const hsize_t row_bytes = columns * sizeof(double);
  const hsize_t shape[2] = {0, columns};
  const hsize_t largest[2] = {H5S_UNLIMITED, columns};
  const hsize_t chunk[2] = {std::max<hsize_t>(1, kChunkBytes / row_bytes), columns};
  const double absent = std::numeric_limits<double>::quiet_NaN();
  const Handle space(H5Screate_simple(2, shape, largest), H5Sclose);
  const Handle layout(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  const bool good = H5Pset_chunk(layout.get(), 2, chunk) >= 0 &&
                    H5Pset_fill_value(layout.get(), H5T_NATIVE_DOUBLE, &absent) >= 0 &&
                    H5Pset_obj_track_times(layout.get(), 0) >= 0;
  if (!good) return {};
  return {
      H5Dcreate2(file, name, H5T_IEEE_F64LE, space.get(), H5P_DEFAULT, layout.get(), H5P_DEFAULT),
      H5Dclose};
}

/// The vector that is replaced as a whole: its place on the disk never moves.
Handle makeLatest(hid_t file, hsize_t values) {
  const hsize_t shape = values + 2;
  const Handle space(H5Screate_simple(1, &shape, nullptr), H5Sclose);
  const Handle layout(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
  const bool good = H5Pset_layout(layout.get(), H5D_CONTIGUOUS) >= 0 &&
                    H5Pset_alloc_time(layout.get(), H5D_ALLOC_TIME_EARLY) >= 0 &&
                    H5Pset_obj_track_times(layout.get(), 0) >= 0;
  if (!good) return {};
  return {H5Dcreate2(file, live::kLatest, H5T_STD_I64LE, space.get(), H5P_DEFAULT, layout.get(),
                     H5P_DEFAULT),
          H5Dclose};
}

/// The open file; once something failed it stays open for ever, because closing would write again.
class Writer : public LiveSeriesWriter {
 public:
  Writer(fs::path path, const LiveLayout& layout)
      : path_(std::move(path)),
        columns_(layout.columns.size()),
        epoch_columns_(layout.epoch_columns.size()),
        latest_row_(layout.latest_values + 2) {}

  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() override = default;

  /// Makes the file at `place`, ready for readers.
  Status start(const fs::path& place, const LiveLayout& layout) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    // One writer is what the project's lock makes sure of; HDF5's own lock fails where a file
    // system has none.
    const bool good =
        H5Pset_libver_bounds(access.get(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST) >= 0 &&
        H5Pset_file_locking(access.get(), 0, 1) >= 0;
    if (!good) return given();
    file_ = Handle(H5Fcreate(place.c_str(), H5F_ACC_EXCL, H5P_DEFAULT, access.get()), H5Fclose);
    if (!file_.valid() || !writeLayout(layout)) return given();
    steps_ = makeTable(file_.get(), live::kSteps, columns_);
    epochs_ = makeTable(file_.get(), live::kEpochs, epoch_columns_);
    latest_ = makeLatest(file_.get(), latest_row_.size() - 2);
    const bool made = steps_.valid() && epochs_.valid() && latest_.valid() && writeLatest() &&
                      H5Fflush(file_.get(), H5F_SCOPE_GLOBAL) >= 0 &&
                      H5Fstart_swmr_write(file_.get()) >= 0;
    if (!made) return given();
    return {};
  }

  Status append(std::span<const double> rows) override {
    return appendTo(steps_, columns_, step_rows_, rows);
  }

  Status appendEpochs(std::span<const double> rows) override {
    return appendTo(epochs_, epoch_columns_, epoch_rows_, rows);
  }

  Status replaceLatest(std::span<const std::int64_t> values) override {
    if (!file_.valid()) return refused();
    if (values.size() + 2 != latest_row_.size()) {
      return writeFailed(path_, "the vector has another length than was said");
    }
    ++latest_row_.front();
    latest_row_.back() = latest_row_.front();
    std::copy(values.begin(), values.end(), latest_row_.begin() + 1);
    if (!writeLatest() || H5Dflush(latest_.get()) < 0) return given();
    return {};
  }

 private:
  bool writeLayout(const LiveLayout& layout) {
    Handle texts(H5Gcreate2(file_.get(), live::kTexts, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                 H5Gclose);
    if (!texts.valid()) return false;
    for (const auto& [name, text] : layout.texts) {
      if (!writeTexts(texts.get(), name.c_str(), textValue(text))) return false;
    }
    return texts.close() && writeTexts(file_.get(), live::kColumns, textsValue(layout.columns)) &&
           writeTexts(file_.get(), live::kEpochColumns, textsValue(layout.epoch_columns));
  }

  bool writeLatest() {
    return H5Dwrite(latest_.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                    latest_row_.data()) >= 0;
  }

  Status appendTo(const Handle& table, hsize_t columns, hsize_t& written,
                  std::span<const double> rows) {
    if (!file_.valid()) return refused();
    if (rows.size() % columns != 0) {
      return writeFailed(path_, "the rows have another length than was said");
    }
    if (rows.empty()) return {};
    const hsize_t first[2] = {written, 0};
    const hsize_t count[2] = {rows.size() / columns, columns};
    const hsize_t extent[2] = {written + count[0], columns};
    if (H5Dset_extent(table.get(), extent) < 0) return given();
    const Handle place(H5Dget_space(table.get()), H5Sclose);
    const Handle memory(H5Screate_simple(2, count, nullptr), H5Sclose);
    const bool good =
        H5Sselect_hyperslab(place.get(), H5S_SELECT_SET, first, nullptr, count, nullptr) >= 0 &&
        H5Dwrite(table.get(), H5T_NATIVE_DOUBLE, memory.get(), place.get(), H5P_DEFAULT,
                 rows.data()) >= 0 &&
        H5Dflush(table.get()) >= 0;
    if (!good) return given();
    written = extent[0];
    return {};
  }

  /// The error, and the end of all writing.
  Status given() {
    problem_ = hdf5Problem();
    for (Handle* handle : {&steps_, &epochs_, &latest_, &file_}) handle->abandon();
    return refused();
  }

  [[nodiscard]] Status refused() const { return writeFailed(path_, problem_); }

  fs::path path_;
  hsize_t columns_;
  hsize_t epoch_columns_;
  hsize_t step_rows_ = 0;
  hsize_t epoch_rows_ = 0;
  std::vector<std::int64_t> latest_row_;
  std::string problem_;
  Handle file_;  ///< before the data sets: closed after them
  Handle steps_;
  Handle epochs_;
  Handle latest_;
};

std::string layoutProblem(const LiveLayout& layout) {
  const auto columns = std::max(layout.columns.size(), layout.epoch_columns.size());
  if (layout.columns.empty() || layout.epoch_columns.empty()) return "a table has no columns";
  if (columns > live::kMostColumns) return "there are too many columns";
  if (layout.latest_values > live::kMostLatest) return "there are too many channels";
  return {};
}

}  // namespace

Result<std::unique_ptr<LiveSeriesWriter>> createLiveFile(const fs::path& file,
                                                         const LiveLayout& layout) {
  if (std::string problem = layoutProblem(layout); !problem.empty()) {
    return writeFailed(file, std::move(problem));
  }
  // Made under another name: who opens the name always finds a file that is ready for readers.
  const fs::path place = file.string() + ".new";
  std::error_code ignored;
  fs::remove(place, ignored);
  auto writer = std::make_unique<Writer>(file, layout);
  auto started = writer->start(place, layout);
  if (started && std::rename(place.c_str(), file.c_str()) != 0) {
    started = writeFailed(file, std::strerror(errno));
  }
  if (!started) {
    fs::remove(place, ignored);
    return forward(std::move(started));
  }
  return writer;
}

}  // namespace a2q
