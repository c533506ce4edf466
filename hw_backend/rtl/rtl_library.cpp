// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/rtl_library.h"

namespace a2q {

void addLibraryModules(std::string_view text, std::map<std::string, std::string>& files) {
  constexpr std::string_view kPrefix = "a2q_";
  // Every instance of the library gives parameters: "a2q_fifo #(".
  for (auto at = text.find(kPrefix); at != std::string_view::npos;
       at = text.find(kPrefix, at + 1)) {
    const auto end = text.find(" #(", at);
    if (end == std::string_view::npos) return;
    const auto module = rtlLibrary().find(text.substr(at, end - at));
    if (module == rtlLibrary().end()) continue;
    const bool is_new =
        files.emplace(std::string(module->first) + ".v", std::string(module->second)).second;
    if (is_new) addLibraryModules(module->second, files);
  }
}

}  // namespace a2q
