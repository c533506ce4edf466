// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <optional>

#include "app/workbench/project/document.h"
#include "app/workbench/run/run_controller.h"
#include "core/project/recovery/recovery.h"

namespace a2q::workbench {

/// The newest unsaved work, of one project or (empty path) of all, that is not what is saved: a
/// session killed just after a save leaves such behind. To be called on the lane.
[[nodiscard]] std::optional<RecoveryEntry> worthOffering(const std::filesystem::path& project);

/// Opens, saves and recovers projects: asks the person, works on the lane, and puts what comes of
/// it into the document. Each step is ignored while the lane is busy.
class ProjectFlow : public QObject {
  Q_OBJECT

 public:
  ProjectFlow(QWidget* window, Document& document, RunController& controller);

  /// Unsaved work on the project is offered first.
  void open(const std::filesystem::path& path);
  /// Offers what is newest of all unsaved work, if there is any.
  void offerAtStart();
  /// A new project file around the document's specification; then it is the one that is open.
  void saveAs(const std::filesystem::path& path, const std::function<void()>& next = {});
  /// To its own place; asks for one where there is none.
  void save(const std::function<void()>& next = {});
  void askAndSaveAs(const std::function<void()>& next = {});
  /// Goes on with `next` when nothing can be lost: at once, saved, or by the person's word.
  void whenSettled(const std::function<void()>& next);
  /// Once more to write how a run ended, after it failed.
  void reportNotRecorded(const Error& error, const RecordPointer& record);

 Q_SIGNALS:
  void opened();
  void saved();
  void told(const QString& line);

 private:
  void openWith(const std::filesystem::path& path, ProjectAccess access);
  void concludeOpen(const std::filesystem::path& path, ProjectAccess access,
                    const Result<SessionPointer>& session);
  void openCopy(const std::filesystem::path& path);
  void offer(const RecoveryEntry& entry);
  void restore(const RecoveryEntry& entry);
  void restoreTo(const RecoveryEntry& entry, const std::filesystem::path& place);
  void compare(const RecoveryEntry& entry);
  void keepSaved(const RecoveryEntry& entry);

  QWidget* window_;
  Document& document_;
  RunController& controller_;
};

}  // namespace a2q::workbench
