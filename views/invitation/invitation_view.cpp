// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/invitation/invitation_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace a2q::views {

InvitationView::InvitationView(QWidget* parent)
    : QFrame(parent),
      title_(new QLabel),
      text_(new QLabel),
      start_(new QPushButton(tr("&Start training"))) {
  constexpr double kTitleScale = 1.25;
  setObjectName(QStringLiteral("invitation"));
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::AlternateBase);
  QFont large = title_->font();
  large.setPointSizeF(large.pointSizeF() * kTitleScale);
  large.setBold(true);
  title_->setFont(large);
  title_->setWordWrap(true);
  text_->setWordWrap(true);
  start_->setDefault(true);
  start_->setMinimumHeight(40);
  start_->setMinimumWidth(150);
  start_->setToolTip(tr("Train the network that is loaded (F5)"));
  auto* words = new QVBoxLayout;
  words->addWidget(title_);
  words->addWidget(text_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 10, 12, 10);
  row->setSpacing(16);
  row->addLayout(words, 1);
  row->addWidget(start_, 0, Qt::AlignVCenter);
  connect(start_, &QPushButton::clicked, this, &InvitationView::startWanted);
}

void InvitationView::showText(const QString& title, const QString& text) {
  title_->setText(title);
  text_->setText(text);
  start_->setAccessibleDescription(title + QStringLiteral(". ") + text);
}

}  // namespace a2q::views
