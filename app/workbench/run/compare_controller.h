// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>
#include <string>
#include <vector>

#include "app/workbench/run/story_library.h"
#include "core/network/experiment.h"
#include "views/runs/runs_view.h"

namespace a2q::workbench {

class Document;
class RunFeed;

/// Which runs the panes show: the one a person chose, and those beside it.
class CompareController : public QObject {
  Q_OBJECT

 public:
  CompareController(Document& document, RunFeed& feed, views::RunsView& view, QObject* parent);

  /// Another project is open: its runs are read, and none is shown.
  void restart();
  /// Shows a run: the one that trains as it goes, others as they are stored.
  void showRun(const std::string& uuid);
  void showLast();

  /// The run that is shown; null: none of the project's.
  [[nodiscard]] const ProjectRun* shownRun() const;
  /// Why the run that is shown cannot go on; empty: it can.
  [[nodiscard]] QString whyNotContinued() const;

 Q_SIGNALS:
  void failed(const a2q::Error& error);

 private:
  void shownChanged();
  void chooseCompared(const std::vector<views::ComparedChoice>& choices);
  void loaded(const std::string& uuid, const views::StoryPointer& story);
  void tellCompared();
  [[nodiscard]] bool isLive(const std::string& uuid) const;

  Document& document_;
  RunFeed& feed_;
  views::RunsView& view_;
  StoryLibrary library_;
  std::string wanted_;  ///< to be shown when it is read
  std::vector<views::ComparedChoice> compared_;
};

}  // namespace a2q::workbench
