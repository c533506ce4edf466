// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>
#include <chrono>

#include "app/workbench/command/commands.h"
#include "app/workbench/settings/theme.h"
#include "core/training/trainer.h"
#include "hw_backend/estimate/resource_model.h"

namespace a2q::workbench {

/// Place of a window and arrangement of its docks, as QMainWindow gives them; empty: none stored.
struct StoredLayout {
  QByteArray geometry;
  QByteArray state;
};

/// What hardware is estimated for, and how.
struct HardwareChoice {
  QString place = QStringLiteral("pynq-z2");  ///< a board or a device
  ModelKind model = ModelKind::kCalibrated;
  int utilisation = 70;  ///< per cent of the device that may be used
  int clock_mhz = 0;     ///< 0: what the design is estimated to reach
  bool operator==(const HardwareChoice&) const = default;
};

/// What the workbench remembers from one start to the next, in an INI file. What is missing,
/// unknown or damaged in the file reads as the default.
class Settings : public QObject {
  Q_OBJECT

 public:
  static constexpr int kRecentProjects = 10;
  static constexpr std::chrono::seconds kUsualAutosave{120};
  static constexpr std::chrono::seconds kLeastAutosave{10};
  static constexpr std::chrono::seconds kMostAutosave{3600};
  static constexpr int kMostThreads = 1024;

  /// $XDG_CONFIG_HOME/a2q/workbench.ini, or ~/.config/a2q/workbench.ini.
  [[nodiscard]] static QString usualPath();

  explicit Settings(const QString& path = usualPath(), QObject* parent = nullptr);

  [[nodiscard]] Theme theme() const;
  void setTheme(Theme theme);

  /// Absolute paths, most recent first, each once.
  [[nodiscard]] QStringList recentProjects() const;
  void addRecent(const QString& path);
  void removeRecent(const QString& path);
  void clearRecents();

  /// By the name of the layout: "train", "analyse", "compare", "hardware".
  [[nodiscard]] StoredLayout layout(const QString& name) const;
  void setLayout(const QString& name, const StoredLayout& layout);
  void forgetLayout(const QString& name);
  /// The layout shown last; empty: none yet.
  [[nodiscard]] QString currentLayout() const;
  void setCurrentLayout(const QString& name);

  /// Of the commands whose keys were changed.
  [[nodiscard]] ShortcutMap shortcuts() const;
  void setShortcuts(const ShortcutMap& changed);

  [[nodiscard]] ComputeOptions compute() const;
  void setCompute(const ComputeOptions& compute);

  [[nodiscard]] HardwareChoice hardware() const;
  void setHardware(const HardwareChoice& choice);

  [[nodiscard]] std::chrono::seconds autosaveInterval() const;
  void setAutosaveInterval(std::chrono::seconds interval);

  [[nodiscard]] bool showsWelcome() const;
  void setShowsWelcome(bool shows);

  /// Live panes draw more seldom, and without trails, so that training has more of the processors.
  [[nodiscard]] bool reducesDrawing() const;
  void setReducesDrawing(bool reduces);

  [[nodiscard]] QString path() const { return store_.fileName(); }

 Q_SIGNALS:
  /// Anything but layouts and recent projects has another value.
  void changed();
  void recentChanged();

 private:
  void store(const QString& key, const QVariant& value);

  QSettings store_;
};

/// Whether `device` is one that ComputeOptions knows: "cpu", "auto", "cuda", "cuda:N".
[[nodiscard]] bool isComputeDevice(const QString& device);

}  // namespace a2q::workbench
