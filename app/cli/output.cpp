// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <cstdio>

namespace a2q::cli {

void printResult(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void printDiagnostic(std::string_view text) noexcept {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void printJson(const nlohmann::ordered_json& document) {
  using Json = nlohmann::ordered_json;
  printResult(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace a2q::cli
