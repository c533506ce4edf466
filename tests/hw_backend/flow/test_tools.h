// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signal.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>

namespace a2q::flow_test {

/// An environment variable for the time of a test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* const old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() {
    if (old_)
      ::setenv(name_, old_->c_str(), 1);
    else
      ::unsetenv(name_);
  }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

inline std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Waits at most ten seconds for a condition.
template <class Condition>
bool eventually(Condition holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

/// Whether a process runs; one that only waits to be reaped does not.
inline bool runs(int pid) {
  if (pid <= 0 || ::kill(pid, 0) != 0) return false;
  const std::string stat = contentOf("/proc/" + std::to_string(pid) + "/stat");
  const auto name_end = stat.rfind(')');
  return name_end != std::string::npos && stat.substr(name_end + 2, 1) != "Z";
}

/// The number a file holds once a script has written it; 0: none.
inline int numberIn(const std::filesystem::path& file) {
  const std::string text = contentOf(file);
  return text.ends_with('\n') ? std::atoi(text.c_str()) : 0;
}

/// Makes a program of a shell script.
inline void writeScript(const std::filesystem::path& file, const std::string& body) {
  std::ofstream(file) << "#!/bin/sh\n" << body;
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

/// A Yosys in a folder that tells a version and else does what the script says; gives the PATH on
/// which it is the first.
inline std::string pretendYosys(const std::filesystem::path& folder, const std::string& script) {
  writeScript(folder / "yosys", "if [ \"$1\" = -V ]; then echo 'Yosys 0.0'; exit 0; fi\n" + script);
  return folder.string() + ":/usr/bin:/bin";
}

}  // namespace a2q::flow_test
