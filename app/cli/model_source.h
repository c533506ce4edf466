// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/command.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {

/// A trained network and what lies beside it. In a project, the model's path is "PROJECT:RUN".
struct ModelSource {
  TrainedModel model;
  /// Of a run in a project: the text of the certificate that is stored with its weights.
  std::optional<std::string> certificate;
};

/// The positional `model` and the option --run: what every command takes that reads a trained
/// network.
[[nodiscard]] Positional modelPositional();
[[nodiscard]] Option runOption(std::string_view help);
[[nodiscard]] Option modelRunOption();

/// The network of the arguments above.
[[nodiscard]] Result<ModelSource> modelOf(const Arguments& arguments);

/// A network from the folder of a run, one of its safetensors files, or a project: of the run its
/// final weights, else its best, else its last checkpoint. Without a name it is the last run that
/// finished. Errors: those of readTrainedModel() and ProjectFile::open(), kUsage for a run that is
/// not there or has no weights yet.
[[nodiscard]] Result<ModelSource> modelAt(const std::filesystem::path& path,
                                          const std::optional<std::string>& run);

}  // namespace a2q::cli
