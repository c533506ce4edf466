// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/network/network_spec.h"
#include "core/network/quant_spec.h"
#include "core/network/train_spec.h"

namespace a2q {

/// Everything a specification file says: what is trained, how, and on what.
struct Experiment {
  NetworkSpec network;
  QuantSpec quant;
  TrainSpec training;
  DataSpec data;
  bool operator==(const Experiment&) const = default;
};

/// Reads TOML text; errors name line, key, what was expected and the nearest known key. `source`
/// is the name shown in them. The network is checked with inferShapes() and the quantization with
/// planQuantization() as well, so that what is returned can be trained.
[[nodiscard]] Result<Experiment> parseExperiment(std::string_view toml, std::string_view source);
[[nodiscard]] Result<Experiment> readExperiment(const std::filesystem::path& path);

/// TOML that parseExperiment() reads back to an equal value.
[[nodiscard]] std::string writeExperiment(const Experiment& experiment);

/// The tables of writeExperiment() one by one: "network" (with its layers), "quant" (with its
/// overrides), "training" and "data"; joined in this order they read back to an equal value.
[[nodiscard]] std::map<std::string, std::string> writeSections(const Experiment& experiment);

/// Sets one value by its dotted key, for example "quant.accumulator_bits" to "12" or
/// "quant.layers.conv2.weight_bits" to "3"; the same checks and errors as a file.
[[nodiscard]] Result<Experiment> withSetting(const Experiment& experiment, std::string_view key,
                                             std::string_view value);

}  // namespace a2q
