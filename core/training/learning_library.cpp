// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/version.h"
#include "core/training/trainer.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLibraryName = "liba2q_learning.so";

/// The folder of the library this function is part of: the learning library lies beside it.
fs::path ownFolder() {
  Dl_info info{};
  const bool found = ::dladdr(reinterpret_cast<const void*>(&openTrainer), &info) != 0;
  return found && info.dli_fname != nullptr ? fs::path(info.dli_fname).parent_path() : fs::path();
}

void setOpenMpDefaults() {
  constexpr int kKeepExisting = 0;
  ::setenv("OMP_WAIT_POLICY", "passive", kKeepExisting);
  ::setenv("GOMP_SPINCOUNT", "0", kKeepExisting);
}

Result<Trainer*> open() {
  setOpenMpDefaults();
  const fs::path path = ownFolder() / kLibraryName;
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return fail(ErrorCode::kLearningLibrary, "cannot open '" + path.string() + "'", ::dlerror());
  }
  using VersionFunction = const char*();
  using TrainerFunction = Trainer*();
  auto* library_version =
      reinterpret_cast<VersionFunction*>(::dlsym(library, "a2qLearningVersion"));
  auto* trainer = reinterpret_cast<TrainerFunction*>(::dlsym(library, "a2qLearningTrainer"));
  if (library_version == nullptr || trainer == nullptr || version() != library_version()) {
    return fail(ErrorCode::kLearningLibrary, "'" + path.string() + "' is of another version",
                "this program is version " + std::string(version()),
                "Build or install the program and its libraries together.");
  }
  return trainer();
}

}  // namespace

Result<Trainer*> openTrainer() {
  static const Result<Trainer*> trainer = open();
  return trainer;
}

}  // namespace a2q
