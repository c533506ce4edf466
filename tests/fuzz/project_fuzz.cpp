// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzz target of the project reader. The input is what stands behind the frame of a file: a file
// with a right digest, as someone may make who means harm. Everything in it is read.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

#include "core/project/file_frame.h"
#include "core/project/project_file.h"
#include "core/project/stored/run_objects.h"

namespace {

namespace fs = std::filesystem;

/// One file for the process, in memory where there is such a place.
const fs::path& inputFile() {
  static const fs::path path = [] {
    const fs::path memory = "/dev/shm";
    const fs::path folder = fs::is_directory(memory) ? memory : fs::temp_directory_path();
    return folder / ("a2q_fuzz_" + std::to_string(::getpid()) + ".a2q");
  }();
  return path;
}

void readAll(const fs::path& path) {
  const auto file = a2q::ProjectFile::open(path, a2q::ProjectAccess::kReadOnly);
  if (!file) return;
  static_cast<void>(a2q::experimentOf(file->saved()));
  for (const a2q::ObjectRef& ref : a2q::objectsOf(file->saved())) {
    const auto object = file->object(ref);
    if (!object) continue;
    // An object is one or the other, and each reader must bear both.
    const auto run = a2q::storedRunOf(*object);
    const auto checkpoint = a2q::checkpointOf(*object);
    if (run && checkpoint) std::abort();
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name every fuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::byte> bytes(a2q::kFrameBytes + size);
  if (size > 0) std::memcpy(bytes.data() + a2q::kFrameBytes, data, size);
  a2q::writeFrame(bytes);
  std::ofstream(inputFile(), std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  readAll(inputFile());
  std::error_code ignored;
  fs::remove(inputFile(), ignored);
  return 0;
}
