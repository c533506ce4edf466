// SPDX-License-Identifier: GPL-3.0-or-later
#include <hdf5.h>

#include "core/project/hdf5/hdf5_library.h"
#include "core/project/hdf5/live_file.h"
#include "core/project/hdf5/tree_image.h"
#include "core/project/hdf5/tree_reader.h"

// Names for dlsym(); see open_hdf5_library.cpp.
extern "C" const char* a2qHdf5Version() { return A2Q_VERSION; }

extern "C" const void* a2qHdf5Library() {
  static const a2q::Hdf5Library library{a2q::treeImage, a2q::readTree, a2q::createLiveFile,
                                        a2q::openLiveFile};
  // Errors come back as values, not on the terminal; a file that could not be closed on a full
  // disk is not tried again at exit; filters are never loaded from a folder.
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);
  return &library;
}
