// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/result.h"

namespace a2q {

/// Counts of values between ascending edges, one more than counts.
struct EventHistogram {
  std::span<const double> edges;
  std::span<const std::int64_t> counts;
};

/// A file of events as TensorBoard reads it: records of TFRecord (length, masked CRC32C, content)
/// that hold Event messages of protobuf. Times are seconds since 1970; without one the clock tells.
/// Errors: kWriteFailed.
class EventFile {
 public:
  using Time = std::optional<double>;

  /// Opens "events.out.tfevents.<seconds>.<host>.<process>" in a folder, which is made if needed;
  /// a number follows when the name is taken.
  [[nodiscard]] static Result<EventFile> create(const std::filesystem::path& folder,
                                                Time time = std::nullopt);

  [[nodiscard]] Status scalar(std::string_view tag, std::int64_t step, double value,
                              Time time = std::nullopt);

  /// Sum and sum of squares are those of values in the middle of their bins. Error kInternal when
  /// edges and counts do not belong together.
  [[nodiscard]] Status histogram(std::string_view tag, std::int64_t step,
                                 const EventHistogram& histogram, Time time = std::nullopt);

  /// Hands everything to the system, so that TensorBoard sees it. The destructor does so too.
  [[nodiscard]] Status flush();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  EventFile(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  [[nodiscard]] Status write(std::string_view content);
  [[nodiscard]] Status failed() const;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace a2q
