// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/messages.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QStringList>

#include "core/base/version.h"
#include "views/common/qcustomplot.h"

namespace a2q::workbench {
namespace {

/// Texts of the dialogs, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Messages)
};

QString codeOf(const Error& error) {
  return QStringLiteral("A2Q-%1").arg(errorInfo(error.code).number, 4, 10, QLatin1Char('0'));
}

}  // namespace

void showError(QWidget* parent, const Error& error) {
  QMessageBox box(parent);
  box.setObjectName(QStringLiteral("error"));
  box.setIcon(QMessageBox::Warning);
  box.setTextFormat(Qt::PlainText);
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
  box.exec();
}

void showAbout(QWidget* parent, const QString& backend) {
  const auto own = version();
  const QString library =
      backend.isEmpty() ? Words::tr("LibTorch: opened by the first training") : backend;
  QMessageBox::about(
      parent, Words::tr("About A2Q Workbench"),
      Words::tr("<h3>A2Q Workbench %1</h3>"
                "<p>Trains quantized neural networks whose integer accumulators provably never "
                "overflow.</p><p>Qt %2<br>QCustomPlot %3<br>%4</p>"
                "<p>Licence: GPL-3.0-or-later.</p>")
          .arg(QString::fromUtf8(own.data(), static_cast<qsizetype>(own.size())),
               QString::fromLatin1(qVersion()), QStringLiteral(QCUSTOMPLOT_VERSION_STR),
               library.toHtmlEscaped()));
}

}  // namespace a2q::workbench
