// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QTreeWidget;

namespace a2q::workbench {

class CommandSet;

/// Something to be found in the palette besides the commands: a layer to go to, a pane to show.
struct PaletteEntry {
  QString text;      ///< "Go to layer conv2"
  QString category;  ///< "Layer"
  QString shortcut = {};
  QString reason = {};  ///< why it cannot be had now; empty: it can
  QString tip = {};
  std::function<void()> run = {};
};

/// A list of everything a person can do, narrowed down by a few letters of it in order. Arrow keys
/// move, Enter runs, Esc closes; what cannot be had now is grey and says why.
class CommandPalette : public QDialog {
  Q_OBJECT

 public:
  CommandPalette(const CommandSet& commands, std::vector<PaletteEntry> more, QWidget* parent);

  /// Opens one over the upper part of the window; it deletes itself when it closes.
  static void popUp(const CommandSet& commands, std::vector<PaletteEntry> more, QWidget* window);

  /// The texts shown now, best first.
  [[nodiscard]] QStringList shown() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void narrow();
  void tellAbout();
  void runCurrent();
  [[nodiscard]] const PaletteEntry* current() const;

  std::vector<PaletteEntry> entries_;
  QLineEdit* query_ = nullptr;
  QTreeWidget* list_ = nullptr;
  QLabel* about_ = nullptr;
};

}  // namespace a2q::workbench
