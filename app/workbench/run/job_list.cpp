// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/job_list.h"

#include <algorithm>
#include <utility>

namespace a2q::workbench {

using views::hasEnded;
using views::JobRow;

JobList::JobList(QObject* parent) : QObject(parent) {
  constexpr int kSecond = 1000;
  soon_.setSingleShot(true);
  second_.setInterval(kSecond);
  connect(&soon_, &QTimer::timeout, this, &JobList::tell);
  connect(&second_, &QTimer::timeout, this, &JobList::touch);
}

int JobList::begin(const QString& what, std::function<void()> cancel) {
  return add(what, std::move(cancel), JobState::kRunning);
}

int JobList::enqueue(const QString& what, std::function<void()> cancel) {
  return add(what, std::move(cancel), JobState::kWaiting);
}

int JobList::add(const QString& what, std::function<void()> cancel, JobState state) {
  Job job;
  job.row.id = ++last_id_;
  job.row.what = what;
  job.row.state = state;
  job.row.started = QDateTime::currentDateTime();
  job.row.cancellable = cancel != nullptr;
  job.cancel = std::move(cancel);
  job.clock.start();
  jobs_.push_back(std::move(job));
  forgetOld();
  touch();
  return last_id_;
}

void JobList::progress(int id, std::optional<double> share, const QString& text) {
  Job* const job = find(id);
  if (job == nullptr || hasEnded(job->row.state)) return;
  if (job->row.state == JobState::kWaiting) {
    job->row.state = JobState::kRunning;
    job->row.started = QDateTime::currentDateTime();
    job->clock.start();
  }
  job->row.progress = share;
  job->row.text = text;
  touch();
}

void JobList::end(int id, JobState state, const QString& text) {
  Job* const job = find(id);
  if (job == nullptr || hasEnded(job->row.state)) return;
  if (job->row.state == JobState::kRunning) {
    job->row.seconds = static_cast<double>(job->clock.elapsed()) / 1000;
  }
  job->row.state = state;
  job->row.text = text;
  job->row.progress.reset();
  job->cancel = nullptr;
  forgetOld();
  touch();
}

void JobList::cancel(int id) {
  const Job* const job = find(id);
  if (job == nullptr || !job->cancel || hasEnded(job->row.state)) return;
  // A copy: what it calls may end the job, which forgets the function.
  const auto ask = job->cancel;
  ask();
}

std::vector<JobRow> JobList::rows() const {
  std::vector<JobRow> out;
  out.reserve(jobs_.size());
  for (const Job& job : jobs_) {
    out.push_back(job.row);
    if (job.row.state == JobState::kRunning) {
      out.back().seconds = static_cast<double>(job.clock.elapsed()) / 1000;
    }
  }
  return out;
}

int JobList::runningCount() const {
  return static_cast<int>(std::ranges::count_if(
      jobs_, [](const Job& job) { return job.row.state == JobState::kRunning; }));
}

JobList::Job* JobList::find(int id) {
  const auto found = std::ranges::find_if(jobs_, [&](const Job& job) { return job.row.id == id; });
  return found == jobs_.end() ? nullptr : &*found;
}

void JobList::forgetOld() {
  auto excess = static_cast<std::ptrdiff_t>(jobs_.size()) - static_cast<std::ptrdiff_t>(kMostJobs);
  std::erase_if(jobs_, [&](const Job& job) {
    if (excess <= 0 || !hasEnded(job.row.state)) return false;
    --excess;
    return true;
  });
}

void JobList::touch() {
  constexpr qint64 kTenth = 100;
  if (runningCount() > 0) {
    if (!second_.isActive()) second_.start();
  } else {
    second_.stop();
  }
  if (soon_.isActive()) return;
  const qint64 since = told_.isValid() ? told_.elapsed() : kTenth;
  soon_.start(static_cast<int>(std::max<qint64>(kTenth - since, 0)));
}

void JobList::tell() {
  told_.start();
  Q_EMIT changed();
}

}  // namespace a2q::workbench
