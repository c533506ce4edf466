// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "core/network/known_keys.h"

namespace a2q::cli {
namespace {

std::string headingOf(const KeyInfo& info) {
  const bool repeated = info.table == "layer";
  std::string out = repeated ? "[[layer]]" : fmt::format("[{}]", info.table);
  if (!info.kind.empty()) out += fmt::format(" of kind {}", info.kind);
  return out;
}

std::string keyText(const KeyInfo& info) {
  std::string remark;
  if (info.required) remark = " (required)";
  if (!info.default_value.empty()) remark = fmt::format(" (default: {})", info.default_value);
  constexpr std::size_t kIndent = 20;
  return fmt::format("  {:<{}}{}\n{:{}}{}\n", info.key, kIndent - 2,
                     wrap(info.meaning + remark, kIndent), "", kIndent,
                     wrap(info.expected, kIndent));
}

std::string tableText() {
  std::string out =
      "Keys of a specification in TOML. For --set they are written TABLE.KEY=VALUE,\n"
      "layer.NAME.KEY=VALUE or quant.layers.NAME.KEY=VALUE; NAME is that of a layer.\n";
  std::string heading;
  for (const KeyInfo& info : knownKeys()) {
    if (heading != headingOf(info)) {
      heading = headingOf(info);
      out += fmt::format("\n{}\n", heading);
    }
    out += keyText(info);
  }
  return out;
}

nlohmann::ordered_json textOrNull(const std::string& text) {
  if (text.empty()) return nullptr;
  return text;
}

nlohmann::ordered_json tableJson() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const KeyInfo& info : knownKeys()) {
    rows.push_back({{"table", info.table},
                    {"kind", textOrNull(info.kind)},
                    {"key", info.key},
                    {"expected", info.expected},
                    {"default", textOrNull(info.default_value)},
                    {"required", info.required},
                    {"meaning", info.meaning}});
  }
  return {{"schema", "a2q-keys-1"}, {"keys", std::move(rows)}};
}

Result<ExitCode> run(const Arguments& arguments) {
  if (arguments.has("json")) {
    printJson(tableJson());
  } else {
    printResult(tableText());
  }
  return ExitCode::kOk;
}

}  // namespace

Command keysCommand() {
  return {.name = "keys",
          .summary = "Every key of a specification and of --set",
          .options = {{.flags = "--json", .help = "Print one JSON document, schema a2q-keys-1"}},
          .run = run};
}

}  // namespace a2q::cli
