// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/dialogs/about_dialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>
#include <utility>

#include "core/base/version.h"
#include "views/common/qcustomplot.h"

namespace a2q::workbench {
namespace {

QString text(std::string_view words) {
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

using Facts = QList<std::pair<QString, QString>>;

Facts factsOf(const QString& backend) {
  const BuildFacts build = buildFacts();
  const QString library =
      backend.isEmpty() ? AboutDialog::tr("opened by the first training") : backend;
  return {{AboutDialog::tr("Version"), text(version())},
          {AboutDialog::tr("Learning library"), library},
          {QStringLiteral("HDF5"), text(build.hdf5)},
          {QStringLiteral("Qt"),
           AboutDialog::tr("%1, built with %2")
               .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR))},
          {QStringLiteral("QCustomPlot"), QStringLiteral(QCUSTOMPLOT_VERSION_STR)},
          {AboutDialog::tr("Compiler"), text(build.compiler)},
          {AboutDialog::tr("Build"), text(build.build_type)},
          {AboutDialog::tr("System"), QSysInfo::prettyProductName()}};
}

QString richText(const Facts& facts) {
  QString rows;
  for (const auto& [name, value] : facts) {
    rows += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
                .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
  }
  return AboutDialog::tr(
             "<h2>A2Q Workbench</h2>"
             "<p>Trains quantized neural networks whose integer accumulators provably "
             "never overflow.</p><table style=\"margin-top: 8px\">%1</table>"
             "<p>Licence: <a href=\"https://www.gnu.org/licenses/gpl-3.0.html\">"
             "GPL-3.0-or-later</a>. There is no warranty.</p>")
      .arg(rows);
}

QString plainTextOf(const Facts& facts) {
  QString lines = QStringLiteral("A2Q Workbench\n");
  for (const auto& [name, value] : facts) lines += QStringLiteral("%1: %2\n").arg(name, value);
  return lines;
}

}  // namespace

AboutDialog::AboutDialog(const QString& backend, QWidget* parent) : QDialog(parent) {
  constexpr int kWidth = 420;
  setObjectName(QStringLiteral("about_dialog"));
  setWindowTitle(tr("About A2Q Workbench"));
  const Facts facts = factsOf(backend);
  plain_text_ = plainTextOf(facts);
  auto* label = new QLabel(richText(facts));
  label->setTextFormat(Qt::RichText);
  label->setWordWrap(true);
  label->setMinimumWidth(kWidth);
  label->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
  label->setOpenExternalLinks(true);
  label->setAccessibleName(tr("Versions and licence"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  auto* copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
  copy->setObjectName(QStringLiteral("copy"));
  copy->setToolTip(tr("Put the versions into the clipboard as plain text"));
  connect(copy, &QPushButton::clicked, this,
          [this] { QGuiApplication::clipboard()->setText(plain_text_); });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column = new QVBoxLayout(this);
  column->addWidget(label, 1);
  column->addWidget(buttons);
}

}  // namespace a2q::workbench
