// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/checks_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "views/checks/certificate_view.h"
#include "views/checks/check_list.h"

namespace a2q::views {

ChecksView::ChecksView(Selection& selection, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      checks_(checksNotRun()),
      certificate_(new CertificateView),
      list_(new CheckList),
      run_(new QPushButton(tr("Run &checks"))) {
  constexpr QSize kSmallest(300, 110);
  setMinimumSize(kSmallest);
  setObjectName(QStringLiteral("checks"));
  setAccessibleName(tr("Checks"));
  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 6, 8, 6);
  column->addWidget(list_, 1);
  column->addWidget(run_, 0, Qt::AlignLeft);
  auto* split = new QSplitter;
  split->addWidget(certificate_);
  split->addWidget(side);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  split->setChildrenCollapsible(false);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(split);
  connect(run_, &QPushButton::clicked, this, &ChecksView::runWanted);
  connect(certificate_, &CertificateView::layerChosen, &selection_, &Selection::selectLayer);
  connect(&selection_, &Selection::changed, this,
          [this] { certificate_->setLayer(selection_.layer()); });
  list_->show(checks_);
  updateButton();
}

void ChecksView::showRun(const StoryPointer& story) {
  const bool same_record = story_ && story_->record == story->record;
  story_ = story;
  if (!same_record) {
    if (story->record) {
      certificate_->showRecord(*story->record);
      certificate_->setLayer(selection_.layer());
    } else {
      certificate_->clear();
    }
  }
  updateButton();
}

void ChecksView::showChecks(const std::vector<CheckResult>& checks) {
  if (checks == checks_) return;
  checks_ = checks;
  list_->show(checks_);
  updateButton();
}

QString ChecksView::obstacle() const {
  const auto running = [](const CheckResult& check) { return check.state == CheckState::kRunning; };
  if (std::ranges::any_of(checks_, running)) return tr("The checks run. Jobs can cancel them.");
  if (!story_ || !story_->record) {
    return tr("There is nothing to check before a training has ended.");
  }
  if (story_->record->certificate.layers.empty()) {
    return tr("A float network has no integers to check.");
  }
  return {};
}

void ChecksView::updateButton() {
  const QString why_not = obstacle();
  run_->setEnabled(why_not.isEmpty());
  run_->setToolTip(why_not.isEmpty()
                       ? tr("Lowers the trained network to integers, compares every code on the "
                            "test samples, and replays the worst inputs. Changes nothing.")
                       : why_not);
  run_->setAccessibleDescription(run_->toolTip());
}

QString ChecksView::checkText(int row, int column) const {
  const QTableWidgetItem* const cell = list_->item(row, column);
  return cell == nullptr ? QString() : cell->text();
}

void ChecksView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) list_->show(checks_);
}

}  // namespace a2q::views
