// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/part_library.h"
#include "core/project/hdf5/hdf5_library.h"

namespace a2q {
namespace {

Result<const Hdf5Library*> open() {
  auto part =
      openPart({"liba2q_hdf5.so", "a2qHdf5Version", "a2qHdf5Library", ErrorCode::kHdf5Library});
  if (!part) return forward(std::move(part));
  return static_cast<const Hdf5Library*>(*part);
}

}  // namespace

Result<const Hdf5Library*> openHdf5Library() {
  static const Result<const Hdf5Library*> library = open();
  return library;
}

}  // namespace a2q
