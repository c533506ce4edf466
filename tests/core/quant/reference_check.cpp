// SPDX-License-Identifier: GPL-3.0-or-later
// reference_check FILE...: runs reference cases, one line each; exit 1 when one fails.
#include <fmt/format.h>

#include <cstdio>

#include "tests/core/quant/vector_case.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: reference_check FILE...\n");
    return 2;
  }
  int passed = 0;
  int failed = 0;
  for (int i = 1; i < argc; ++i) {
    const auto reports = a2q::test::checkVectorFile(argv[i]);
    if (!reports) {
      fmt::print(stderr, "{}\n", a2q::describe(reports.error()));
      return static_cast<int>(a2q::errorInfo(reports.error().code).exit_code);
    }
    for (const auto& report : *reports) {
      const bool ok = report.problems.empty();
      fmt::print("{} {}\n", ok ? "ok  " : "FAIL", report.id);
      for (const auto& problem : report.problems) fmt::print("     {}\n", problem);
      (ok ? passed : failed) += 1;
    }
  }
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
