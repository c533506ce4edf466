// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "core/project/stored/object_parts.h"
#include "core/project/stored/object_schema.h"
#include "core/project/stored/run_objects.h"

namespace a2q {
namespace {

constexpr std::array kPhases{TrainPhase::kFloat, TrainPhase::kMain};
constexpr auto kMost = std::numeric_limits<std::int64_t>::max() - 1;

void readPosition(ObjectReader& object, Checkpoint& checkpoint) {
  const Attributes& of = object.tree().attributes;
  const std::array<std::string_view, 2> phases{phaseName(kPhases[0]), phaseName(kPhases[1])};
  checkpoint.position = {kPhases[object.word(of, "phase", phases)],
                         object.integer(of, "epoch", 1, kMost),
                         object.integer(of, "batch", 0, kMost)};
  checkpoint.sums = {object.real(of, "sum_loss"), object.real(of, "sum_score"),
                     object.real(of, "sum_samples"), object.real(of, "sum_penalty"),
                     object.real(of, "sum_seconds")};
  checkpoint.seconds = object.real(of, "seconds");
}

constexpr const char* kHistoryEpochs = "snapshot_epochs";

}  // namespace

DataTree checkpointTree(const Checkpoint& checkpoint, const std::vector<EpochSnapshot>& history) {
  DataTree tree;
  tree.attributes = {{kObjectSchema, textValue(kStoredCheckpointSchema)},
                     {"phase", textValue(phaseName(checkpoint.position.phase))},
                     {"epoch", integerValue(checkpoint.position.epoch)},
                     {"batch", integerValue(checkpoint.position.batch)},
                     {"sum_loss", realValue(checkpoint.sums.loss)},
                     {"sum_score", realValue(checkpoint.sums.score)},
                     {"sum_samples", realValue(checkpoint.sums.samples)},
                     {"sum_penalty", realValue(checkpoint.sums.penalty)},
                     {"sum_seconds", realValue(checkpoint.sums.seconds)},
                     {"seconds", realValue(checkpoint.seconds)}};
  tree.arrays["specification"] = {textValue(writeExperiment(checkpoint.experiment)), {}};
  tree.arrays["steps"] = seriesTable(checkpoint.steps);
  tree.arrays["epochs"] = epochTable(checkpoint.epochs);
  tree.groups["parameters"] = tensorGroup(checkpoint.parameters);
  tree.groups["optimizer"] = tensorGroup(checkpoint.optimizer);
  if (!history.empty()) {
    tree.arrays[kHistoryEpochs] = snapshotEpochs(history);
    tree.groups["snapshots"] = snapshotGroup(history);
  }
  return tree;
}

Result<std::vector<EpochSnapshot>> historyOf(const DataTree& checkpoint) {
  if (!checkpoint.arrays.contains(kHistoryEpochs)) return std::vector<EpochSnapshot>();
  std::optional<Error> error;
  ObjectReader reader(checkpoint, {}, error);
  auto snapshots = snapshotsIn(reader, "snapshots");
  if (error) return tl::make_unexpected(std::move(*error));
  return snapshots;
}

Result<Checkpoint> checkpointOf(const DataTree& tree) {
  std::optional<Error> error;
  ObjectReader object(tree, {}, error);
  checkSchema(object, kStoredCheckpointSchema, error);
  Checkpoint checkpoint;
  const auto specification = object.longText("specification");
  readPosition(object, checkpoint);
  checkpoint.steps = seriesIn(object, "steps");
  checkpoint.epochs = epochsIn(object, error);
  checkpoint.parameters = tensorsIn(object, "parameters");
  checkpoint.optimizer = tensorsIn(object, "optimizer");
  if (error) return tl::make_unexpected(std::move(*error));
  auto experiment = parseExperiment(specification, "specification");
  if (!experiment) return forward(std::move(experiment));
  checkpoint.experiment = std::move(*experiment);
  return checkpoint;
}

}  // namespace a2q
