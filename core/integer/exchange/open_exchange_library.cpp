// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/part_library.h"
#include "core/integer/exchange/exchange_library.h"

namespace a2q {
namespace {

Result<const ExchangeLibrary*> open() {
  auto part = openPart({"liba2q_exchange.so", "a2qExchangeVersion", "a2qExchangeLibrary",
                        ErrorCode::kExchangeLibrary});
  if (!part) return forward(std::move(part));
  return static_cast<const ExchangeLibrary*>(*part);
}

}  // namespace

Result<const ExchangeLibrary*> openExchangeLibrary() {
  static const Result<const ExchangeLibrary*> library = open();
  return library;
}

}  // namespace a2q
