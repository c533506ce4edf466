// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

class QLineEdit;
class QListWidget;
class QTextBrowser;
class QUrl;

namespace a2q::workbench {

/// The documentation: a list of pages, the page, and a search in it. It stays open beside the
/// window.
class HelpWindow : public QDialog {
  Q_OBJECT

 public:
  /// `shortcuts` is CommandSet::shortcutTable().
  HelpWindow(const QString& shortcuts, QWidget* parent);

  /// Shows a page from the heading of that text on, or from its start where there is none.
  void showPage(const QString& file, const QString& heading = {});
  /// The heading that the page of the window has for a pane, see helpHeadingFor().
  void showPane(const QString& heading);
  void setShortcuts(const QString& shortcuts);

  [[nodiscard]] const QString& page() const { return page_; }
  /// The nearest heading above the first line shown; for tests.
  [[nodiscard]] QString headingAtTop() const;

 protected:
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void follow(const QUrl& link);
  void load();
  bool scrollTo(const QString& heading);
  void find();

  QString shortcuts_;
  QString page_;
  QString wanted_;  ///< the heading to begin at when the window opens
  QListWidget* pages_ = nullptr;
  QLineEdit* query_ = nullptr;
  QTextBrowser* text_ = nullptr;
};

}  // namespace a2q::workbench
