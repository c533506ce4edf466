// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <vector>

#include "core/base/error.h"

class QWidget;

namespace a2q::workbench {

/// Something that may put an error right, as a button.
struct RemedyAction {
  QString text;  ///< "&Choose another folder…"
  std::function<void()> run;
};

/// What failed, why, what to do, and the code; the whole text under "details". A button for each
/// remedy, which runs after the message has closed.
void showError(QWidget* parent, const Error& error, const std::vector<RemedyAction>& remedies = {});

/// Versions and licence. `backend` names the learning library when one was opened.
void showAbout(QWidget* parent, const QString& backend);

}  // namespace a2q::workbench
