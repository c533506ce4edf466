// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <filesystem>

#include "core/base/version.h"
#include "core/integer/exchange/exchange_library.h"

namespace a2q {

namespace {

namespace fs = std::filesystem;

constexpr const char* kLibraryName = "liba2q_exchange.so";

/// The folder of the library this function is part of: the exchange library lies beside it.
fs::path ownFolder() {
  Dl_info info{};
  const bool found = ::dladdr(reinterpret_cast<const void*>(&openExchangeLibrary), &info) != 0;
  return found && info.dli_fname != nullptr ? fs::path(info.dli_fname).parent_path() : fs::path();
}

Result<const ExchangeLibrary*> open() {
  const fs::path path = ownFolder() / kLibraryName;
  void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return fail(ErrorCode::kExchangeLibrary, "cannot open '" + path.string() + "'", ::dlerror());
  }
  using VersionFunction = const char*();
  using LibraryFunction = const ExchangeLibrary*();
  auto* library_version =
      reinterpret_cast<VersionFunction*>(::dlsym(library, "a2qExchangeVersion"));
  auto* functions = reinterpret_cast<LibraryFunction*>(::dlsym(library, "a2qExchangeLibrary"));
  if (library_version == nullptr || functions == nullptr || version() != library_version()) {
    return fail(ErrorCode::kExchangeLibrary, "'" + path.string() + "' is of another version",
                "this program is version " + std::string(version()),
                "Build or install the program and its libraries together.");
  }
  return functions();
}

}  // namespace

Result<const ExchangeLibrary*> openExchangeLibrary() {
  static const Result<const ExchangeLibrary*> library = open();
  return library;
}

}  // namespace a2q
