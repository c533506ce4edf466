// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/run_program.h"
#include "tests/core/data/test_files.h"

namespace a2q::testing {

/// Starts `a2q train` in a folder of its own.
class TrainProgram {
 public:
  /// Few samples and one epoch: a run takes about a second.
  static const std::vector<std::string> kShort;

  [[nodiscard]] ProgramResult run(std::vector<std::string> words) const;
  [[nodiscard]] RunningProgram start(std::vector<std::string> words) const;

  [[nodiscard]] std::filesystem::path path(const std::string& name) const {
    return folder_.path() / name;
  }
  /// Writes a file into the folder and returns its path.
  std::string write(const std::string& name, const std::string& text) const;
  /// The content of a file in the folder; throws std::runtime_error when it is not there.
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  test::TemporaryFolder folder_;
};

/// Both lists one after the other.
[[nodiscard]] std::vector<std::string> operator+(std::vector<std::string> words,
                                                 const std::vector<std::string>& more);

}  // namespace a2q::testing
