// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "views/resources/hardware_story.h"

class QLabel;
class QPushButton;

namespace a2q::views {

class LegalSpinBox;

/// PE and SIMD of one layer, for a person to decide.
class FoldingBox : public QWidget {
  Q_OBJECT

 public:
  explicit FoldingBox(QWidget* parent = nullptr);

  /// `layer`: position in the design's network; 0: none is selected.
  void showLayer(const HardwarePointer& story, std::size_t layer);

 Q_SIGNALS:
  void foldingWanted(const QString& layer, qint64 pe, qint64 simd);
  /// The search decides again.
  void foldingFreed(const QString& layer);

 private:
  void ask();

  QLabel* name_ = nullptr;
  LegalSpinBox* pe_ = nullptr;
  LegalSpinBox* simd_ = nullptr;
  QPushButton* free_ = nullptr;
  QString layer_;
};

}  // namespace a2q::views
