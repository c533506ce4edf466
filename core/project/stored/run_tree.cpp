// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <string_view>
#include <utility>

#include "core/bounds/certificate_json.h"
#include "core/project/stored/object_parts.h"
#include "core/project/stored/object_schema.h"
#include "core/project/stored/run_objects.h"

namespace a2q {
namespace {

constexpr std::array kStates{RunState::kFinished, RunState::kStopped, RunState::kDiverged,
                             RunState::kOutOfMemory};
constexpr std::array kMetrics{Metric::kAccuracy, Metric::kPsnr};

void readState(ObjectReader& object, RunRecord& record) {
  const std::string word = object.longText("state");
  for (const RunState state : kStates) {
    if (stateName(state) == word) {
      record.state = state;
      return;
    }
  }
  object.wrong("state", "'" + word + "' is no state of a run");
}

}  // namespace

DataTree runTree(const StoredRun& run) {
  const RunRecord& record = run.record;
  DataTree tree;
  tree.attributes = {{kObjectSchema, textValue(kRunSchema)},
                     {"state_cause", textValue(record.state_cause)},
                     {"data_source", textValue(record.data_source)},
                     {"backend", textValue(record.backend)},
                     {"metric", textValue(metricKey(record.metric))},
                     {"seconds", realValue(record.seconds)}};
  tree.arrays["specification"] = {textValue(writeExperiment(record.experiment)), {}};
  tree.arrays["state"] = {textValue(stateName(record.state)), {}};
  tree.arrays["certificate"] = {textValue(certificateJson(record.certificate)), {}};
  tree.arrays["steps"] = seriesTable(record.steps);
  tree.arrays["epochs"] = epochTable(record.epochs);
  tree.arrays["snapshot_epochs"] = snapshotEpochs(run.snapshots);
  tree.groups["snapshots"] = snapshotGroup(run.snapshots);
  tree.groups["weights"] = weightGroup(record.weights);
  tree.groups["parameters"] = tensorGroup(record.parameters);
  return tree;
}

Result<StoredRun> storedRunOf(const DataTree& tree) {
  std::optional<Error> error;
  ObjectReader object(tree, {}, error);
  checkSchema(object, kRunSchema, error);
  StoredRun run;
  RunRecord& record = run.record;
  const auto specification = object.longText("specification");
  readState(object, record);
  record.state_cause = object.text(tree.attributes, "state_cause");
  record.data_source = object.text(tree.attributes, "data_source");
  record.backend = object.text(tree.attributes, "backend");
  const std::array<std::string_view, 2> metrics{metricKey(kMetrics[0]), metricKey(kMetrics[1])};
  record.metric = kMetrics[object.word(tree.attributes, "metric", metrics)];
  record.seconds = object.real(tree.attributes, "seconds");
  record.steps = seriesIn(object, "steps");
  record.epochs = epochsIn(object, error);
  run.snapshots = snapshotsIn(object, "snapshots");
  record.weights = weightsIn(object, "weights");
  record.parameters = tensorsIn(object, "parameters");
  if (error) return tl::make_unexpected(std::move(*error));
  auto experiment = parseExperiment(specification, "specification");
  if (!experiment) return forward(std::move(experiment));
  record.experiment = std::move(*experiment);
  // A verdict is never believed: it follows from the integers.
  record.certificate = certify(record.weights);
  return run;
}

}  // namespace a2q
