// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

#include "core/project/project_templates.h"

class QPushButton;
class QVBoxLayout;

namespace a2q::views {

/// A project that was open before.
struct RecentProject {
  QString path;
  bool found = true;
};

/// The first page: what the program does, one button that leads to a trained network, and the ways
/// to other projects.
class WelcomeView : public QWidget {
  Q_OBJECT

 public:
  explicit WelcomeView(QWidget* parent = nullptr);

  /// The newest first.
  void showRecent(const std::vector<RecentProject>& projects);
  void showTemplates(const std::vector<ProjectTemplate>& templates);

  [[nodiscard]] QPushButton& sampleButton() const { return *sample_; }

 Q_SIGNALS:
  void sampleWanted();
  void newWanted();
  void openDialogWanted();
  void openWanted(const QString& path);
  void forgetWanted(const QString& path);
  void templateWanted(const QString& name);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  [[nodiscard]] QWidget* createPage();
  void addStart(QVBoxLayout& column);
  void addLegend(QVBoxLayout& column);
  void addRecent(const RecentProject& project);

  QPushButton* sample_ = nullptr;
  QVBoxLayout* recent_ = nullptr;
  QVBoxLayout* templates_ = nullptr;
};

}  // namespace a2q::views
