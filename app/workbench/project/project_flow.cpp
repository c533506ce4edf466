// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/project_flow.h"

#include <QWidget>
#include <utility>

#include "app/workbench/dialogs/messages.h"
#include "app/workbench/project/project_dialogs.h"

namespace a2q::workbench {
namespace {

namespace fs = std::filesystem;

/// A copy in one file, with an identity of its own file only: the project stays the same one.
Status copyProject(const fs::path& from, const fs::path& to) {
  const auto file = ProjectFile::open(from, ProjectAccess::kReadOnly);
  if (!file) return tl::make_unexpected(file.error());
  return file->exportTo(to, ProjectFile::Existing::kReplace);
}

}  // namespace

ProjectFlow::ProjectFlow(QWidget* window, Document& document, RunController& controller)
    : QObject(window), window_(window), document_(document), controller_(controller) {}

void ProjectFlow::open(const fs::path& path) {
  std::error_code ignored;
  // Opening again what another program holds shows what it did meanwhile.
  if (!document_.project()->readOnly() &&
      fs::equivalent(path, document_.project()->path(), ignored)) {
    Q_EMIT told(tr("%1 is open already.").arg(document_.name()));
    return;
  }
  controller_.perform([this, path]() -> RunController::Then {
    if (const auto entry = worthOffering(path)) return [this, found = *entry] { offer(found); };
    return [this, path] { openWith(path, ProjectAccess::kWrite); };
  });
}

void ProjectFlow::openWith(const fs::path& path, ProjectAccess access) {
  controller_.perform([this, path, access]() -> RunController::Then {
    auto session = ProjectSession::open(path, access);
    return
        [this, path, access, session = std::move(session)] { concludeOpen(path, access, session); };
  });
}

void ProjectFlow::concludeOpen(const fs::path& path, ProjectAccess access,
                               const Result<SessionPointer>& session) {
  if (session) {
    if (const Status adopted = document_.adopt(*session); !adopted) {
      return showError(window_, adopted.error());
    }
    Q_EMIT opened();
    return;
  }
  const ErrorCode code = session.error().code;
  const bool not_writable = code == ErrorCode::kLocked || code == ErrorCode::kReadOnly;
  if (access == ProjectAccess::kReadOnly || !not_writable) {
    return showError(window_, session.error());
  }
  switch (askLocked(window_, session.error())) {
    case LockedAnswer::kReadOnly: return openWith(path, ProjectAccess::kReadOnly);
    case LockedAnswer::kCopy: return openCopy(path);
    case LockedAnswer::kCancel: return;
  }
}

void ProjectFlow::openCopy(const fs::path& path) {
  const fs::path copy = askPlace(window_, tr("Copy of the project"));
  if (copy.empty()) return;
  controller_.perform([this, path, copy]() -> RunController::Then {
    const Status copied = copyProject(path, copy);
    if (!copied) return [this, error = copied.error()] { showError(window_, error); };
    return [this, copy] { openWith(copy, ProjectAccess::kWrite); };
  });
}

void ProjectFlow::save(const std::function<void()>& next) {
  const fs::path path = document_.project()->path();
  if (path.empty() || document_.project()->readOnly()) return askAndSaveAs(next);
  saveAs(path, next);
}

void ProjectFlow::askAndSaveAs(const std::function<void()>& next) {
  const fs::path path = askPlace(window_, tr("Save the project as"));
  if (!path.empty()) saveAs(path, next);
}

void ProjectFlow::saveAs(const fs::path& path, const std::function<void()>& next) {
  controller_.perform([this, path, next, project = document_.project(),
                       experiment = document_.experiment()]() -> RunController::Then {
    const Status done = project->save(experiment, path);
    if (done) {
      return [this, next] {
        document_.markSaved();
        Q_EMIT saved();
        if (next) next();
      };
    }
    return [this, path, next, error = done.error()] {
      Q_EMIT told(QString::fromStdString(describe(error)));
      switch (askSaveError(window_, error)) {
        case SaveErrorAnswer::kAgain: return saveAs(path, next);
        case SaveErrorAnswer::kElsewhere: return askAndSaveAs(next);
        case SaveErrorAnswer::kClose: return;
      }
    };
  });
}

void ProjectFlow::whenSettled(const std::function<void()>& next) {
  if (!document_.isModified()) return next();
  switch (askUnsaved(window_, document_.name())) {
    case UnsavedAnswer::kSave: return save(next);
    case UnsavedAnswer::kDiscard: return next();
    case UnsavedAnswer::kCancel: return;
  }
}

void ProjectFlow::reportNotRecorded(const Error& error, const RecordPointer& record) {
  Q_EMIT told(QString::fromStdString(describe(error)));
  switch (askSaveError(window_, error)) {
    case SaveErrorAnswer::kAgain: break;
    case SaveErrorAnswer::kElsewhere: return askAndSaveAs();
    case SaveErrorAnswer::kClose: return;
  }
  controller_.perform([this, project = document_.project(), record]() -> RunController::Then {
    const Status done = project->finishRun(*record);
    if (!done)
      return [this, record, problem = done.error()] { reportNotRecorded(problem, record); };
    return [this] { Q_EMIT saved(); };
  });
}

}  // namespace a2q::workbench
