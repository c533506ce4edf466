// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/integer/check_run.h"
#include "views/common/run_story.h"
#include "views/common/selection.h"

class QPushButton;

namespace a2q::views {

class CertificateView;
class CheckList;

/// What is proven about a run: its certificate, and the checks that can be made of it.
class ChecksView : public QWidget, public RunPane {
  Q_OBJECT

 public:
  explicit ChecksView(Selection& selection, QWidget* parent = nullptr);

  void showRun(const StoryPointer& story) override;
  /// Of the run that is shown; who runs checks replaces them when another one is.
  void showChecks(const std::vector<CheckResult>& checks);

  [[nodiscard]] const std::vector<CheckResult>& checks() const { return checks_; }
  /// What a row of the list says: state, check, found.
  [[nodiscard]] QString checkText(int row, int column) const;
  /// Why the checks cannot be run now; empty when they can.
  [[nodiscard]] QString obstacle() const;

 Q_SIGNALS:
  /// A person wants the checks of the run that is shown.
  void runWanted();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void updateButton();

  Selection& selection_;
  StoryPointer story_;
  std::vector<CheckResult> checks_;
  CertificateView* certificate_ = nullptr;
  CheckList* list_ = nullptr;
  QPushButton* run_ = nullptr;
};

}  // namespace a2q::views
