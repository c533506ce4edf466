// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/data/data_set.h"
#include "core/training/trainer.h"

namespace a2q::cli {

/// --data, --device, --threads: what everything that computes on data takes.
[[nodiscard]] std::vector<Option> computeOptions();

/// --set, --epochs, --events, --tensorboard, --quiet, --json and computeOptions(): what train and
/// resume have in common.
[[nodiscard]] std::vector<Option> trainingOptions();

/// The compute options as given.
[[nodiscard]] ComputeOptions computeOptionsOf(const Arguments& arguments);

/// Loads the data set of a specification, from --data where it is given; the folder is then
/// recorded in the specification, so that a repeat finds it.
[[nodiscard]] Result<DataSet> loadData(const Arguments& arguments, Experiment& experiment);

/// A setting that overrides the specification and the words it came from.
struct Override {
  std::string key;
  std::string value;
  std::string origin;
};

/// --set key=value in the order given, then the flags that stand for a key: flags win.
[[nodiscard]] Result<std::vector<Override>> overridesOf(const Arguments& arguments);

/// Makes every change, in an order that works.
[[nodiscard]] Result<Experiment> withOverrides(Experiment experiment,
                                               const std::vector<Override>& overrides);

}  // namespace a2q::cli
