// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/dialogs/help_window.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <utility>

#include "app/workbench/dialogs/help_pages.h"

namespace a2q::workbench {
namespace {

constexpr int kFileRole = Qt::UserRole;

double topOf(const QTextBrowser& text, const QTextBlock& block) {
  return text.document()->documentLayout()->blockBoundingRect(block).top();
}

bool isHeading(const QTextBlock& block) { return block.blockFormat().headingLevel() > 0; }

}  // namespace

HelpWindow::HelpWindow(const QString& shortcuts, QWidget* parent)
    : QDialog(parent), shortcuts_(shortcuts) {
  constexpr QSize kUsual(900, 640);
  setObjectName(QStringLiteral("help_window"));
  setWindowTitle(tr("A2Q Workbench: help"));
  build();
  resize(kUsual);
  showPage(QString::fromLatin1(helpPages().front().file));
}

void HelpWindow::build() {
  pages_ = new QListWidget;
  pages_->setAccessibleName(tr("Pages"));
  for (const HelpPage& page : helpPages()) {
    auto* item = new QListWidgetItem(QCoreApplication::translate("Help", page.title), pages_);
    item->setData(kFileRole, QString::fromLatin1(page.file));
  }
  query_ = new QLineEdit;
  query_->setPlaceholderText(tr("Find in this page; Enter: the next place"));
  query_->setAccessibleName(tr("Find in this page"));
  query_->setClearButtonEnabled(true);
  text_ = new QTextBrowser;
  text_->setOpenLinks(false);
  text_->setAccessibleName(tr("Text of the page"));
  text_->document()->setDocumentMargin(12);
  auto* right = new QWidget;
  auto* column = new QVBoxLayout(right);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(query_);
  column->addWidget(text_, 1);
  auto* halves = new QSplitter;
  halves->addWidget(pages_);
  halves->addWidget(right);
  halves->setStretchFactor(1, 1);
  halves->setSizes({170, 700});
  auto* whole = new QVBoxLayout(this);
  whole->addWidget(halves);
  connect(pages_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
    if (item != nullptr) showPage(item->data(kFileRole).toString());
  });
  connect(query_, &QLineEdit::returnPressed, this, &HelpWindow::find);
  connect(text_, &QTextBrowser::anchorClicked, this, &HelpWindow::follow);
}

void HelpWindow::load() { text_->setMarkdown(helpText(page_, shortcuts_)); }

void HelpWindow::showPage(const QString& file, const QString& heading) {
  if (page_ != file) {
    page_ = file;
    load();
    for (int row = 0; row < pages_->count(); ++row) {
      if (pages_->item(row)->data(kFileRole) == file) pages_->setCurrentRow(row);
    }
  }
  if (!scrollTo(heading)) text_->verticalScrollBar()->setValue(0);
}

void HelpWindow::showPane(const QString& heading) {
  if (!isVisible()) wanted_ = heading;
  showPage(QString::fromLatin1(helpPages().front().file), heading);
}

void HelpWindow::setShortcuts(const QString& shortcuts) {
  if (shortcuts == shortcuts_) return;
  shortcuts_ = shortcuts;
  load();
}

bool HelpWindow::scrollTo(const QString& heading) {
  if (heading.isEmpty()) return false;
  for (QTextBlock block = text_->document()->begin(); block.isValid(); block = block.next()) {
    if (!isHeading(block) || block.text().compare(heading, Qt::CaseInsensitive) != 0) continue;
    text_->setTextCursor(QTextCursor(block));
    text_->verticalScrollBar()->setValue(static_cast<int>(topOf(*text_, block)));
    return true;
  }
  return false;
}

QString HelpWindow::headingAtTop() const {
  QString heading;
  for (QTextBlock block = text_->document()->begin(); block.isValid(); block = block.next()) {
    if (static_cast<int>(topOf(*text_, block)) > text_->verticalScrollBar()->value()) break;
    if (isHeading(block)) heading = block.text();
  }
  return heading;
}

void HelpWindow::follow(const QUrl& link) {
  if (!link.isRelative()) {
    QDesktopServices::openUrl(link);
    return;
  }
  showPage(link.path().isEmpty() ? page_ : link.path(),
           link.fragment().replace(QLatin1Char('-'), QLatin1Char(' ')));
}

void HelpWindow::find() {
  if (query_->text().isEmpty() || text_->find(query_->text())) return;
  text_->moveCursor(QTextCursor::Start);  // on from the top
  text_->find(query_->text());
}

void HelpWindow::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  // Lines have their places only now that the page has its width.
  if (!wanted_.isEmpty()) scrollTo(std::exchange(wanted_, {}));
}

void HelpWindow::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  // The colours of links are written into the document when it is read.
  if (event->type() == QEvent::PaletteChange && text_ != nullptr) {
    const int place = text_->verticalScrollBar()->value();
    load();
    text_->verticalScrollBar()->setValue(place);
  }
}

}  // namespace a2q::workbench
