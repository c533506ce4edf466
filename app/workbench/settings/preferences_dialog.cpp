// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

#include "app/workbench/settings/data_page.h"
#include "app/workbench/settings/settings.h"
#include "core/base/parallel.h"

namespace a2q::workbench {

PreferencesDialog::PreferencesDialog(Settings& settings, QWidget* parent)
    : QDialog(parent), settings_(settings) {
  constexpr QSize kUsual(640, 420);
  setObjectName(QStringLiteral("preferences"));
  setWindowTitle(tr("Preferences"));
  auto* pages = new QTabWidget;
  pages->addTab(generalPage(), tr("&General"));
  pages->addTab(computePage(), tr("&Compute"));
  pages->addTab(new DataPage, tr("&Data"));
  buttons_ = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Apply |
                                  QDialogButtonBox::Cancel);
  auto* column = new QVBoxLayout(this);
  column->addWidget(pages, 1);
  column->addWidget(buttons_);
  fill();
  connect(buttons_, &QDialogButtonBox::accepted, this, &PreferencesDialog::accept);
  connect(buttons_, &QDialogButtonBox::rejected, this, &PreferencesDialog::reject);
  connect(buttons_->button(QDialogButtonBox::Apply), &QPushButton::clicked, this,
          &PreferencesDialog::apply);
  connect(device_, &QComboBox::editTextChanged, this, &PreferencesDialog::look);
  look();
  resize(kUsual);
}

QWidget* PreferencesDialog::generalPage() {
  theme_ = new QComboBox;
  theme_->addItems({tr("As the system"), tr("Light"), tr("Dark")});
  theme_->setObjectName(QStringLiteral("theme"));
  theme_->setToolTip(tr("Colours of the window and of every plot"));
  autosave_ = new QSpinBox;
  autosave_->setObjectName(QStringLiteral("autosave"));
  autosave_->setRange(static_cast<int>(Settings::kLeastAutosave.count()),
                      static_cast<int>(Settings::kMostAutosave.count()));
  autosave_->setSuffix(tr(" s"));
  autosave_->setToolTip(
      tr("How often unsaved work is kept apart, to be had back after a crash; "
         "every checkpoint of a training is kept besides"));
  welcome_ = new QCheckBox(tr("Show the &Welcome page at start"));
  welcome_->setObjectName(QStringLiteral("welcome"));
  welcome_->setToolTip(tr("Sample, recent projects and new ones, when no file is opened"));
  reduced_ = new QCheckBox(tr("&Reduced drawing while training"));
  reduced_->setObjectName(QStringLiteral("reduced"));
  reduced_->setToolTip(
      tr("Panes draw more seldom and without trails: more of the processors for the training"));
  auto* shortcuts = new QPushButton(tr("&Keyboard shortcuts…"));
  shortcuts->setToolTip(tr("See and change the keys of every command"));
  connect(shortcuts, &QPushButton::clicked, this, &PreferencesDialog::shortcutsWanted);
  auto* page = new QWidget;
  auto* form = new QFormLayout(page);
  form->addRow(tr("&Theme:"), theme_);
  form->addRow(tr("&Autosave every:"), autosave_);
  form->addRow(welcome_);
  form->addRow(reduced_);
  form->addRow(shortcuts);
  return page;
}

QWidget* PreferencesDialog::computePage() {
  device_ = new QComboBox;
  device_->setObjectName(QStringLiteral("device"));
  device_->setEditable(true);
  device_->addItems({QStringLiteral("cpu"), QStringLiteral("auto"), QStringLiteral("cuda"),
                     QStringLiteral("cuda:1")});
  device_->setToolTip(
      tr("Where a training computes: cpu, cuda, cuda:N for the N-th card from 0, or "
         "auto, which takes a card where LibTorch sees one"));
  threads_ = new QSpinBox;
  threads_->setObjectName(QStringLiteral("threads"));
  threads_->setRange(0, Settings::kMostThreads);
  threads_->setSpecialValueText(tr("all (%1)").arg(allowedProcessors()));
  threads_->setToolTip(
      tr("Threads of a training; 0 takes every processor this program may use. "
         "The same seed and the same number of threads give the same bits."));
  auto* page = new QWidget;
  auto* form = new QFormLayout(page);
  form->addRow(tr("De&vice:"), device_);
  form->addRow(tr("T&hreads:"), threads_);
  return page;
}

void PreferencesDialog::fill() {
  theme_->setCurrentIndex(static_cast<int>(settings_.theme()));
  autosave_->setValue(static_cast<int>(settings_.autosaveInterval().count()));
  welcome_->setChecked(settings_.showsWelcome());
  reduced_->setChecked(settings_.reducesDrawing());
  device_->setEditText(QString::fromStdString(settings_.compute().device));
  threads_->setValue(settings_.compute().threads);
}

/// A device that cannot be keeps the values from being stored.
void PreferencesDialog::look() {
  const bool sound = isComputeDevice(device_->currentText());
  for (const auto button : {QDialogButtonBox::Ok, QDialogButtonBox::Apply}) {
    buttons_->button(button)->setEnabled(sound);
    buttons_->button(button)->setToolTip(
        sound ? QString() : tr("The device must be cpu, auto, cuda or cuda:N."));
  }
}

void PreferencesDialog::apply() {
  settings_.setTheme(static_cast<Theme>(theme_->currentIndex()));
  settings_.setAutosaveInterval(std::chrono::seconds(autosave_->value()));
  settings_.setShowsWelcome(welcome_->isChecked());
  settings_.setReducesDrawing(reduced_->isChecked());
  settings_.setCompute({device_->currentText().toStdString(), threads_->value()});
}

void PreferencesDialog::accept() {
  apply();
  QDialog::accept();
}

}  // namespace a2q::workbench
