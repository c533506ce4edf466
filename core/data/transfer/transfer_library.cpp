// SPDX-License-Identifier: GPL-3.0-or-later
#include <curl/curl.h>

#include "core/data/transfer/transfer_functions.h"

// Names for dlsym(); see open_transfer_library.cpp.
extern "C" const char* a2qTransferVersion() { return A2Q_VERSION; }

extern "C" const void* a2qTransferLibrary() {
  static const a2q::TransferLibrary library{a2q::download, a2q::unpack};
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK ? &library : nullptr;
}
