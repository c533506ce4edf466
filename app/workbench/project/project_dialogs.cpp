// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/project_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

namespace a2q::workbench {
namespace {

/// Texts of the dialogs, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(ProjectDialogs)
};

/// A button with an object name, for tests and tools.
QPushButton* addButton(QMessageBox& box, const QString& text, const char* name,
                       QMessageBox::ButtonRole role) {
  auto* button = box.addButton(text, role);
  button->setObjectName(QString::fromUtf8(name));
  return button;
}

/// The three parts of an error, in a box whose buttons are the remedies.
void fill(QMessageBox& box, const char* name, const Error& error) {
  box.setObjectName(QString::fromUtf8(name));
  box.setIcon(QMessageBox::Warning);
  box.setTextFormat(Qt::PlainText);
  box.setText(QString::fromStdString(error.message));
  QStringList lines;
  if (!error.cause.empty()) lines << Words::tr("Why: %1").arg(QString::fromStdString(error.cause));
  if (!error.remedy.empty()) {
    lines << Words::tr("What to do: %1").arg(QString::fromStdString(error.remedy));
  }
  box.setInformativeText(lines.join(QStringLiteral("\n\n")));
  box.setDetailedText(QString::fromStdString(describe(error)));
}

}  // namespace

RecoveryAnswer askRecovery(QWidget* parent, const RecoveryEntry& entry) {
  QMessageBox box(parent);
  box.setObjectName(QStringLiteral("recovery"));
  box.setIcon(QMessageBox::Question);
  box.setTextFormat(Qt::PlainText);
  box.setWindowTitle(Words::tr("Unsaved work"));
  const QString name = QString::fromStdString(entry.project.filename().string());
  box.setText(name.isEmpty() ? Words::tr("Work on a project that was never saved was left behind.")
                             : Words::tr("Unsaved work on %1 was left behind.").arg(name));
  QString more =
      Words::tr("Kept at %1 by %2.")
          .arg(QString::fromStdString(entry.written), QString::fromStdString(entry.writer.text()));
  if (entry.project_changed) {
    more += QLatin1Char('\n') + Words::tr("The project's file was changed since.");
  }
  const bool never_saved = entry.project.empty();
  more += QLatin1Char('\n') +
          (never_saved
               ? Words::tr("Restoring asks where to save it; leaving it for later removes nothing.")
               : Words::tr("Restoring keeps the present file under another name; keeping the saved "
                           "one removes nothing."));
  box.setInformativeText(more);
  const auto* restore = addButton(box, Words::tr("&Restore"), "restore", QMessageBox::AcceptRole);
  auto* keep = addButton(box, never_saved ? Words::tr("&Later") : Words::tr("&Keep the saved one"),
                         "keep_saved", QMessageBox::RejectRole);
  const QPushButton* difference = nullptr;
  if (!never_saved) {
    difference = addButton(box, Words::tr("Show the &difference"), "show_difference",
                           QMessageBox::ActionRole);
  }
  box.setEscapeButton(keep);
  box.exec();
  if (box.clickedButton() == restore) return RecoveryAnswer::kRestore;
  if (difference != nullptr && box.clickedButton() == difference) {
    return RecoveryAnswer::kShowDifference;
  }
  return RecoveryAnswer::kKeepSaved;
}

void showDifferences(QWidget* parent, const std::vector<Difference>& differences) {
  constexpr std::size_t kShown = 20;
  const auto word = [](const std::string& text) {
    return text.empty() ? QStringLiteral("–") : QString::fromStdString(text);
  };
  QStringList lines;
  for (const Difference& found : differences) {
    lines << Words::tr("%1: %2 → %3").arg(word(found.where), word(found.a), word(found.b));
  }
  QMessageBox box(parent);
  box.setObjectName(QStringLiteral("difference"));
  box.setTextFormat(Qt::PlainText);
  box.setWindowTitle(Words::tr("Saved → unsaved"));
  box.setText(differences.empty()
                  ? Words::tr("Nothing differs.")
                  : Words::tr("%n thing(s) differ.", nullptr, static_cast<int>(lines.size())));
  if (differences.size() > kShown) {
    box.setDetailedText(lines.join(QLatin1Char('\n')));
    lines = lines.mid(0, static_cast<int>(kShown)) << QStringLiteral("…");
  }
  box.setInformativeText(lines.join(QLatin1Char('\n')));
  box.exec();
}

LockedAnswer askLocked(QWidget* parent, const Error& error) {
  QMessageBox box(parent);
  fill(box, "locked", error);
  box.setWindowTitle(Words::tr("The project cannot be changed"));
  const auto* read =
      addButton(box, Words::tr("Open &read-only"), "read_only", QMessageBox::AcceptRole);
  const auto* copy = addButton(box, Words::tr("Open a &copy…"), "copy", QMessageBox::ActionRole);
  box.addButton(QMessageBox::Cancel);
  box.exec();
  if (box.clickedButton() == read) return LockedAnswer::kReadOnly;
  return box.clickedButton() == copy ? LockedAnswer::kCopy : LockedAnswer::kCancel;
}

SaveErrorAnswer askSaveError(QWidget* parent, const Error& error) {
  QMessageBox box(parent);
  fill(box, "save_error", error);
  box.setWindowTitle(Words::tr("Not saved"));
  const auto* again = addButton(box, Words::tr("Try &again"), "again", QMessageBox::AcceptRole);
  const auto* elsewhere =
      addButton(box, Words::tr("Save &elsewhere…"), "elsewhere", QMessageBox::ActionRole);
  box.addButton(QMessageBox::Close);
  box.exec();
  if (box.clickedButton() == again) return SaveErrorAnswer::kAgain;
  return box.clickedButton() == elsewhere ? SaveErrorAnswer::kElsewhere : SaveErrorAnswer::kClose;
}

UnsavedAnswer askUnsaved(QWidget* parent, const QString& name) {
  QMessageBox box(QMessageBox::Question, Words::tr("Save the project?"),
                  Words::tr("%1 holds work that is not saved.").arg(name),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
  // A network and a file may be named like markup.
  box.setTextFormat(Qt::PlainText);
  box.setDefaultButton(QMessageBox::Save);
  const int answer = box.exec();
  if (answer == QMessageBox::Save) return UnsavedAnswer::kSave;
  return answer == QMessageBox::Discard ? UnsavedAnswer::kDiscard : UnsavedAnswer::kCancel;
}

std::filesystem::path askPlace(QWidget* parent, const QString& title) {
  const QString chosen =
      QFileDialog::getSaveFileName(parent, title, {}, Words::tr("Project (*.a2q)"));
  if (chosen.isEmpty()) return {};
  std::filesystem::path path = chosen.toStdString();
  if (path.extension() != ".a2q") path += ".a2q";
  return path;
}

}  // namespace a2q::workbench
