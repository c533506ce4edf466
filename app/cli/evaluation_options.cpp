// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_options.h"

#include "app/cli/engine_options.h"
#include "app/cli/model_source.h"
#include "app/cli/training_options.h"

namespace a2q::cli {

std::vector<Option> evaluationOptions(std::string_view samples) {
  std::vector<Option> options{modelRunOption(),
                              {.flags = "--split",
                               .kind = ValueKind::kText,
                               .value = "PART",
                               .help = "Part of the data set",
                               .default_value = "test",
                               .choices = {"train", "test"}},
                              {.flags = "--samples",
                               .kind = ValueKind::kInteger,
                               .value = "N",
                               .help = samples,
                               .lowest = 1}};
  for (const std::vector<Option>& more : {engineOptions(), computeOptions()}) {
    options.insert(options.end(), more.begin(), more.end());
  }
  return options;
}

DataPart partOf(const Arguments& arguments) {
  return arguments.text("split") == "train" ? DataPart::kTrain : DataPart::kTest;
}

}  // namespace a2q::cli
