// SPDX-License-Identifier: GPL-3.0-or-later
// include_checker ROOT: prints every broken rule of the source tree; exits 1 when there is one.
#include <cstdio>
#include <exception>
#include <filesystem>

#include "tests/architecture/source_tree.h"

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::fputs("usage: include_checker ROOT\n", stderr);
    return 2;
  }
  try {
    const auto report = a2q::architecture::checkTree(argv[1]);
    for (const auto& found : report.violations)
      std::printf("%s:%d: %s\n", found.file.c_str(), found.line, found.message.c_str());
    std::printf("%zu files checked, %zu rules broken\n", report.files, report.violations.size());
    return report.files != 0 && report.violations.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "include_checker: %s\n", error.what());
    return 2;
  }
}
