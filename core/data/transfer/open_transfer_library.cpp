// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/part_library.h"
#include "core/data/transfer/transfer.h"

namespace a2q {
namespace {

Result<const TransferLibrary*> open() {
  auto part = openPart({"liba2q_transfer.so", "a2qTransferVersion", "a2qTransferLibrary",
                        ErrorCode::kTransferLibrary});
  if (!part) return forward(std::move(part));
  return static_cast<const TransferLibrary*>(*part);
}

}  // namespace

Result<const TransferLibrary*> openTransferLibrary() {
  static const Result<const TransferLibrary*> library = open();
  return library;
}

}  // namespace a2q
