// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/experiment.h"

#include <fmt/format.h>

#include "core/base/atomic_file.h"
#include "core/network/spec_reader.h"

namespace a2q {
namespace {

constexpr std::size_t kLargestText = std::size_t{8} << 20;

}  // namespace

Result<Experiment> parseExperiment(std::string_view toml, std::string_view source) {
  if (toml.size() > kLargestText) {
    return fail(ErrorCode::kSpecValue,
                fmt::format("{}: the specification has {} bytes", source, toml.size()),
                "at most 8 MiB are taken");
  }
  ReadContext context;
  context.source = source;
  auto root = parseToml(toml, context);
  if (!root) return forward(std::move(root));
  return experimentOf(*root, std::move(context));
}

Result<Experiment> readExperiment(const std::filesystem::path& path) {
  auto text = readFile(path, kLargestText);
  if (!text) return forward(std::move(text));
  return parseExperiment(*text, path.string());
}

}  // namespace a2q
