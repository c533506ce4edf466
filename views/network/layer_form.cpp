// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/layer_form.h"

#include <QComboBox>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <array>

#include "views/network/bit_fields.h"
#include "views/network/edit_text.h"
#include "views/network/kind_fields.h"

namespace a2q::views {
namespace {

constexpr std::array kMethods{QuantMethod::kQat, QuantMethod::kA2q, QuantMethod::kA2qPlus,
                              QuantMethod::kFloat};

constexpr int kLeastFields = 120;

QString textOf(QuantMethod method) {
  const std::string_view name = methodName(method);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// The activations whose scale another may share: those that own theirs.
QStringList scaleOwners(const NetworkSpec& network, const QString& besides) {
  QStringList names;
  for (const LayerSpec& layer : network.layers) {
    const auto* activation = std::get_if<ActivationLayer>(&layer.kind);
    const QString name = QString::fromStdString(layer.name);
    if (activation != nullptr && activation->share.empty() && name != besides) names << name;
  }
  return names;
}

}  // namespace

LayerForm::LayerForm(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("layer_form"));
  setFrameShape(QFrame::StyledPanel);
  setFrameShadow(QFrame::Raised);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Window);
  createFrame();
  hide();
}

void LayerForm::createFrame() {
  title_ = new QLabel;
  title_->setTextFormat(Qt::PlainText);
  QFont bold = title_->font();
  bold.setBold(true);
  title_->setFont(bold);
  scroll_ = new QScrollArea;
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  problem_ = new QLabel;
  problem_->setObjectName(QStringLiteral("problem"));
  problem_->setTextFormat(Qt::PlainText);
  problem_->setWordWrap(true);
  problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  ok_ = new QPushButton(tr("OK"));
  ok_->setObjectName(QStringLiteral("ok"));
  auto* cancel = new QPushButton(tr("Cancel"));
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  buttons->addWidget(ok_);
  buttons->addWidget(cancel);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 10, 12, 10);
  column->addWidget(title_);
  column->addWidget(scroll_, 1);
  column->addWidget(problem_);
  column->addLayout(buttons);
  connect(ok_, &QPushButton::clicked, this, &LayerForm::finish);
  connect(cancel, &QPushButton::clicked, this, &LayerForm::cancelled);
}

void LayerForm::open(const Experiment& experiment, const QString& layer) {
  const auto now = settingsOf(experiment, layer.toStdString());
  if (!now) return;
  before_ = experiment;
  layer_ = layer;
  role_ = edgeRoleOf(experiment.network, layer.toStdString());
  const std::string_view kind = kindName(now->kind);
  title_->setText(QStringLiteral("%1 (%2)").arg(
      layer, QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()))));
  auto* page = new QWidget;
  form_ = new QFormLayout(page);
  form_->setContentsMargins(0, 0, 4, 0);
  name_ = new QLineEdit(layer);
  name_->setObjectName(QStringLiteral("name"));
  connect(name_, &QLineEdit::textChanged, this, &LayerForm::check);
  form_->addRow(tr("Name"), name_);
  kind_ = new KindFields(now->kind, scaleOwners(experiment.network, layer), *form_);
  connect(kind_, &KindFields::changed, this, &LayerForm::check);
  addBits(*now);
  scroll_->setWidget(page);
  scroll_->setMinimumWidth(page->sizeHint().width() + 16);
  scroll_->setMinimumHeight(kLeastFields);
  check();
  name_->setFocus();
  name_->selectAll();
}

OptionalBits* LayerForm::addOptional(const char* key, const QString& label, BitLimits limits,
                                     std::optional<BitWidth> bits) {
  auto* field = new OptionalBits(limits, bits);
  field->setObjectName(QString::fromLatin1(key));
  field->setAccessibleName(label);
  form_->addRow(label, field);
  connect(field, &QSpinBox::valueChanged, this, &LayerForm::check);
  return field;
}

void LayerForm::addBits(const LayerSettings& settings) {
  method_ = nullptr;
  weight_bits_ = activation_bits_ = accumulator_bits_ = edge_accumulator_bits_ = nullptr;
  edge_weight_bits_ = edge_activation_bits_ = nullptr;
  if (std::holds_alternative<ActivationLayer>(settings.kind)) {
    activation_bits_ = addOptional("activation_bits", tr("N, bits of a code"), kActivationBits,
                                   settings.change.activation_bits);
  }
  const bool weighted = hasWeights(LayerSpec{{}, settings.kind, {}});
  if (weighted) addOverrides(settings);
  if (weighted && settings.edge) addEdge(*settings.edge);
}

void LayerForm::addOverrides(const LayerSettings& settings) {
  method_ = new QComboBox;
  method_->setObjectName(QStringLiteral("method"));
  method_->setAccessibleName(tr("Method"));
  method_->addItem(tr("inherit"), -1);
  for (const QuantMethod method : kMethods) {
    method_->addItem(textOf(method), static_cast<int>(method));
  }
  const int now = settings.change.method ? static_cast<int>(*settings.change.method) : -1;
  method_->setCurrentIndex(method_->findData(now));
  form_->addRow(tr("Method"), method_);
  connect(method_, &QComboBox::currentIndexChanged, this, &LayerForm::check);
  weight_bits_ =
      addOptional("weight_bits", tr("M, weight bits"), kWeightBits, settings.change.weight_bits);
  accumulator_bits_ = addOptional("accumulator_bits", tr("P, accumulator bits"), kAccumulatorBits,
                                  settings.change.accumulator_bits);
}

void LayerForm::addEdge(const EdgePolicy& edge) {
  const bool first = role_ == EdgeRole::kFirst;
  auto* heading =
      new QLabel(first ? tr("Policy of the first layer") : tr("Policy of the last layer"));
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  form_->addRow(heading);
  const auto add = [this](const char* key, const QString& label, BitLimits limits, int now) {
    auto* field = new QSpinBox;
    field->setRange(limits.least, limits.most);
    field->setValue(now);
    field->setObjectName(QString::fromLatin1(key));
    field->setAccessibleName(label);
    form_->addRow(label, field);
    connect(field, &QSpinBox::valueChanged, this, &LayerForm::check);
    return field;
  };
  edge_weight_bits_ =
      add("edge_weight_bits", tr("M, weight bits"), kWeightBits, edge.weight_bits.bits);
  if (!first) {
    edge_activation_bits_ = add("edge_activation_bits", tr("N, of its inputs"), kActivationBits,
                                edge.activation_bits.bits);
  }
  edge_accumulator_bits_ = addOptional("edge_accumulator_bits", tr("P, accumulator bits"),
                                       kAccumulatorBits, edge.accumulator_bits);
  edge_accumulator_bits_->setAbsentText(tr("free"));
}

LayerSettings LayerForm::settings() const {
  LayerSettings out{kind_->value(), {}, {}};
  if (activation_bits_ != nullptr) out.change.activation_bits = activation_bits_->bits();
  if (method_ != nullptr) {
    const int method = method_->currentData().toInt();
    if (method >= 0) out.change.method = static_cast<QuantMethod>(method);
    out.change.weight_bits = weight_bits_->bits();
    out.change.accumulator_bits = accumulator_bits_->bits();
  }
  if (edge_weight_bits_ == nullptr) return out;
  const bool first = role_ == EdgeRole::kFirst;
  out.edge = first ? before_.quant.first : before_.quant.last;
  out.edge->weight_bits = BitWidth{edge_weight_bits_->value()};
  if (edge_activation_bits_ != nullptr) {
    out.edge->activation_bits = BitWidth{edge_activation_bits_->value()};
  }
  out.edge->accumulator_bits = edge_accumulator_bits_->bits();
  return out;
}

Result<Experiment> LayerForm::tried() const {
  auto edited = setLayer(before_, layer_.toStdString(), settings());
  if (!edited) return edited;
  return renameLayer(*edited, layer_.toStdString(), name_->text().trimmed().toStdString());
}

void LayerForm::check() {
  const auto edited = tried();
  problem_->setText(edited ? QString() : QStringLiteral("⚠ ") + errorText(edited.error()));
  problem_->setVisible(!edited);
  ok_->setEnabled(edited.has_value());
  ok_->setToolTip(edited ? tr("Apply as one step that can be undone")
                         : tr("The network would not be sound"));
  showInherited();
  Q_EMIT sizeChanged();
}

QSize LayerForm::wantedSize() const {
  layout()->activate();
  const int width = layout()->sizeHint().width();
  return {width, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                               : layout()->sizeHint().height()};
}

/// What the layer would have without overrides, which only the plan of the network knows.
void LayerForm::showInherited() {
  LayerSettings bare = settings();
  bare.change = {};
  const auto plain = setLayer(before_, layer_.toStdString(), bare);
  const auto facts = plain ? networkFacts(*plain) : Result<NetworkFacts>(NetworkFacts{});
  const int at = facts ? facts->find(layer_) : -1;
  const auto inherit = [](const QString& value) {
    return value.isEmpty() ? tr("inherit") : tr("inherit: %1").arg(value);
  };
  QString method;
  QString m;
  QString n;
  QString p;
  if (at >= 0) {
    const LayerFacts& layer = facts->layers[static_cast<std::size_t>(at)];
    if (layer.format) n = QString::number(layer.format->width.bits);
    if (layer.weights) {
      method = textOf(layer.weights->method);
      m = QString::number(layer.weights->weight_bits.bits);
      p = accumulatorText(layer);
    }
  }
  if (activation_bits_ != nullptr) activation_bits_->setAbsentText(inherit(n));
  if (method_ == nullptr) return;
  method_->setItemText(0, inherit(method));
  weight_bits_->setAbsentText(inherit(m));
  accumulator_bits_->setAbsentText(inherit(p));
}

void LayerForm::finish() {
  const auto edited = tried();
  if (!edited) return;
  if (*edited == before_) {
    Q_EMIT cancelled();
    return;
  }
  const QString name = name_->text().trimmed();
  Q_EMIT accepted(*edited, editText(before_, *edited, layer_, name));
}

void LayerForm::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT cancelled();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (ok_->isEnabled()) finish();
  } else {
    QFrame::keyPressEvent(event);
  }
}

}  // namespace a2q::views
