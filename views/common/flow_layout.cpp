// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/flow_layout.h"

#include <algorithm>

namespace a2q::views {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {
  constexpr int kSpacing = 6;
  setContentsMargins(0, 0, 0, 0);
  setSpacing(kSpacing);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem* item) { items_.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  if (itemAt(index) == nullptr) return nullptr;
  QLayoutItem* const item = items_[static_cast<std::size_t>(index)].release();
  items_.erase(items_.begin() + index);
  return item;
}

int FlowLayout::heightForWidth(int width) const {
  return place({0, 0, width, 0}, Placing::kMeasure);
}

QSize FlowLayout::sizeHint() const {
  QSize size(0, 0);
  for (const auto& item : items_) {
    if (item->isEmpty()) continue;
    const QSize one = item->sizeHint();
    size.rwidth() += one.width() + (size.width() > 0 ? spacing() : 0);
    size.setHeight(std::max(size.height(), one.height()));
  }
  return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const {
  QSize size(0, 0);
  for (const auto& item : items_) {
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  }
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& place) {
  QLayout::setGeometry(place);
  this->place(place, Placing::kMove);
}

int FlowLayout::place(const QRect& place, Placing placing) const {
  const QRect inside = place.marginsRemoved(contentsMargins());
  QPoint corner = inside.topLeft();
  int line = 0;
  for (const auto& item : items_) {
    if (item->isEmpty()) continue;
    const QSize size(std::min(item->sizeHint().width(), inside.width()), item->sizeHint().height());
    if (line > 0 && corner.x() + size.width() > inside.right() + 1) {
      corner = {inside.left(), corner.y() + line + spacing()};
      line = 0;
    }
    if (placing == Placing::kMove) item->setGeometry({corner, size});
    corner.rx() += size.width() + spacing();
    line = std::max(line, size.height());
  }
  return corner.y() + line - place.top() + contentsMargins().bottom();
}

}  // namespace a2q::views
