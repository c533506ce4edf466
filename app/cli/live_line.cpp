// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/live_line.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "app/cli/output.h"

namespace a2q::cli {
namespace {

std::string duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{}:{:02} min", whole / 60, whole % 60);
  return fmt::format("{}:{:02} h", whole / 3600, whole / 60 % 60);
}

std::string marginText(const std::optional<double>& bits) {
  return bits ? fmt::format("{:+.2f} bit", *bits) : "–";
}

std::string shareText(const std::optional<double>& share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : "–";
}

/// The first `columns` characters of UTF-8 text.
std::string clipped(const std::string& text, int columns) {
  std::size_t end = 0;
  for (int shown = 0; end < text.size() && shown < columns; ++shown) {
    ++end;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  }
  return text.substr(0, end);
}

int terminalColumns() {
  constexpr int kUsual = 80;
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

}  // namespace

std::string stepText(const StepReport& report, int columns) {
  constexpr int kFull = 105;
  const double percent =
      100.0 * static_cast<double>(report.batch) / static_cast<double>(report.batches);
  const std::string left = report.seconds_left ? duration(*report.seconds_left) : "–";
  const std::string epoch =
      fmt::format("{}/{}", epochName(report.phase, report.epoch), report.epochs);
  const std::string score = scoreText(report.metric, report.score);
  if (columns >= kFull) {
    return fmt::format("{}  {:3.0f} %  loss {:.4f}  {} {}  margin {}  sparsity {}  {} left", epoch,
                       percent, report.loss, metricName(report.metric), score,
                       marginText(report.worst_margin_bits), shareText(report.sparsity), left);
  }
  const auto margin = report.worst_margin_bits;
  const auto sparsity = report.sparsity;
  return fmt::format("{} {:.0f}%  loss {:.3f}  {}  margin {}  sparse {}  {} left", epoch, percent,
                     report.loss, score, margin ? fmt::format("{:+.2f}", *margin) : "–",
                     sparsity ? fmt::format("{:.0f}%", 100 * *sparsity) : "–", left);
}

std::string epochText(const EpochRecord& record) {
  const std::string_view metric = metricName(record.metric);
  return fmt::format(
      "{}: loss {:.4f}, {} {}; test loss {:.4f}, {} {}; worst margin {}, sparsity {}, {}",
      epochName(record.phase, record.epoch), record.train_loss, metric,
      scoreText(record.metric, record.train_score), record.test_loss, metric,
      scoreText(record.metric, record.test_score), marginText(record.worst_margin_bits),
      shareText(record.sparsity), duration(record.seconds));
}

LiveLine::LiveLine(Verbosity verbosity)
    : verbosity_(verbosity), terminal_(::isatty(STDERR_FILENO) != 0) {}

void LiveLine::rewrite(const std::string& text) {
  printDiagnostic("\r\x1b[K" + clipped(text, terminalColumns() - 1));
  line_open_ = true;
}

void LiveLine::onStep(const StepReport& report) {
  if (verbosity_ == Verbosity::kQuiet || !terminal_) return;
  constexpr std::chrono::milliseconds kInterval(100);
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kInterval) return;
  last_ = now;
  rewrite(stepText(report, terminalColumns()));
}

void LiveLine::onEpoch(const EpochRecord& record) {
  if (verbosity_ == Verbosity::kQuiet) return;
  printDiagnostic((terminal_ ? "\r\x1b[K" : "") + epochText(record) + "\n");
  line_open_ = false;
}

void LiveLine::finish() {
  if (line_open_) printDiagnostic("\n");
  line_open_ = false;
}

}  // namespace a2q::cli
