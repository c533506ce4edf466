// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/welcome/welcome_view.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/welcome/budget_picture.h"
#include "views/welcome/entry_button.h"

namespace a2q::views {
namespace {

constexpr int kMargin = 28;
constexpr int kColumnGap = 36;
constexpr int kLineGap = 8;
constexpr int kWidest = 1080;

QLabel* words(const QString& text, double scale = 1, QFont::Weight weight = QFont::Normal) {
  auto* label = new QLabel(text);
  QFont font = label->font();
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * scale);
  font.setWeight(weight);
  label->setFont(font);
  label->setWordWrap(true);
  return label;
}

QLabel* heading(const QString& text) {
  constexpr double kHeading = 1.15;
  return words(text, kHeading, QFont::Bold);
}

void clear(QVBoxLayout& layout) {
  while (QLayoutItem* item = layout.takeAt(0)) {
    // A row may be the sender of what leads here.
    if (item->widget() != nullptr) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
}

}  // namespace

WelcomeView::WelcomeView(QWidget* parent) : QWidget(parent) {
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(createPage());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(scroll);
}

QWidget* WelcomeView::createPage() {
  // A layout inside another takes the other's spacing, unless told.
  auto* left = new QVBoxLayout;
  left->setSpacing(kLineGap);
  addStart(*left);
  left->addSpacing(12);
  left->addWidget(heading(tr("Recent projects")));
  recent_ = new QVBoxLayout;
  recent_->setSpacing(1);
  left->addLayout(recent_);
  left->addStretch(1);
  auto* right = new QVBoxLayout;
  right->setSpacing(kLineGap);
  addLegend(*right);
  right->addSpacing(12);
  right->addWidget(heading(tr("Begin with a network of the papers")));
  templates_ = new QVBoxLayout;
  templates_->setSpacing(1);
  right->addLayout(templates_);
  right->addStretch(1);
  auto* body = new QWidget;
  body->setMaximumWidth(kWidest);
  auto* columns = new QHBoxLayout(body);
  columns->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  columns->setSpacing(kColumnGap);
  columns->addLayout(left, 6);
  columns->addLayout(right, 5);
  auto* page = new QWidget;
  auto* middle = new QHBoxLayout(page);
  middle->setContentsMargins(0, 0, 0, 0);
  middle->addStretch(1);
  middle->addWidget(body, 1000);
  middle->addStretch(1);
  showRecent({});
  showTemplates({});
  return page;
}

void WelcomeView::addStart(QVBoxLayout& column) {
  constexpr double kTitle = 1.9;
  constexpr double kButton = 1.1;
  column.addWidget(words(tr("A2Q Workbench"), kTitle, QFont::Bold));
  column.addWidget(
      words(tr("Trains quantized neural networks whose accumulators provably never "
               "overflow: narrow them to a few bits, with a proof for every channel.")));
  column.addSpacing(8);
  sample_ = new QPushButton(tr("Open the sample: trains in under a minute"));
  QFont font = sample_->font();
  if (font.pointSizeF() > 0) font.setPointSizeF(font.pointSizeF() * kButton);
  font.setBold(true);
  sample_->setFont(font);
  sample_->setDefault(true);
  sample_->setAutoDefault(true);
  sample_->setMinimumHeight(46);
  sample_->setToolTip(tr("A small LeNet on generated digits; needs no download"));
  connect(sample_, &QPushButton::clicked, this, &WelcomeView::sampleWanted);
  column.addWidget(sample_);
  auto* create = new QPushButton(tr("&New project…"));
  auto* open = new QPushButton(tr("&Open…"));
  for (QPushButton* button : {create, open}) button->setAutoDefault(true);
  connect(create, &QPushButton::clicked, this, &WelcomeView::newWanted);
  connect(open, &QPushButton::clicked, this, &WelcomeView::openDialogWanted);
  auto* row = new QHBoxLayout;
  row->setSpacing(kLineGap);
  row->addWidget(create, 1);
  row->addWidget(open, 1);
  column.addLayout(row);
}

void WelcomeView::addLegend(QVBoxLayout& column) {
  column.addWidget(heading(tr("What you will see")));
  column.addWidget(new BudgetPicture);
  column.addWidget(words(tr("▮  A bar a layer: its largest ‖q‖₁, live while it trains.")));
  column.addWidget(words(tr("―  The red line: the budget that P accumulator bits allow.")));
  column.addWidget(words(tr("✓  Below the line no input can overflow, and a check proves it.")));
}

void WelcomeView::showRecent(const std::vector<RecentProject>& projects) {
  clear(*recent_);
  if (projects.empty()) recent_->addWidget(words(tr("None yet: a project you save appears here.")));
  for (const RecentProject& project : projects) addRecent(project);
}

void WelcomeView::addRecent(const RecentProject& project) {
  const QString name = QFileInfo(project.path).completeBaseName();
  auto* button = new EntryButton(project.found ? name : tr("%1 (not found)").arg(name),
                                 project.path, Qt::ElideMiddle);
  button->setEnabled(project.found);
  auto* forget = new QToolButton;
  forget->setText(QStringLiteral("✕"));
  forget->setAutoRaise(true);
  forget->setFocusPolicy(Qt::StrongFocus);
  forget->setToolTip(tr("Remove from this list; the file stays"));
  forget->setAccessibleName(tr("Remove %1 from this list").arg(name));
  const QString path = project.path;
  connect(button, &EntryButton::clicked, this, [this, path] { Q_EMIT openWanted(path); });
  connect(button, &EntryButton::removeWanted, this, [this, path] { Q_EMIT forgetWanted(path); });
  connect(forget, &QToolButton::clicked, this, [this, path] { Q_EMIT forgetWanted(path); });
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(2);
  line->addWidget(button, 1);
  line->addWidget(forget);
  recent_->addWidget(row);
}

void WelcomeView::showTemplates(const std::vector<ProjectTemplate>& templates) {
  clear(*templates_);
  for (const ProjectTemplate& one : templates) {
    const QString name = QString::fromStdString(one.name);
    auto* button = new EntryButton(name, QString::fromStdString(one.summary), Qt::ElideRight);
    connect(button, &EntryButton::clicked, this, [this, name] { Q_EMIT templateWanted(name); });
    templates_->addWidget(button);
  }
}

void WelcomeView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  // Enter at the first sight of the program opens the sample.
  if (focusWidget() == nullptr) sample_->setFocus();
}

}  // namespace a2q::views
