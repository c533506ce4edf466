// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "app/cli/data_actions.h"
#include "app/cli/output.h"
#include "app/cli/signal_stop.h"
#include "core/base/text_distance.h"
#include "core/data/catalogue.h"
#include "core/data/fetch.h"

namespace a2q::cli {
namespace {

enum class Display { kNone, kLines, kTerminal };

/// Shows a download on standard error: one line that is rewritten on a terminal, a plain line a
/// file elsewhere.
class DownloadLine {
 public:
  explicit DownloadLine(Display display) : display_(display) {}

  void show(std::string_view file, std::int64_t there, std::int64_t in_all) {
    if (display_ == Display::kLines && file != file_) {
      printDiagnostic(fmt::format("fetching {}\n", file));
    }
    file_ = file;
    if (display_ != Display::kTerminal) return;
    constexpr auto kInterval = std::chrono::milliseconds(100);
    const auto now = std::chrono::steady_clock::now();
    const bool whole = in_all > 0 && there >= in_all;
    if (now - last_ < kInterval && !whole) return;
    last_ = now;
    const std::string share =
        in_all > 0 ? fmt::format(" of {:.1f} MB, {} %", megabytes(in_all), 100 * there / in_all)
                   : " MB";
    printDiagnostic(fmt::format("\r\x1b[K{}: {:.1f}{}", file, megabytes(there), share));
    line_open_ = true;
  }

  /// Ends the line, so that what follows starts on its own.
  void finish() {
    if (line_open_) printDiagnostic("\n");
    line_open_ = false;
  }

 private:
  static double megabytes(std::int64_t bytes) { return static_cast<double>(bytes) / 1e6; }

  Display display_;
  std::string file_;
  bool line_open_ = false;
  std::chrono::steady_clock::time_point last_{};
};

Display displayFor(const Arguments& arguments) {
  if (arguments.has("quiet")) return Display::kNone;
  return ::isatty(STDERR_FILENO) != 0 ? Display::kTerminal : Display::kLines;
}

tl::unexpected<Error> unknownSet(const std::string& name) {
  std::vector<std::string_view> names;
  for (const CatalogueEntry& entry : catalogue()) names.push_back(entry.set);
  const std::string meant = nearest(name, names);
  return fail(ErrorCode::kUsage, fmt::format("there is no data set '{}'", name), {},
              meant.empty() ? "See 'a2q data list'." : fmt::format("Did you mean '{}'?", meant));
}

std::string_view wordOf(FetchEnd end) {
  switch (end) {
    case FetchEnd::kFetched: return "fetched";
    case FetchEnd::kPresent: return "present";
    case FetchEnd::kStopped: return "stopped";
  }
  return "";
}

std::string sentence(std::string_view set, const FetchReport& report) {
  const std::string folder = report.folder.string();
  switch (report.end) {
    case FetchEnd::kFetched: return fmt::format("'{}' is now in {}\n", set, folder);
    case FetchEnd::kPresent: return fmt::format("'{}' is already in {}\n", set, folder);
    case FetchEnd::kStopped:
      return fmt::format("Stopped. What has arrived is kept in {}; start again to go on.\n",
                         folder);
  }
  return {};
}

}  // namespace

Result<ExitCode> fetchData(const Arguments& arguments) {
  const std::string name = *arguments.text("set");
  const CatalogueEntry* const entry = findEntry(name);
  if (entry == nullptr) return unknownSet(name);
  const SignalStop signals;
  DownloadLine line(displayFor(arguments));
  FetchOptions options;
  options.to = arguments.text("to").value_or("");
  options.from = arguments.text("from").value_or("");
  options.stop = signals.token();
  options.progress = [&](std::string_view file, std::int64_t there, std::int64_t in_all) {
    line.show(file, there, in_all);
  };
  const Result<FetchReport> report = fetchDataSet(*entry, options);
  line.finish();
  if (!report) return tl::make_unexpected(report.error());
  if (arguments.has("json")) {
    printJson({{"schema", "a2q-data-fetch-1"},
               {"set", name},
               {"state", wordOf(report->end)},
               {"folder", report->folder.string()}});
  } else {
    printResult(sentence(name, *report));
  }
  if (report->end != FetchEnd::kStopped) return ExitCode::kOk;
  return signals.received() == SIGTERM ? ExitCode::kTerminated : ExitCode::kInterrupted;
}

}  // namespace a2q::cli
