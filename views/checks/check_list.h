// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>
#include <vector>

#include "core/integer/check_run.h"

namespace a2q::views {

/// "✓ passed", "✗ FAILED", "◌ running, 40 %", "– not run".
[[nodiscard]] QString checkStateText(const CheckResult& check);

/// Checks, a row each: how it stands, what it is, what was found.
class CheckList : public QTableWidget {
  Q_OBJECT

 public:
  explicit CheckList(QWidget* parent = nullptr);
  void show(const std::vector<CheckResult>& checks);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// The list is filled behind other tabs too, when it has no width yet.
  void shareWidth();
};

}  // namespace a2q::views
