// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QSpinBox;

namespace a2q::workbench {

class Settings;

/// What a person may set. Values are stored by Apply and OK; Settings::changed() tells the window.
class PreferencesDialog : public QDialog {
  Q_OBJECT

 public:
  PreferencesDialog(Settings& settings, QWidget* parent);

  void accept() override;

 Q_SIGNALS:
  /// The person wants to see the keys.
  void shortcutsWanted();

 private:
  QWidget* generalPage();
  QWidget* computePage();
  void fill();
  void apply();
  void look();

  Settings& settings_;
  QComboBox* theme_ = nullptr;
  QSpinBox* autosave_ = nullptr;
  QCheckBox* welcome_ = nullptr;
  QCheckBox* reduced_ = nullptr;
  QComboBox* device_ = nullptr;
  QSpinBox* threads_ = nullptr;
  QDialogButtonBox* buttons_ = nullptr;
};

}  // namespace a2q::workbench
