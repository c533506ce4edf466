// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/exchange/exchange_library.h"
#include "core/integer/exchange/qonnx/qonnx_model.h"

// Names for dlsym(); see open_exchange_library.cpp.
extern "C" const char* a2qExchangeVersion() { return A2Q_VERSION; }

extern "C" const void* a2qExchangeLibrary() {
  static const a2q::ExchangeLibrary library{a2q::qonnxOf};
  return &library;
}
