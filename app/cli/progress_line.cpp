// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace a2q::cli {
namespace {

std::string leftText(double seconds) {
  constexpr double kMinute = 60;
  return seconds < kMinute ? fmt::format("{:.0f} s left", seconds)
                           : fmt::format("{:.0f} min left", seconds / kMinute);
}

}  // namespace

ProgressLine::ProgressLine(Verbosity verbosity)
    : verbosity_(verbosity), terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (line_open_) std::fputs("\n", stderr);
}

void ProgressLine::report(const Progress& progress) {
  if (verbosity_ == Verbosity::kQuiet || progress.total <= 0) return;
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  const double left = passed.count() / progress.done * (progress.total - progress.done);
  const std::string text = fmt::format("{} {:.0f} of {:.0f}, {}", progress.what, progress.done,
                                       progress.total, leftText(left));
  if (terminal_) {
    fmt::print(stderr, "\r{}\x1b[K", text);
    line_open_ = true;
    return;
  }
  constexpr double kTenths = 10;
  const int tenth = static_cast<int>(kTenths * progress.done / progress.total);
  if (tenth == told_) return;
  told_ = tenth;
  fmt::print(stderr, "{}\n", text);
}

}  // namespace a2q::cli
