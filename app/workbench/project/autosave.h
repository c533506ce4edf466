// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>

#include "app/workbench/project/document.h"

class QLabel;

namespace a2q::workbench {

/// Keeps unsaved work every two minutes, and tells how long ago that was. While a run trains, its
/// checkpoints are kept besides.
class Autosave : public QObject {
  Q_OBJECT

 public:
  /// Writes into `label`, looks at the document once a second.
  Autosave(Document& document, QLabel& label, QObject* parent);

  void setInterval(std::chrono::seconds interval) { interval_ = interval; }

 Q_SIGNALS:
  /// The project has other content, or modified changed: what shows it is to be drawn anew.
  void changed();
  void failed(const a2q::Error& error);

 private:
  void look();
  void showAge();

  Document& document_;
  QLabel& label_;
  QTimer timer_;
  std::chrono::seconds interval_{120};
  std::weak_ptr<ProjectSession> seen_project_;  ///< weak: a lock must not outlive its use
  ProjectPointer seen_;
  bool seen_modified_ = false;
  ProjectSession::Clock::time_point modified_since_;
};

}  // namespace a2q::workbench
