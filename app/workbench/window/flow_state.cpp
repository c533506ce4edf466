// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/window/flow_state.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "app/workbench/hardware/hardware_step.h"
#include "core/network/graph.h"
#include "core/network/parameter_count.h"
#include "core/network/quant_plan.h"
#include "core/project/project_diff.h"
#include "views/common/number_text.h"

namespace a2q::workbench {
namespace {

using views::FlowStep;
using views::StepId;
using views::StepState;

class Words {
  Q_DECLARE_TR_FUNCTIONS(Flow)
};

bool isTraining(RunPhase phase) {
  return phase == RunPhase::kTraining || phase == RunPhase::kPaused || phase == RunPhase::kStopping;
}

FlowStep dataStep(const FlowInputs& in) {
  FlowStep step{StepId::kData, Words::tr("Data"), StepState::kReady, {}, {}};
  step.summary = QString::fromStdString(in.experiment.data.set);
  if (in.train_samples > 0) {
    step.summary =
        Words::tr("%1, %2 + %3 images")
            .arg(step.summary, views::grouped(in.train_samples), views::grouped(in.test_samples));
  }
  if (in.data == DataState::kMissing) {
    step.state = StepState::kBlocked;
    step.reason = in.data_reason;
  } else if (in.data == DataState::kLoading || in.phase == RunPhase::kLoading) {
    step.state = StepState::kRunning;
  } else if (in.data == DataState::kThere || isTraining(in.phase)) {
    step.state = StepState::kDone;
  }
  return step;
}

FlowStep networkStep(const FlowInputs& in) {
  FlowStep step{StepId::kNetwork, Words::tr("Network"), StepState::kDone, {}, {}};
  const NetworkSpec& network = in.experiment.network;
  const auto graph = inferShapes(network);
  if (!graph) {
    step.state = StepState::kBlocked;
    step.summary = QString::fromStdString(network.name);
    step.reason = QString::fromStdString(graph.error().message);
    return step;
  }
  const auto weighted = std::count_if(network.layers.begin(), network.layers.end(), hasWeights);
  step.summary = Words::tr("%1, %2 layers with weights, %3 parameters")
                     .arg(QString::fromStdString(network.name))
                     .arg(weighted)
                     .arg(views::grouped(parameterCount(network, *graph)));
  return step;
}

QString methodText(QuantMethod method) {
  const std::string_view name = methodName(method);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).toUpper();
}

FlowStep quantStep(const FlowInputs& in) {
  FlowStep step{StepId::kQuantization, Words::tr("Quantization"), StepState::kDone, {}, {}};
  const QuantSpec& quant = in.experiment.quant;
  step.summary = quant.method == QuantMethod::kFloat ? Words::tr("float, no accumulators to bound")
                                                     : Words::tr("%1, W%2A%3, P %4")
                                                           .arg(methodText(quant.method))
                                                           .arg(quant.weight_bits.bits)
                                                           .arg(quant.activation_bits.bits)
                                                           .arg(quant.accumulator_bits.bits);
  const auto graph = inferShapes(in.experiment.network);
  if (!graph) {
    step.state = StepState::kBlocked;
    step.reason = Words::tr("The network is not sound.");
    return step;
  }
  const auto plan = planQuantization(in.experiment.network, *graph, quant);
  if (plan) return step;
  step.state = StepState::kBlocked;
  step.reason = QString::fromStdString(plan.error().message + ". " + plan.error().remedy);
  return step;
}

QString progressText(const FlowInputs& in) {
  const QString epoch =
      in.epoch > 0 ? Words::tr("epoch %1/%2").arg(in.epoch).arg(in.epochs) : Words::tr("starting");
  if (in.phase == RunPhase::kPaused) return Words::tr("paused, %1").arg(epoch);
  if (in.phase == RunPhase::kStopping) return Words::tr("stopping after this batch, %1").arg(epoch);
  return in.phase == RunPhase::kLoading ? Words::tr("loading the data") : epoch;
}

QString resultText(const RunRecord& record) {
  const QString state = QString::fromStdString(std::string(stateName(record.state)));
  if (record.epochs.empty()) return state;
  const EpochRecord& last = record.epochs.back();
  return Words::tr("%1, %2 %3")
      .arg(state, QString::fromStdString(std::string(metricName(last.metric))),
           QString::fromStdString(scoreText(last.metric, last.test_score)));
}

const QStringList& allSettings() {
  static const QStringList all{QStringLiteral("network"), QStringLiteral("quant"),
                               QStringLiteral("training"), QStringLiteral("data")};
  return all;
}

FlowStep trainingStep(const FlowInputs& in, bool blocked) {
  FlowStep step{StepId::kTraining, Words::tr("Training"), StepState::kReady, {}, {}};
  if (isTraining(in.phase) || in.phase == RunPhase::kLoading) {
    step.state = StepState::kRunning;
    step.summary = progressText(in);
    return step;
  }
  if (blocked) {
    step.state = StepState::kBlocked;
    step.reason = Words::tr("A step above has to be mended first.");
    return step;
  }
  if (!in.record) {
    step.summary = Words::tr("%1 epochs, not started").arg(in.experiment.training.epochs);
    return step;
  }
  step.summary = resultText(*in.record);
  step.state = in.record->state == RunState::kFinished ? StepState::kDone : StepState::kReady;
  if (!in.trained) return step;
  step.reason = changesSince(*in.trained, in.experiment, allSettings());
  if (!step.reason.isEmpty()) step.state = StepState::kStale;
  return step;
}

QString verdictText(const Certificate& certificate) {
  const auto margin = certificate.worstMarginBits();
  if (!certificate.safe()) {
    return Words::tr("OVERFLOW POSSIBLE, worst margin %1").arg(views::bitsText(margin));
  }
  return margin ? Words::tr("certified, worst margin %1").arg(views::bitsText(margin))
                : Words::tr("no layer has a target P");
}

FlowStep checkStep(const FlowInputs& in, const FlowStep& training) {
  FlowStep step{StepId::kCheck, Words::tr("Check"), StepState::kReady, {}, {}};
  if (training.state == StepState::kRunning) {
    step.state = StepState::kBlocked;
    step.reason = Words::tr("Waits for the end of the training.");
  } else if (!in.record) {
    step.state = StepState::kBlocked;
    step.reason = Words::tr("Train the network first.");
  } else if (in.record->certificate.layers.empty()) {
    step.state = StepState::kBlocked;
    step.summary = Words::tr("nothing to certify");
    step.reason = in.record->experiment.quant.method == QuantMethod::kFloat
                      ? Words::tr("A float network has no integer weights.")
                      : Words::tr("The run ended without integer weights.");
  } else {
    const bool safe = in.record->certificate.safe();
    step.summary = verdictText(in.record->certificate);
    step.state = safe ? StepState::kDone : StepState::kBlocked;
    if (!safe) step.reason = Words::tr("Raise P, or train with a method that keeps the budget.");
    // A certificate is about weights: settings of the training alone do not touch it.
    const QStringList about{QStringLiteral("network"), QStringLiteral("quant")};
    const QString changes =
        in.trained ? changesSince(*in.trained, in.experiment, about) : QString();
    if (!changes.isEmpty()) {
      step.state = StepState::kStale;
      step.reason = changes;
    }
  }
  return step;
}

}  // namespace

QString changesSince(const Experiment& trained, const Experiment& now,
                     const QStringList& prefixes) {
  if (trained == now) return {};
  QStringList changes;
  for (const Difference& one : specificationDiff(writeExperiment(trained), writeExperiment(now))) {
    const QString where = QString::fromStdString(one.where);
    if (!prefixes.contains(where.section(QLatin1Char('.'), 0, 0))) continue;
    const QString dash = QStringLiteral("–");
    const QString before = one.a.empty() ? dash : QString::fromStdString(one.a);
    const QString after = one.b.empty() ? dash : QString::fromStdString(one.b);
    // Lists of layers would fill the rail.
    constexpr qsizetype kLongest = 24;
    const bool is_long = before.size() > kLongest || after.size() > kLongest;
    const QString key = where.section(QLatin1Char('.'), 1);
    changes << (is_long ? key : QStringLiteral("%1 %2 → %3").arg(key, before, after));
  }
  if (changes.isEmpty()) return {};
  const QString first = changes.front();
  return changes.size() == 1 ? Words::tr("changed since the run: %1").arg(first)
                             : Words::tr("changed since the run: %1, and %2 more")
                                   .arg(first)
                                   .arg(changes.size() - 1);
}

std::vector<FlowStep> flowSteps(const FlowInputs& inputs) {
  std::vector<FlowStep> steps{dataStep(inputs), networkStep(inputs), quantStep(inputs)};
  const bool blocked = std::any_of(steps.begin(), steps.end(), [](const FlowStep& step) {
    return step.state == StepState::kBlocked;
  });
  steps.push_back(trainingStep(inputs, blocked));
  steps.push_back(checkStep(inputs, steps.back()));
  const QStringList about{QStringLiteral("network"), QStringLiteral("quant")};
  steps.push_back(hardwareStep(
      inputs.hardware,
      inputs.trained ? changesSince(*inputs.trained, inputs.experiment, about) : QString()));
  return steps;
}

}  // namespace a2q::workbench
