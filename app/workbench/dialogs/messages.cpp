// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/dialogs/messages.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

#include "app/workbench/dialogs/about_dialog.h"

namespace a2q::workbench {
namespace {

/// Texts of the dialogs, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Messages)
};

QString codeOf(const Error& error) {
  return QStringLiteral("A2Q-%1").arg(errorInfo(error.code).number, 4, 10, QLatin1Char('0'));
}

void fill(QMessageBox& box, const Error& error) {
  box.setObjectName(QStringLiteral("error"));
  box.setIcon(QMessageBox::Warning);
  box.setTextFormat(Qt::PlainText);
  box.setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  box.setWindowTitle(Words::tr("A2Q Workbench: %1").arg(codeOf(error)));
  box.setText(QString::fromStdString(error.message));
  QStringList lines;
  if (!error.cause.empty()) lines << Words::tr("Why: %1").arg(QString::fromStdString(error.cause));
  if (!error.remedy.empty()) {
    lines << Words::tr("What to do: %1").arg(QString::fromStdString(error.remedy));
  }
  lines << Words::tr("Code: %1").arg(codeOf(error));
  box.setInformativeText(lines.join(QStringLiteral("\n\n")));
  box.setDetailedText(QString::fromStdString(describe(error)));
}

}  // namespace

void showError(QWidget* parent, const Error& error, const std::vector<RemedyAction>& remedies) {
  QMessageBox box(parent);
  fill(box, error);
  std::vector<const QAbstractButton*> buttons;
  for (const RemedyAction& remedy : remedies) {
    QPushButton* const button = box.addButton(remedy.text, QMessageBox::ActionRole);
    button->setObjectName(QStringLiteral("remedy_%1").arg(buttons.size()));
    buttons.push_back(button);
  }
  const auto leave = remedies.empty() ? QMessageBox::Ok : QMessageBox::Close;
  box.addButton(leave);
  box.setDefaultButton(leave);
  box.setEscapeButton(leave);
  box.exec();
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (box.clickedButton() == buttons[i] && remedies[i].run) return remedies[i].run();
  }
}

void showAbout(QWidget* parent, const QString& backend) { AboutDialog(backend, parent).exec(); }

}  // namespace a2q::workbench
