// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/autosave.h"

#include <QLabel>
#include <algorithm>
#include <chrono>

namespace a2q::workbench {
namespace {

using std::chrono::seconds;

seconds since(ProjectSession::Clock::time_point moment) {
  return std::chrono::duration_cast<seconds>(ProjectSession::Clock::now() - moment);
}

}  // namespace

Autosave::Autosave(Document& document, QLabel& label, QObject* parent)
    : QObject(parent), document_(document), label_(label) {
  timer_.setInterval(seconds(1));
  connect(&timer_, &QTimer::timeout, this, &Autosave::look);
  timer_.start();
}

void Autosave::look() {
  const SessionPointer& project = document_.project();
  const bool modified = document_.isModified();
  const ProjectPointer saved = project->saved();
  const bool other_project = seen_project_.lock() != project;
  if (other_project || modified != seen_modified_) {
    modified_since_ = ProjectSession::Clock::now();
  }
  const bool other = other_project || saved != seen_ || modified != seen_modified_;
  seen_project_ = project;
  seen_ = saved;
  seen_modified_ = modified;
  if (other) Q_EMIT changed();
  showAge();
  if (const auto problem = project->takeKeepError()) Q_EMIT failed(*problem);
  if (!modified) return;
  const auto last = std::max(modified_since_, project->keptAt().value_or(modified_since_));
  if (since(last) < interval_) return;
  modified_since_ = ProjectSession::Clock::now();
  project->keepLater();
}

void Autosave::showAge() {
  const auto kept = document_.project()->keptAt();
  if (!kept) return label_.clear();
  constexpr int kMinute = 60;
  const auto age = since(*kept).count();
  label_.setText(
      tr("autosaved %1:%2 ago").arg(age / kMinute).arg(age % kMinute, 2, 10, QLatin1Char('0')));
}

}  // namespace a2q::workbench
