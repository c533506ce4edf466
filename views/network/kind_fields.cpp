// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/kind_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

#include "core/network/quant_limits.h"

namespace a2q::views {
namespace {

constexpr int kMostChannels = 1 << 20;
constexpr int kMostExtent = 4096;
constexpr int kMostFactor = 64;
constexpr int kLargestDataValue = 255;

}  // namespace

KindFields::KindFields(const LayerKind& kind, const QStringList& activations, QFormLayout& form)
    : QObject(form.parentWidget()), kind_(kind), activations_(activations), form_(form) {
  std::visit([this](const auto& layer) { addRows(layer); }, kind_);
}

LayerKind KindFields::value() const {
  LayerKind kind = kind_;
  for (const Writer& write : writers_) write(kind);
  return kind;
}

QSpinBox* KindFields::spin(const char* key, std::int64_t now, int least, int most) {
  auto* field = new QSpinBox;
  field->setRange(least, most);
  field->setValue(static_cast<int>(now));
  field->setObjectName(QString::fromLatin1(key));
  field->setAccessibleName(QString::fromLatin1(key));
  connect(field, &QSpinBox::valueChanged, this, &KindFields::changed);
  return field;
}

template <class Kind, class Member>
void KindFields::addInteger(const char* key, const QString& label, Member Kind::*member,
                            const Kind& now, int least, int most) {
  QSpinBox* field = spin(key, now.*member, least, most);
  form_.addRow(label, field);
  writers_.emplace_back(
      [field, member](LayerKind& kind) { std::get<Kind>(kind).*member = field->value(); });
}

template <class Kind>
void KindFields::addExtent(const char* key, const QString& label, Extent Kind::*member,
                           const Kind& now, int least) {
  QSpinBox* height = spin(key, (now.*member).height, least, kMostExtent);
  QSpinBox* width = spin(key, (now.*member).width, least, kMostExtent);
  width->setObjectName(QString::fromLatin1(key) + QStringLiteral("_width"));
  height->setAccessibleDescription(tr("Height"));
  width->setAccessibleDescription(tr("Width"));
  auto* row = new QHBoxLayout;
  row->addWidget(height, 1);
  row->addWidget(new QLabel(QStringLiteral("×")));
  row->addWidget(width, 1);
  form_.addRow(label, row);
  writers_.emplace_back([height, width, member](LayerKind& kind) {
    std::get<Kind>(kind).*member = Extent{height->value(), width->value()};
  });
}

template <class Kind>
void KindFields::addFlag(const char* key, const QString& label, bool Kind::*member,
                         const Kind& now) {
  auto* field = new QCheckBox(label);
  field->setObjectName(QString::fromLatin1(key));
  field->setChecked(now.*member);
  connect(field, &QCheckBox::toggled, this, &KindFields::changed);
  form_.addRow(QString(), field);
  writers_.emplace_back(
      [field, member](LayerKind& kind) { std::get<Kind>(kind).*member = field->isChecked(); });
}

template <class Kind>
void KindFields::addNumber(const char* key, const QString& label, double Kind::*member,
                           const Kind& now, double most) {
  constexpr int kDecimals = 12;
  auto* field = new QDoubleSpinBox;
  field->setDecimals(kDecimals);
  field->setRange(0, most);
  field->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
  field->setObjectName(QString::fromLatin1(key));
  field->setAccessibleName(QString::fromLatin1(key));
  field->setValue(now.*member);
  connect(field, &QDoubleSpinBox::valueChanged, this, &KindFields::changed);
  form_.addRow(label, field);
  // A number that nobody touched keeps all its digits.
  const double shown = field->value();
  writers_.emplace_back([field, member, shown](LayerKind& kind) {
    if (field->value() != shown) std::get<Kind>(kind).*member = field->value();
  });
}

void KindFields::addRows(const InputLayer& input) {
  QSpinBox* channels = spin("channels", input.shape.channels, 1, kMostChannels);
  QSpinBox* height = spin("height", input.shape.height, 1, kMostExtent);
  QSpinBox* width = spin("width", input.shape.width, 1, kMostExtent);
  QSpinBox* bits =
      spin("bits", input.format.width.bits, kActivationBits.least, kActivationBits.most);
  form_.addRow(tr("Channels"), channels);
  form_.addRow(tr("Height"), height);
  form_.addRow(tr("Width"), width);
  form_.addRow(tr("N, bits of a code"), bits);
  auto* is_signed = new QCheckBox(tr("Signed codes"));
  is_signed->setObjectName(QStringLiteral("signed"));
  is_signed->setChecked(input.format.isSigned());
  connect(is_signed, &QCheckBox::toggled, this, &KindFields::changed);
  form_.addRow(QString(), is_signed);
  writers_.emplace_back([=](LayerKind& kind) {
    auto& layer = std::get<InputLayer>(kind);
    layer.shape = {channels->value(), height->value(), width->value()};
    layer.format = {{bits->value()},
                    is_signed->isChecked() ? Signedness::kSigned : Signedness::kUnsigned};
  });
  addNumber("scale", tr("Scale, value of code 1"), &InputLayer::scale, input, kMostExtent);
  addInteger("offset", tr("Offset, data value of code 0"), &InputLayer::offset, input, 0,
             kLargestDataValue);
  addInteger("step", tr("Step, data values a code"), &InputLayer::step, input, 1,
             kLargestDataValue);
}

void KindFields::addRows(const ConvLayer& conv) {
  addInteger("filters", tr("Filters"), &ConvLayer::filters, conv, 1, kMostChannels);
  addExtent("kernel", tr("Kernel"), &ConvLayer::kernel, conv, 1);
  addExtent("stride", tr("Stride"), &ConvLayer::stride, conv, 1);
  addExtent("padding", tr("Padding"), &ConvLayer::padding, conv, 0);
  addInteger("groups", tr("Groups"), &ConvLayer::groups, conv, 1, kMostChannels);
  addFlag("bias", tr("Bias"), &ConvLayer::bias, conv);
}

void KindFields::addRows(const LinearLayer& linear) {
  addInteger("features", tr("Features"), &LinearLayer::features, linear, 1, kMostChannels);
  addFlag("bias", tr("Bias"), &LinearLayer::bias, linear);
}

void KindFields::addRows(const BatchNormLayer& norm) {
  addNumber("epsilon", tr("Epsilon"), &BatchNormLayer::epsilon, norm, 1);
  addNumber("momentum", tr("Momentum"), &BatchNormLayer::momentum, norm, 1);
}

void KindFields::addRows(const ActivationLayer& activation) {
  auto* is_signed = new QCheckBox(tr("Signed codes, no ReLU"));
  is_signed->setObjectName(QStringLiteral("signed"));
  is_signed->setChecked(activation.sign == Signedness::kSigned);
  connect(is_signed, &QCheckBox::toggled, this, &KindFields::changed);
  form_.addRow(QString(), is_signed);
  auto* share = new QComboBox;
  share->setObjectName(QStringLiteral("share"));
  share->setAccessibleName(tr("Scale"));
  share->addItem(tr("its own scale"), QString());
  for (const QString& name : activations_) share->addItem(tr("the scale of %1").arg(name), name);
  share->setCurrentIndex(std::max(0, share->findData(QString::fromStdString(activation.share))));
  connect(share, &QComboBox::currentIndexChanged, this, &KindFields::changed);
  form_.addRow(tr("Scale"), share);
  writers_.emplace_back([=](LayerKind& kind) {
    auto& layer = std::get<ActivationLayer>(kind);
    layer.sign = is_signed->isChecked() ? Signedness::kSigned : Signedness::kUnsigned;
    layer.share = share->currentData().toString().toStdString();
  });
}

void KindFields::addRows(const PoolLayer& pool) {
  const bool whole_allowed = pool.kind == PoolKind::kAverage;
  addExtent("kernel", whole_allowed ? tr("Kernel, 0: whole plane") : tr("Kernel"),
            &PoolLayer::kernel, pool, whole_allowed ? 0 : 1);
  addExtent("stride", tr("Stride"), &PoolLayer::stride, pool, whole_allowed ? 0 : 1);
  addExtent("padding", tr("Padding"), &PoolLayer::padding, pool, 0);
}

void KindFields::addRows(const ResizeLayer& resize) {
  addInteger("factor", tr("Factor"), &ResizeLayer::factor, resize, 1, kMostFactor);
}

void KindFields::addRows(const PixelShuffleLayer& shuffle) {
  addInteger("factor", tr("Factor"), &PixelShuffleLayer::factor, shuffle, 1, kMostFactor);
}

}  // namespace a2q::views
