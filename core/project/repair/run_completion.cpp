// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/run_completion.h"

#include <limits>

#include "core/network/experiment.h"
#include "core/project/project.h"

namespace a2q {

void completeRun(DataTree& run, const DataTree& record, const std::string& name) {
  const auto attribute = [&run](const char* key, ArrayValue value) {
    run.attributes.try_emplace(key, std::move(value));
  };
  for (const char* const key : {"state_cause", "data_source", "backend", "metric", "seconds"}) {
    if (const auto found = record.attributes.find(key); found != record.attributes.end()) {
      attribute(key, found->second);
    }
  }
  for (const char* const key : {"data_source", "backend"}) attribute(key, textValue("lost"));
  attribute("state_cause", textValue("how it ended is lost"));
  attribute("metric", textValue(metricKey(Metric::kAccuracy)));
  attribute("seconds", realValue(0));
  for (const char* const key : {"specification", "epochs"}) {
    if (const auto found = record.arrays.find(key); found != record.arrays.end()) {
      run.arrays.try_emplace(key, found->second);
    }
  }
  if (const auto state = record.arrays.find("state"); state != record.arrays.end()) {
    attribute("state", state->second.value);
  }
  attribute("state", textValue(runStateName(ProjectRunState::kStopped)));
  attribute("name", textValue(name));
  attribute("created", textValue(""));
  // Behind those that know their place.
  attribute("position", integerValue(std::numeric_limits<std::int64_t>::max()));
  const auto text = textOf(run.arrays["specification"].value);
  const auto experiment = parseExperiment(text.value_or(""), "specification");
  if (experiment) {
    attribute("seed", integerValue(static_cast<std::int64_t>(experiment->training.seed)));
  }
}

}  // namespace a2q
