// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/settings/settings.h"

#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>
#include <algorithm>
#include <array>

#include "views/resources/limits_box.h"

namespace a2q::workbench {
namespace {

constexpr auto kThemeKey = "appearance/theme";
constexpr auto kWelcomeKey = "appearance/show_welcome";
constexpr auto kReducedKey = "appearance/reduced_drawing";
constexpr auto kAutosaveKey = "projects/autosave_seconds";
constexpr auto kRecentKey = "projects/recent";
constexpr auto kDeviceKey = "compute/device";
constexpr auto kThreadsKey = "compute/threads";
constexpr auto kPlaceKey = "hardware/device";
constexpr auto kModelKey = "hardware/model";
constexpr auto kUtilisationKey = "hardware/utilisation_percent";
constexpr auto kClockKey = "hardware/clock_mhz";
constexpr auto kLayoutKey = "layouts/current";

/// By Theme.
constexpr std::array kThemeNames = {"system", "light", "dark"};

QString keyOf(const char* key) { return QString::fromLatin1(key); }

QString layoutKey(const QString& name, const char* part) {
  return QStringLiteral("layouts/%1/%2").arg(name, QLatin1String(part));
}

/// A whole number from `least` to `most`, else `usual`.
int numberIn(const QVariant& value, int least, int most, int usual) {
  bool sound = false;
  const int number = value.toString().toInt(&sound);
  return sound && number >= least && number <= most ? number : usual;
}

bool switchIn(const QVariant& value, bool usual) {
  const QString text = value.toString();
  if (text == QLatin1String("true")) return true;
  return text == QLatin1String("false") ? false : usual;
}

}  // namespace

bool isComputeDevice(const QString& device) {
  static const QRegularExpression form(QStringLiteral("^(cpu|auto|cuda(:[0-9]{1,2})?)$"));
  return form.match(device).hasMatch();
}

QString Settings::usualPath() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
         QStringLiteral("/a2q/workbench.ini");
}

Settings::Settings(const QString& path, QObject* parent)
    : QObject(parent), store_(path, QSettings::IniFormat) {}

void Settings::store(const QString& key, const QVariant& value) {
  if (store_.value(key) == value) return;
  store_.setValue(key, value);
  Q_EMIT changed();
}

Theme Settings::theme() const {
  const QString name = store_.value(keyOf(kThemeKey)).toString();
  const auto found = std::find(kThemeNames.begin(), kThemeNames.end(), name);
  return found == kThemeNames.end() ? Theme::kSystem
                                    : static_cast<Theme>(found - kThemeNames.begin());
}

void Settings::setTheme(Theme theme) {
  store(keyOf(kThemeKey), keyOf(kThemeNames[static_cast<std::size_t>(theme)]));
}

QStringList Settings::recentProjects() const {
  QStringList paths;
  for (const QString& path : store_.value(keyOf(kRecentKey)).toStringList()) {
    if (QDir::isAbsolutePath(path) && !paths.contains(path)) paths << path;
  }
  return paths.mid(0, kRecentProjects);
}

void Settings::addRecent(const QString& path) {
  const QString whole = QDir::cleanPath(QDir().absoluteFilePath(path));
  QStringList paths = recentProjects();
  paths.removeAll(whole);
  paths.prepend(whole);
  store_.setValue(keyOf(kRecentKey), paths.mid(0, kRecentProjects));
  Q_EMIT recentChanged();
}

void Settings::removeRecent(const QString& path) {
  QStringList paths = recentProjects();
  if (paths.removeAll(path) == 0) return;
  store_.setValue(keyOf(kRecentKey), paths);
  Q_EMIT recentChanged();
}

void Settings::clearRecents() {
  store_.remove(keyOf(kRecentKey));
  Q_EMIT recentChanged();
}

StoredLayout Settings::layout(const QString& name) const {
  return {store_.value(layoutKey(name, "geometry")).toByteArray(),
          store_.value(layoutKey(name, "state")).toByteArray()};
}

void Settings::setLayout(const QString& name, const StoredLayout& layout) {
  store_.setValue(layoutKey(name, "geometry"), layout.geometry);
  store_.setValue(layoutKey(name, "state"), layout.state);
}

void Settings::forgetLayout(const QString& name) {
  store_.remove(layoutKey(name, "geometry"));
  store_.remove(layoutKey(name, "state"));
}

QString Settings::currentLayout() const { return store_.value(keyOf(kLayoutKey)).toString(); }

void Settings::setCurrentLayout(const QString& name) { store_.setValue(keyOf(kLayoutKey), name); }

ShortcutMap Settings::shortcuts() const {
  ShortcutMap map;
  const QString folder = QStringLiteral("shortcuts/");
  for (const QString& key : store_.allKeys()) {
    if (!key.startsWith(folder)) continue;
    const QString text = store_.value(key).toString();
    const auto keys = QKeySequence::fromString(text, QKeySequence::PortableText);
    // A text that names no keys is damage, while none at all was a person's wish.
    const bool sound = text.isEmpty() || keys.toString(QKeySequence::PortableText) == text;
    if (sound) map.insert(key.mid(folder.size()), keys);
  }
  return map;
}

void Settings::setShortcuts(const ShortcutMap& changed_ones) {
  if (changed_ones == shortcuts()) return;
  store_.remove(QStringLiteral("shortcuts"));
  for (auto it = changed_ones.begin(); it != changed_ones.end(); ++it) {
    store_.setValue(QStringLiteral("shortcuts/") + it.key(),
                    it.value().toString(QKeySequence::PortableText));
  }
  Q_EMIT changed();
}

ComputeOptions Settings::compute() const {
  ComputeOptions options;
  const QString device = store_.value(keyOf(kDeviceKey)).toString();
  if (isComputeDevice(device)) options.device = device.toStdString();
  options.threads = numberIn(store_.value(keyOf(kThreadsKey)), 0, kMostThreads, 0);
  return options;
}

void Settings::setCompute(const ComputeOptions& compute) {
  store(keyOf(kDeviceKey), QString::fromStdString(compute.device));
  store(keyOf(kThreadsKey), compute.threads);
}

HardwareChoice Settings::hardware() const {
  HardwareChoice choice;
  const QString place = store_.value(keyOf(kPlaceKey)).toString();
  if (findDevice(place.toStdString())) choice.place = place;
  const std::string model = store_.value(keyOf(kModelKey)).toString().toStdString();
  if (model == modelName(ModelKind::kFinn)) choice.model = ModelKind::kFinn;
  choice.utilisation = numberIn(store_.value(keyOf(kUtilisationKey)), views::LimitsBox::kLeastUse,
                                views::LimitsBox::kMostUse, choice.utilisation);
  choice.clock_mhz =
      numberIn(store_.value(keyOf(kClockKey)), 0, views::LimitsBox::kMostClock, choice.clock_mhz);
  return choice;
}

void Settings::setHardware(const HardwareChoice& choice) {
  const std::string model(modelName(choice.model));
  store(keyOf(kPlaceKey), choice.place);
  store(keyOf(kModelKey), QString::fromStdString(model));
  store(keyOf(kUtilisationKey), choice.utilisation);
  store(keyOf(kClockKey), choice.clock_mhz);
}

std::chrono::seconds Settings::autosaveInterval() const {
  return std::chrono::seconds(
      numberIn(store_.value(keyOf(kAutosaveKey)), static_cast<int>(kLeastAutosave.count()),
               static_cast<int>(kMostAutosave.count()), static_cast<int>(kUsualAutosave.count())));
}

void Settings::setAutosaveInterval(std::chrono::seconds interval) {
  store(keyOf(kAutosaveKey), static_cast<int>(interval.count()));
}

bool Settings::showsWelcome() const { return switchIn(store_.value(keyOf(kWelcomeKey)), true); }

void Settings::setShowsWelcome(bool shows) { store(keyOf(kWelcomeKey), shows); }

bool Settings::reducesDrawing() const { return switchIn(store_.value(keyOf(kReducedKey)), false); }

void Settings::setReducesDrawing(bool reduces) { store(keyOf(kReducedKey), reduces); }

}  // namespace a2q::workbench
