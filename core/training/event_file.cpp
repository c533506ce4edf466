// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/event_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <string>
#include <system_error>
#include <vector>

#include "core/training/event_message.h"

namespace a2q {
namespace {

// Fields of the messages Event, Summary, Summary.Value and HistogramProto.
constexpr int kWallTime = 1;
constexpr int kStep = 2;
constexpr int kFileVersion = 3;
constexpr int kSummary = 5;
constexpr int kValue = 1;
constexpr int kTag = 1;
constexpr int kSimpleValue = 2;
constexpr int kHistogram = 5;

constexpr int kMostOfOneName = 1000;

double timeOr(EventFile::Time time) {
  if (time) return *time;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

std::string hostName() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  std::string host = name.data();
  std::replace(host.begin(), host.end(), '/', '_');
  return host;
}

tl::unexpected<Error> cannotWrite(const std::filesystem::path& path, std::string why) {
  return fail(ErrorCode::kWriteFailed, fmt::format("cannot write '{}'", path.string()),
              std::move(why));
}

/// An event with one value of a summary.
std::string eventOf(std::int64_t step, const EventMessage& value, EventFile::Time time) {
  const std::string summary = EventMessage().text(kValue, value.bytes()).bytes();
  return EventMessage()
      .real(kWallTime, timeOr(time))
      .integer(kStep, step)
      .text(kSummary, summary)
      .bytes();
}

bool isSound(const EventHistogram& histogram) {
  const auto& edges = histogram.edges;
  const auto& counts = histogram.counts;
  return edges.size() == counts.size() + 1 && edges.size() > 1 &&
         std::is_sorted(edges.begin(), edges.end()) &&
         std::all_of(edges.begin(), edges.end(), [](double edge) { return std::isfinite(edge); }) &&
         std::all_of(counts.begin(), counts.end(), [](std::int64_t count) { return count >= 0; });
}

/// HistogramProto; a bucket ends at its limit and begins at the limit before it.
std::string histogramProto(const EventHistogram& histogram) {
  double number = 0;
  double sum = 0;
  double squares = 0;
  std::vector<double> buckets;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const auto count = static_cast<double>(histogram.counts[i]);
    const double middle = (histogram.edges[i] + histogram.edges[i + 1]) / 2;
    number += count;
    sum += count * middle;
    squares += count * middle * middle;
    buckets.push_back(count);
  }
  return EventMessage()
      .real(1, histogram.edges.front())
      .real(2, histogram.edges.back())
      .real(3, number)
      .real(4, sum)
      .real(5, squares)
      .reals(6, histogram.edges.subspan(1))
      .reals(7, buckets)
      .bytes();
}

}  // namespace

Result<EventFile> EventFile::create(const std::filesystem::path& folder, Time time) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return cannotWrite(folder, problem.message());
  const double seconds = timeOr(time);
  const std::string name = fmt::format("events.out.tfevents.{}.{}.{}",
                                       static_cast<std::int64_t>(seconds), hostName(), ::getpid());
  for (int i = 0; i < kMostOfOneName; ++i) {
    const auto path = folder / (i == 0 ? name : fmt::format("{}.{}", name, i));
    std::FILE* opened = std::fopen(path.c_str(), "wbxe");
    if (opened == nullptr && errno == EEXIST) continue;
    if (opened == nullptr) return cannotWrite(path, std::strerror(errno));
    EventFile file(path, opened);
    const EventMessage version =
        EventMessage().real(kWallTime, seconds).text(kFileVersion, "brain.Event:2");
    if (auto status = file.write(version.bytes()); !status) return forward(std::move(status));
    if (auto status = file.flush(); !status) return forward(std::move(status));
    return file;
  }
  return cannotWrite(folder / name, "too many files have this name");
}

Status EventFile::scalar(std::string_view tag, std::int64_t step, double value, Time time) {
  const EventMessage entry =
      EventMessage().text(kTag, tag).shortReal(kSimpleValue, static_cast<float>(value));
  return write(eventOf(step, entry, time));
}

Status EventFile::histogram(std::string_view tag, std::int64_t step,
                            const EventHistogram& histogram, Time time) {
  if (!isSound(histogram)) {
    return fail(ErrorCode::kInternal, fmt::format("the histogram '{}' is not sound", tag),
                fmt::format("{} edges of {} counts, or edges that do not ascend",
                            histogram.edges.size(), histogram.counts.size()));
  }
  const EventMessage entry =
      EventMessage().text(kTag, tag).text(kHistogram, histogramProto(histogram));
  return write(eventOf(step, entry, time));
}

Status EventFile::flush() { return std::fflush(file_.get()) == 0 ? Status() : failed(); }

Status EventFile::write(std::string_view content) {
  const std::string record = eventRecord(content);
  const std::size_t written = std::fwrite(record.data(), 1, record.size(), file_.get());
  return written == record.size() ? Status() : failed();
}

Status EventFile::failed() const { return cannotWrite(path_, std::strerror(errno)); }

}  // namespace a2q
