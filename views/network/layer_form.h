// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/network/edit.h"
#include "core/network/quant_limits.h"
#include "views/network/layer_facts.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;

namespace a2q::views {

class KindFields;
class OptionalBits;

/// Edits one layer on the spot: name, what its kind has, its bits, and the policy of the first or
/// last layer. Every change is tried at once; OK stays off until the network is sound.
class LayerForm : public QFrame {
  Q_OBJECT

 public:
  explicit LayerForm(QWidget* parent);

  /// Shows a layer of a sound specification.
  void open(const Experiment& experiment, const QString& layer);
  [[nodiscard]] QString layer() const { return layer_; }
  /// As large as its fields and the problem that it tells need.
  [[nodiscard]] QSize wantedSize() const;

 Q_SIGNALS:
  void accepted(const a2q::Experiment& edited, const QString& what);
  void cancelled();
  /// The problem that it tells has come, changed or gone.
  void sizeChanged();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void createFrame();
  void addBits(const LayerSettings& settings);
  void addOverrides(const LayerSettings& settings);
  void addEdge(const EdgePolicy& edge);
  OptionalBits* addOptional(const char* key, const QString& label, BitLimits limits,
                            std::optional<BitWidth> bits);
  [[nodiscard]] LayerSettings settings() const;
  [[nodiscard]] Result<Experiment> tried() const;
  void check();
  void showInherited();
  void finish();

  Experiment before_;
  QString layer_;
  EdgeRole role_ = EdgeRole::kHidden;
  QLabel* title_ = nullptr;
  QScrollArea* scroll_ = nullptr;
  QFormLayout* form_ = nullptr;
  QLabel* problem_ = nullptr;
  QPushButton* ok_ = nullptr;
  QLineEdit* name_ = nullptr;
  KindFields* kind_ = nullptr;
  QComboBox* method_ = nullptr;
  OptionalBits* weight_bits_ = nullptr;
  OptionalBits* activation_bits_ = nullptr;
  OptionalBits* accumulator_bits_ = nullptr;
  QSpinBox* edge_weight_bits_ = nullptr;
  QSpinBox* edge_activation_bits_ = nullptr;
  OptionalBits* edge_accumulator_bits_ = nullptr;
};

}  // namespace a2q::views
