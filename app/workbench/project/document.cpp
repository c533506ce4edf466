// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/project/document.h"

#include <QCoreApplication>
#include <QUndoCommand>
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

/// One step of undo: the specification before and after.
class SwapExperiment : public QUndoCommand {
 public:
  SwapExperiment(Document& document, Experiment after, const QString& what)
      : QUndoCommand(what),
        document_(document),
        before_(document.experiment()),
        after_(std::move(after)) {}
  void undo() override { document_.swapTo(before_); }
  void redo() override { document_.swapTo(after_); }

 private:
  Document& document_;
  Experiment before_;
  Experiment after_;
};

Document::Document(QObject* parent) : QObject(parent) { openSample(); }

Status Document::open(const std::filesystem::path& path) {
  // A pipe would hold up the window until somebody writes into it.
  std::error_code ignored;
  if (std::filesystem::is_fifo(path, ignored)) {
    return fail(ErrorCode::kReadFailed, "cannot read '" + path.string() + "'",
                "it is a pipe, no file", "Choose a file.");
  }
  auto experiment = readExperiment(path);
  if (!experiment) return forward(std::move(experiment));
  openExperiment(*experiment, QString::fromStdString(path.string()));
  return {};
}

void Document::openExperiment(const Experiment& experiment, const QString& source) {
  replace(experiment, source, std::make_shared<ProjectSession>());
}

Status Document::adopt(const SessionPointer& project) {
  auto experiment = experimentOf(*project->saved());
  if (!experiment) return forward(std::move(experiment));
  replace(*experiment, QString::fromStdString(project->path().string()), project);
  return {};
}

void Document::openSample() {
  // The sample is part of the program, and a test reads it: this cannot fail.
  auto sample = parseExperiment(sampleSpecification(), "the built-in sample");
  openExperiment(sample.value(), Words::tr("the built-in sample"));
  is_sample_ = true;
}

void Document::replace(const Experiment& experiment, const QString& source,
                       SessionPointer project) {
  // Whoever replaces it has asked about unsaved work; only now is it really given up.
  if (project_) project_->discard();
  project_ = std::move(project);
  saved_experiment_ = experiment;
  source_ = source;
  is_sample_ = false;
  undo_.clear();
  swapTo(experiment);
  Q_EMIT replaced();
}

void Document::markSaved() {
  saved_experiment_ = experiment_;
  source_ = QString::fromStdString(project_->path().string());
  is_sample_ = false;
  undo_.setClean();
  project_->setUnsaved(std::nullopt);
}

void Document::edit(const Experiment& experiment, const QString& what) {
  if (experiment == experiment_) return;
  undo_.push(new SwapExperiment(*this, experiment, what));
}

void Document::swapTo(const Experiment& experiment) {
  experiment_ = experiment;
  const bool unsaved = !(experiment_ == saved_experiment_);
  project_->setUnsaved(unsaved ? std::optional(experiment_) : std::nullopt);
  Q_EMIT experimentChanged();
}

bool Document::isModified() const {
  const ProjectPointer saved = project_->saved();
  const bool unsaved_runs = project_->path().empty() && saved != nullptr && !saved->runs.empty();
  return unsaved_runs || project_->holdsUnwrittenRun() || !(experiment_ == saved_experiment_);
}

QString Document::name() const {
  const std::filesystem::path path = project_->path();
  return QString::fromStdString(path.empty() ? experiment_.network.name : path.filename().string());
}

QString summaryOf(const Experiment& experiment) {
  const QuantSpec& quant = experiment.quant;
  const QString set = QString::fromStdString(experiment.data.set);
  const QString end = Words::tr("%1 on %2").arg(countedEpochs(experiment.training.epochs), set);
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

std::vector<LayerSnapshot> plannedLayers(const Experiment& experiment) {
  std::vector<LayerSnapshot> layers;
  const auto graph = inferShapes(experiment.network);
  if (!graph) return layers;
  const auto plan = planQuantization(experiment.network, *graph, experiment.quant);
  if (!plan) return layers;
  for (const WeightPlan& weights : plan->weights) {
    if (weights.method == QuantMethod::kFloat) continue;
    LayerSnapshot layer;
    layer.layer = experiment.network.layers[graph->nodes[weights.node].layer].name;
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

}  // namespace a2q::workbench
