// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_templates.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/atomic_file.h"
#include "core/base/text_distance.h"
#include "core/network/sample_experiment.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// From the folder of this library: in the install tree, and in the build tree.
constexpr std::array kPlaces{A2Q_PROJECTS_FROM_LIBRARY, "../share/a2q/projects"};

fs::path folderOfLibrary() {
  Dl_info info{};
  const bool found = ::dladdr(reinterpret_cast<const void*>(&projectTemplates), &info) != 0;
  return found && info.dli_fname != nullptr ? fs::path(info.dli_fname).parent_path() : fs::path();
}

std::string_view nextLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

std::string summaryOfSpecification(std::string_view toml) {
  std::string comment;
  while (toml.starts_with('#')) {
    std::string_view line = nextLine(toml).substr(1);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (line.starts_with("SPDX")) continue;
    comment += fmt::format("{}{}", comment.empty() ? "" : " ", line);
  }
  std::size_t end = comment.find(". ");
  while (end != std::string::npos && comment.substr(0, end).ends_with(" al")) {  // "et al."
    end = comment.find(". ", end + 1);
  }
  return end == std::string::npos ? comment : comment.substr(0, end + 1);
}

std::vector<ProjectTemplate> templatesIn(const fs::path& folder) {
  std::vector<ProjectTemplate> out;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() != ".toml") continue;
    const auto text = readFile(entry.path());
    if (!text) continue;
    out.push_back({entry.path().stem().string(), summaryOfSpecification(*text), entry.path()});
  }
  std::ranges::sort(out, {}, &ProjectTemplate::name);
  return out;
}

std::vector<ProjectTemplate> projectTemplates() {
  std::vector<ProjectTemplate> out;
  for (const char* place : kPlaces) {
    out = templatesIn((folderOfLibrary() / place).lexically_normal());
    if (!out.empty()) break;
  }
  if (std::ranges::find(out, kBuiltInTemplate, &ProjectTemplate::name) == out.end()) {
    out.insert(out.begin(),
               {kBuiltInTemplate, summaryOfSpecification(sampleSpecification()), fs::path()});
  }
  return out;
}

Result<Experiment> templateExperiment(std::string_view name) {
  if (name == kBuiltInTemplate)
    return parseExperiment(sampleSpecification(), "the built-in sample");
  const auto templates = projectTemplates();
  const auto found = std::ranges::find(templates, name, &ProjectTemplate::name);
  if (found != templates.end()) return readExperiment(found->path);
  std::vector<std::string_view> names;
  names.reserve(templates.size());
  for (const ProjectTemplate& one : templates) names.push_back(one.name);
  const std::string near = nearest(name, names);
  return fail(ErrorCode::kUsage, fmt::format("no template is called '{}'", name),
              fmt::format("there are {}", fmt::join(names, ", ")),
              near.empty() ? "Name one of them." : fmt::format("Did you mean '{}'?", near));
}

}  // namespace a2q
