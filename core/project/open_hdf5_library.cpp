// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/part_library.h"
#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"

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
  // On the lane, because libhdf5 keeps for each thread whether it prints errors.
  static const Result<const Hdf5Library*> library = projectLane().run(open);
  return library;
}

}  // namespace a2q
