// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/train_program.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace a2q::testing {

namespace {

/// Real data on two slow, shared cores take minutes.
constexpr std::chrono::seconds kLimit(840);

}  // namespace

const std::vector<std::string> TrainProgram::kShort = {
    "--epochs", "1", "--set", "data.train_samples=600", "--set", "data.test_samples=200"};

ProgramResult TrainProgram::run(std::vector<std::string> words) const {
  return start(std::move(words)).finish();
}

RunningProgram TrainProgram::start(std::vector<std::string> words) const {
  return RunningProgram(std::vector<std::string>{A2Q_BINARY, "train"} + words,
                        {.folder = folder_.path(), .limit = kLimit});
}

std::string TrainProgram::write(const std::string& name, const std::string& text) const {
  return folder_.write(name, {text.begin(), text.end()}).string();
}

std::string TrainProgram::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> operator+(std::vector<std::string> words,
                                   const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace a2q::testing
