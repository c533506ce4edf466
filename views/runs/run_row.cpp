// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/run_row.h"

#include <QCoreApplication>

#include "core/training/checkpoint.h"

namespace a2q::views {
namespace {

/// Texts of the states, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(RunRow)
};

QString stateText(ProjectRunState state, Trained trained) {
  switch (state) {
    case ProjectRunState::kTraining:
      return trained == Trained::kNow ? Words::tr("training") : Words::tr("interrupted");
    case ProjectRunState::kFinished: return Words::tr("finished");
    case ProjectRunState::kStopped: return Words::tr("stopped");
    case ProjectRunState::kDiverged: return Words::tr("diverged");
    case ProjectRunState::kOutOfMemory: return Words::tr("out of memory");
  }
  return {};
}

QString stateKey(ProjectRunState state, Trained trained) {
  if (state == ProjectRunState::kTraining && trained == Trained::kByNobody) {
    return QStringLiteral("interrupted");
  }
  return QString::fromUtf8(runStateName(state).data());
}

}  // namespace

RunRow rowOf(const ProjectRun& run, Trained trained, SettingsReader& reader) {
  RunRow row;
  row.uuid = run.uuid;
  row.name = QString::fromStdString(run.name);
  row.state = stateText(run.state, trained);
  row.state_key = stateKey(run.state, trained);
  row.cause = QString::fromStdString(run.state_cause);
  row.created = QString::fromStdString(run.created);
  row.metric = run.metric;
  row.seed = run.seed;
  row.epochs = static_cast<qint64>(run.epochs.size());
  if (const EpochRecord* best = bestEpoch(run.epochs)) row.score = best->test_score;
  if (!run.epochs.empty()) {
    const EpochRecord& last = run.epochs.back();
    row.loss = last.test_loss;
    row.margin = last.worst_margin_bits;
    row.sparsity = last.sparsity;
  }
  row.safe = run.safe;
  row.seconds = run.seconds;
  row.settings = reader.of(run.specification);
  return row;
}

}  // namespace a2q::views
