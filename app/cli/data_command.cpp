// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/data_actions.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "core/data/catalogue.h"
#include "core/data/data_folders.h"
#include "core/data/data_set.h"

namespace a2q::cli {
namespace {

std::optional<std::filesystem::path> placeOf(const CatalogueEntry& entry) {
  DataSpec spec;
  spec.set = entry.set;
  return findDataSet(entry.set, dataFolders(spec));
}

std::string howToGet(const CatalogueEntry& entry) {
  if (entry.set == "digits") return "built in";
  if (!entry.downloads.empty()) return fmt::format("get it with 'a2q data fetch {}'", entry.set);
  return std::string(entry.source);
}

std::string entryText(const CatalogueEntry& entry) {
  constexpr std::size_t kIndent = 15;
  const auto place = placeOf(entry);
  const std::string where = place ? "in " + place->string() : "not here; " + howToGet(entry);
  return fmt::format("{:<{}}{}\n{:{}}{}\n{:{}}{}\n", entry.set, kIndent, wrap(entry.title, kIndent),
                     "", kIndent,
                     wrap(fmt::format("{}; licence: {}", entry.size, entry.licence), kIndent), "",
                     kIndent, entry.set == "digits" ? "built in" : where);
}

nlohmann::ordered_json entryJson(const CatalogueEntry& entry) {
  const auto place = placeOf(entry);
  nlohmann::ordered_json folder = nullptr;
  if (place) folder = place->string();
  return {{"set", entry.set},           {"title", entry.title},
          {"size", entry.size},         {"licence", entry.licence},
          {"source", entry.source},     {"fetchable", !entry.downloads.empty()},
          {"folder", std::move(folder)}};
}

Result<ExitCode> run(const Arguments& arguments) {
  const std::string action = *arguments.text("action");
  const bool list = action == "list";
  if (list == arguments.text("set").has_value()) {
    return fail(ErrorCode::kUsage,
                list ? "'a2q data list' takes no further word"
                     : fmt::format("'a2q data {}' needs a set", action),
                {}, "See 'a2q data --help'.");
  }
  for (const char* const option : {"to", "from", "quiet"}) {
    if (action == "fetch" || !arguments.has(option)) continue;
    return fail(ErrorCode::kUsage, fmt::format("--{} is for 'a2q data fetch' alone", option), {},
                "See 'a2q data --help'.");
  }
  if (list) return listDataSets(arguments);
  return action == "check" ? checkData(arguments) : fetchData(arguments);
}

}  // namespace

Result<ExitCode> listDataSets(const Arguments& arguments) {
  if (arguments.has("json")) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const CatalogueEntry& entry : catalogue()) rows.push_back(entryJson(entry));
    printJson({{"schema", "a2q-data-list-1"}, {"sets", std::move(rows)}});
    return ExitCode::kOk;
  }
  for (const CatalogueEntry& entry : catalogue()) printResult(entryText(entry));
  return ExitCode::kOk;
}

Command dataCommand() {
  return {
      .name = "data",
      .summary = "Lists, checks and downloads data sets",
      .long_help =
          "'a2q data list' says what every known set is, and where it lies or how to get it.\n\n"
          "'a2q data check SET' loads a set completely, from its usual place or from a folder, and "
          "says what it holds and whether its files are the published ones.\n\n"
          "'a2q data fetch SET' downloads a set into $XDG_CACHE_HOME/a2q/data (~/.cache/a2q/data), "
          "where training finds it. Every file is compared with its published SHA-256 before it "
          "gets its name. A download that was stopped goes on where it ended.",
      .options = {{.flags = "--to",
                   .kind = ValueKind::kPath,
                   .value = "FOLDER",
                   .help = "fetch: put the set there, not in the cache"},
                  {.flags = "--from",
                   .kind = ValueKind::kText,
                   .value = "URL",
                   .help = "fetch: address of a folder that holds the same files, http or https"},
                  {.flags = "-q,--quiet", .help = "fetch: no progress on standard error"},
                  {.flags = "--json",
                   .help = "Print one JSON document, schema a2q-data-list-1, a2q-data-check-1 or "
                           "a2q-data-fetch-1"}},
      .positionals = {{.name = "action",
                       .help = "what to do",
                       .choices = {"list", "check", "fetch"}},
                      {.name = "set",
                       .help = "name of a set; for check also a folder",
                       .need = Need::kOptional,
                       .kind = ValueKind::kPath}},
      .run = run};
}

}  // namespace a2q::cli
