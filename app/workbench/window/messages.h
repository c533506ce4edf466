// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/error.h"

class QWidget;

namespace a2q::workbench {

/// What failed, why, what to do, and the code; the whole text under "details".
void showError(QWidget* parent, const Error& error);

/// Versions and licence. `backend` names the learning library when one was opened.
void showAbout(QWidget* parent, const QString& backend);

}  // namespace a2q::workbench
