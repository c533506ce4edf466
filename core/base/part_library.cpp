// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/part_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "core/base/version.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// The folder of the library this function is part of.
fs::path ownFolder() {
  Dl_info info{};
  const bool found = ::dladdr(reinterpret_cast<const void*>(&openPart), &info) != 0;
  return found && info.dli_fname != nullptr ? fs::path(info.dli_fname).parent_path() : fs::path();
}

}  // namespace

Result<void*> openPart(const PartLibrary& library) {
  const fs::path path = ownFolder() / library.file;
  void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(library.error, "cannot open '" + path.string() + "'", ::dlerror());
  }
  using VersionFunction = const char*();
  using EntryFunction = void*();
  auto* const part_version = reinterpret_cast<VersionFunction*>(::dlsym(handle, library.version));
  auto* const entry = reinterpret_cast<EntryFunction*>(::dlsym(handle, library.entry));
  if (part_version == nullptr || entry == nullptr || version() != part_version()) {
    return fail(library.error, "'" + path.string() + "' is of another version",
                "this program is version " + std::string(version()),
                "Build or install the program and its libraries together.");
  }
  void* const part = entry();
  if (part == nullptr) {
    return fail(library.error, "'" + path.string() + "' could not be started");
  }
  return part;
}

}  // namespace a2q
