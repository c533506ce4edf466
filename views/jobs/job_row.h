// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <optional>

namespace a2q::views {

/// Cancelled is how a job ended, not an error.
enum class JobState { kWaiting, kRunning, kDone, kFailed, kCancelled };

[[nodiscard]] constexpr bool hasEnded(JobState state) {
  return state != JobState::kWaiting && state != JobState::kRunning;
}

/// A job as a list shows it.
struct JobRow {
  int id = 0;  ///< of one session, ascending in the order they began
  QString what;
  JobState state = JobState::kWaiting;
  std::optional<double> progress;  ///< 0..1; none: not known
  QDateTime started;
  double seconds = 0;  ///< so far, or in all
  QString text;        ///< what it does now, what came of it, or why it failed
  bool cancellable = false;
  bool operator==(const JobRow&) const = default;
};

}  // namespace a2q::views
