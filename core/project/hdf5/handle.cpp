// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hdf5/handle.h"

namespace a2q {
namespace {

herr_t keepInnermost(unsigned position, const H5E_error2_t* error, void* text) {
  if (position == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
  return 0;
}

}  // namespace

std::string hdf5Problem() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepInnermost, &text);
  H5Eclear2(H5E_DEFAULT);
  return text.empty() ? std::string("libhdf5 gives no reason") : text;
}

}  // namespace a2q
