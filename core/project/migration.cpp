// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/network/experiment.h"

namespace a2q {
namespace {

Status wrong(const std::string& why) {
  return fail(ErrorCode::kFileFormat, "cannot migrate the project", why);
}

/// Format 1 kept the table [data] at the end of /spec/training.
Status dataOfItsOwn(DataTree& tree) {
  auto& spec = tree.groups["spec"].arrays;
  std::string text;
  for (const char* const name : {"network", "quant", "training"}) {
    const auto found = spec.find(name);
    const auto part = found == spec.end() ? std::nullopt : textOf(found->second.value);
    if (!part) return wrong(fmt::format("/spec/{}: expected a text", name));
    text += *part + "\n";
  }
  const auto experiment = parseExperiment(text, "its specification");
  if (!experiment) return tl::make_unexpected(experiment.error());
  for (const auto& [name, part] : writeSections(*experiment)) {
    spec[name] = {textValue(part), {}};
  }
  return {};
}

constexpr std::array<Migration, 1> kSteps{{{1, dataOfItsOwn}}};

}  // namespace

std::span<const Migration> migrations() { return kSteps; }

Status migrate(DataTree& tree, std::int64_t from) {
  for (const Migration& migration : kSteps) {
    if (migration.from < from) continue;
    if (auto done = migration.step(tree); !done) return done;
  }
  return {};
}

}  // namespace a2q
