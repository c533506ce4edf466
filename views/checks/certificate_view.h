// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QWidget>

#include "core/training/run_record.h"

class QLabel;
class QTableView;

namespace a2q::views {

class CertificateModel;

/// What is proven about the accumulators of a run: the verdict in words and a row a layer.
class CertificateView : public QWidget {
  Q_OBJECT

 public:
  explicit CertificateView(QWidget* parent = nullptr);

  void showRecord(const RunRecord& record);
  /// Back to the words that say how to get a certificate.
  void clear();

  /// Marks the row of a layer; one that is not there: none.
  void setLayer(const QString& layer);

  [[nodiscard]] QString verdict() const;
  [[nodiscard]] int layerCount() const;

 Q_SIGNALS:
  /// A person chose the row of a layer.
  void layerChosen(const QString& layer);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// In a low pane the layers are worth more than the line about policies, which is a tooltip too.
  void shareHeight();
  void setVerdict(const QString& text, QFont::Weight weight);

  QLabel* verdict_ = nullptr;
  QLabel* policies_ = nullptr;
  QTableView* table_ = nullptr;
  CertificateModel* model_ = nullptr;
};

}  // namespace a2q::views
