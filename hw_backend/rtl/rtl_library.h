// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace a2q {

/// The Verilog modules of resources/rtl, which are part of the program: name → text.
[[nodiscard]] const std::map<std::string_view, std::string_view>& rtlLibrary();

/// Adds NAME.v of every library module that `text` instantiates, and of those that they do.
void addLibraryModules(std::string_view text, std::map<std::string, std::string>& files);

}  // namespace a2q
