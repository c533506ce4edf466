// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "app/workbench/run/run_controller.h"
#include "views/common/run_story.h"

namespace a2q::workbench {

/// Feeds the panes. Thirty times a second while there is something to do it looks whether the lane
/// ended, at most ten times a second it makes a new story of the run that trains, and each time it
/// lets one visible pane draw. Drawing takes time from the processors that train, so after a
/// drawing of t the next one waits for a multiple of t; a hidden pane draws when it is shown, and
/// all draw at once when another run is shown.
class RunFeed : public QObject {
  Q_OBJECT

 public:
  RunFeed(RunController& controller, QObject* parent);

  /// `widget` is what is visible or not; both must outlive the feed.
  void addPane(views::RunPane& pane, QWidget& widget);

  /// Shows a plan or a stored run.
  void show(views::StoryPointer story);
  /// Shows the run that the controller just started, and goes on with it as it trains.
  void follow(const Experiment& experiment, const std::string& uuid);
  /// Adds to what is known of the run that is shown.
  void amendShown(const std::function<void(views::RunStory&)>& change);
  /// Shows the run that trains again.
  void showLive();
  /// How the run that was followed ended; shown if it was.
  void conclude(const RecordPointer& record);
  void setCompared(std::vector<views::ComparedRun> runs);
  /// Draws a third as often while a run trains.
  void setReduced(bool reduced);

  [[nodiscard]] const views::StoryPointer& shown() const { return shown_; }
  /// Of the run that trains, or that trained last; null before the first.
  [[nodiscard]] const views::StoryPointer& live() const { return live_; }
  [[nodiscard]] bool showsLive() const { return shown_ != nullptr && shown_ == live_; }

  /// Something is new, or about to be: the timer runs for a second at least.
  void wake();

 Q_SIGNALS:
  /// Another run is shown, or it has news.
  void shownChanged();
  /// The run that trains has news.
  void progressed();
  /// The lane was polled: time for other mailboxes.
  void ticked();

 private:
  using Clock = std::chrono::steady_clock;
  struct Fed {
    views::RunPane* pane = nullptr;
    QWidget* widget = nullptr;
    views::StoryPointer seen;
    std::size_t compared_seen = 0;
    std::size_t run_seen = 0;
  };

  void tick();
  void refreshLive();
  void replaceLive(views::RunStory story);
  [[nodiscard]] bool waits(const Fed& fed) const;
  /// It shows another run than the others, or nothing: that must not last.
  [[nodiscard]] bool isUrgent(const Fed& fed) const;
  void feedOne();

  RunController& controller_;
  QTimer timer_;
  std::shared_ptr<Telemetry> telemetry_;
  views::StoryPointer shown_;
  views::StoryPointer live_;
  std::vector<views::ComparedRun> compared_;
  std::size_t compared_version_ = 0;
  std::size_t run_version_ = 0;  ///< grows when another run is shown
  std::vector<Fed> panes_;
  std::size_t next_ = 0;
  Clock::time_point next_drawing_;
  int ticks_ = 0;
  int idle_ticks_ = 0;
  double usual_pause_ = 1;  ///< multiples of what a drawing cost
  double pause_ = 1;
};

}  // namespace a2q::workbench
