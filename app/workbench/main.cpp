// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include "app/workbench/settings/theme.h"
#include "app/workbench/window/main_window.h"
#include "core/base/version.h"

namespace {

/// openTrainer() sets the same on the compute lane; here no other thread reads the environment yet.
void quietIdleThreads() {
  if (!qEnvironmentVariableIsSet("OMP_WAIT_POLICY")) qputenv("OMP_WAIT_POLICY", "passive");
  if (!qEnvironmentVariableIsSet("GOMP_SPINCOUNT")) qputenv("GOMP_SPINCOUNT", "0");
}

QString specificationOf(const QApplication& application) {
  QCommandLineParser parser;
  parser.setApplicationDescription(QApplication::translate(
      "main", "Trains quantized networks whose accumulators provably never overflow."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("FILE"),
      QApplication::translate("main", "Project, or specification in TOML (default: the sample)"),
      QStringLiteral("[FILE]"));
  parser.process(application);
  return parser.positionalArguments().value(0);
}

}  // namespace

int main(int argc, char** argv) {
  quietIdleThreads();
  const QApplication application(argc, argv);
  const auto version = a2q::version();
  QApplication::setApplicationName(QStringLiteral("a2q-workbench"));
  QApplication::setApplicationVersion(
      QString::fromUtf8(version.data(), static_cast<qsizetype>(version.size())));
  const QString specification = specificationOf(application);
  a2q::workbench::MainWindow window;
  a2q::workbench::ThemeKeeper themes(qApp);
  const auto& settings = window.settings();
  const auto take_theme = [&] { themes.setTheme(settings.theme()); };
  QObject::connect(&settings, &a2q::workbench::Settings::changed, &themes, take_theme);
  take_theme();
  window.show();
  if (!specification.isEmpty()) {
    QTimer::singleShot(0, &window, [&] { window.openFile(specification.toStdString()); });
  } else {
    QTimer::singleShot(0, &window, [&] { window.offerRecovery(); });
  }
  return QApplication::exec();
}
