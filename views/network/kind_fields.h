// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "core/network/network_spec.h"

class QFormLayout;
class QSpinBox;

namespace a2q::views {

/// The fields of a form for what a kind of layer has: filters, kernel, stride and so on, with the
/// words of the specification.
class KindFields : public QObject {
  Q_OBJECT

 public:
  /// Adds its rows to the form. `activations`: names whose scale an activation may share.
  KindFields(const LayerKind& kind, const QStringList& activations, QFormLayout& form);

  /// The layer as the fields say it.
  [[nodiscard]] LayerKind value() const;

 Q_SIGNALS:
  void changed();

 private:
  using Writer = std::function<void(LayerKind&)>;

  void addRows(const InputLayer& input);
  void addRows(const ConvLayer& conv);
  void addRows(const LinearLayer& linear);
  void addRows(const BatchNormLayer& norm);
  void addRows(const ActivationLayer& activation);
  void addRows(const PoolLayer& pool);
  void addRows(const ResizeLayer& resize);
  void addRows(const PixelShuffleLayer& shuffle);
  void addRows(const AddLayer& /*add*/) {}
  void addRows(const ConcatLayer& /*concat*/) {}
  void addRows(const FlattenLayer& /*flatten*/) {}
  void addRows(const OutputLayer& /*output*/) {}

  template <class Kind, class Member>
  void addInteger(const char* key, const QString& label, Member Kind::*member, const Kind& now,
                  int least, int most);
  template <class Kind>
  void addExtent(const char* key, const QString& label, Extent Kind::*member, const Kind& now,
                 int least);
  template <class Kind>
  void addFlag(const char* key, const QString& label, bool Kind::*member, const Kind& now);
  template <class Kind>
  void addNumber(const char* key, const QString& label, double Kind::*member, const Kind& now,
                 double most);
  QSpinBox* spin(const char* key, std::int64_t now, int least, int most);

  LayerKind kind_;
  QStringList activations_;
  QFormLayout& form_;
  std::vector<Writer> writers_;
};

}  // namespace a2q::views
