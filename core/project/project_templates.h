// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/network/experiment.h"

namespace a2q {

/// A sample specification that a project can begin with.
struct ProjectTemplate {
  std::string name;     ///< "cnv_cifar"
  std::string summary;  ///< one sentence
  std::filesystem::path path;
};

/// The one that is part of the program.
inline constexpr const char* kBuiltInTemplate = "lenet_digits";

/// The samples in share/a2q/projects beside the program, by name; the built-in one is always there.
[[nodiscard]] std::vector<ProjectTemplate> projectTemplates();

/// The samples of one folder.
[[nodiscard]] std::vector<ProjectTemplate> templatesIn(const std::filesystem::path& folder);

/// The specification of a template. Errors: kUsage with the nearest name, and those of
/// readExperiment().
[[nodiscard]] Result<Experiment> templateExperiment(std::string_view name);

/// The first sentence of the comment at the head of a specification.
[[nodiscard]] std::string summaryOfSpecification(std::string_view toml);

}  // namespace a2q
