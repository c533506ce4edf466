// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

namespace a2q::workbench {

/// What the program is, the versions of all it stands on, and its licence; to be copied whole.
class AboutDialog : public QDialog {
  Q_OBJECT

 public:
  /// `backend` names the learning library when one was opened; else empty.
  AboutDialog(const QString& backend, QWidget* parent);

  /// What "Copy" puts into the clipboard.
  [[nodiscard]] const QString& plainText() const { return plain_text_; }

 private:
  QString plain_text_;
};

}  // namespace a2q::workbench
