// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/document.h"

#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <utility>

#include "core/network/quant_plan.h"
#include "core/network/sample_experiment.h"

namespace a2q::workbench {
namespace {

/// Texts of the document, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(Document)
};

QString countedEpochs(std::int64_t epochs) {
  return epochs == 1 ? Words::tr("1 epoch") : Words::tr("%1 epochs").arg(epochs);
}

}  // namespace

Document::Document() { openSample(); }

Status Document::open(const std::filesystem::path& path) {
  auto experiment = readExperiment(path);
  if (!experiment) return forward(std::move(experiment));
  replace(*experiment, QString::fromStdString(path.string()), std::make_shared<ProjectSession>());
  return {};
}

Status Document::adopt(const SessionPointer& project) {
  auto experiment = experimentOf(*project->saved());
  if (!experiment) return forward(std::move(experiment));
  replace(*experiment, QString::fromStdString(project->path().string()), project);
  return {};
}

void Document::replace(const Experiment& experiment, const QString& source,
                       SessionPointer project) {
  project_ = std::move(project);
  saved_experiment_ = experiment;
  setExperiment(experiment, source);
}

void Document::markSaved() {
  saved_experiment_ = experiment_;
  source_ = QString::fromStdString(project_->path().string());
  is_sample_ = false;
  project_->setUnsaved(std::nullopt);
}

bool Document::isModified() const {
  const ProjectPointer saved = project_->saved();
  if (project_->path().empty()) return saved != nullptr && !saved->runs.empty();
  return !(experiment_ == saved_experiment_);
}

void Document::openSample() {
  // The sample is part of the program, and a test reads it: this cannot fail.
  auto sample = parseExperiment(sampleSpecification(), "the built-in sample");
  replace(sample.value(), Words::tr("the built-in sample"), std::make_shared<ProjectSession>());
  is_sample_ = true;
}

void Document::setExperiment(const Experiment& experiment, const QString& source) {
  experiment_ = experiment;
  source_ = source;
  is_sample_ = false;
  record_.reset();
  const bool unsaved = !(experiment_ == saved_experiment_);
  project_->setUnsaved(unsaved ? std::optional(experiment_) : std::nullopt);
}

QString Document::name() const {
  const std::filesystem::path path = project_->path();
  return QString::fromStdString(path.empty() ? experiment_.network.name : path.filename().string());
}

QString Document::summary() const {
  const QuantSpec& quant = experiment_.quant;
  const QString set = QString::fromStdString(experiment_.data.set);
  const QString end = Words::tr("%1 on %2").arg(countedEpochs(experiment_.training.epochs), set);
  if (quant.method == QuantMethod::kFloat) return Words::tr("Float weights, %1.").arg(end);
  const auto method = methodName(quant.method);
  QString text = Words::tr("%1: M %2, N %3")
                     .arg(QString::fromUtf8(method.data(), static_cast<qsizetype>(method.size())))
                     .arg(quant.weight_bits.bits)
                     .arg(quant.activation_bits.bits)
                     .toUpper();
  if (quant.method != QuantMethod::kQat) {
    text += Words::tr(", P %1 bits").arg(quant.accumulator_bits.bits);
  }
  return Words::tr("%1, %2.").arg(text, end);
}

std::vector<LayerSnapshot> Document::plannedLayers() const {
  std::vector<LayerSnapshot> layers;
  const auto graph = inferShapes(experiment_.network);
  if (!graph) return layers;
  const auto plan = planQuantization(experiment_.network, *graph, experiment_.quant);
  if (!plan) return layers;
  for (const WeightPlan& weights : plan->weights) {
    if (weights.method == QuantMethod::kFloat) continue;
    LayerSnapshot layer;
    layer.layer = experiment_.network.layers[graph->nodes[weights.node].layer].name;
    layer.accumulator = weights.accumulator;
    layer.inputs = weights.input_range;
    layer.k = weights.k;
    if (weights.accumulator && weights.rule) {
      layer.budget = l1Budget(*weights.rule, *weights.accumulator, weights.input_format);
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

std::vector<LayerSnapshot> finalLayers(const RunRecord& record) {
  std::vector<LayerSnapshot> layers;
  const std::size_t count = std::min(record.weights.size(), record.certificate.layers.size());
  for (std::size_t i = 0; i < count; ++i) {
    const LayerBound& bound = record.certificate.layers[i];
    const IntegerWeights& weights = record.weights[i];
    LayerSnapshot layer{
        bound.layer, bound.accumulator, bound.budget, weights.input_range, bound.k, {}, 0, {}};
    for (const ChannelBound& channel : bound.channels) layer.channels.push_back(channel.sums);
    layer.zeros = std::count(weights.values.begin(), weights.values.end(), 0);
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace a2q::workbench
