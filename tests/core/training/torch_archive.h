// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace a2q::testing {

/// A ZIP archive of stored entries, put together apart from the program's reader; `method` is what
/// each entry claims to be packed with (0: stored).
[[nodiscard]] std::string zipOf(const std::map<std::string, std::string>& entries, int method = 0);

/// An archive as torch.save makes it, of a pickle (without its protocol) and storages by number.
[[nodiscard]] std::string torchArchive(const std::string& pickle,
                                       const std::map<std::string, std::string>& storages = {});

/// Pieces of pickles, by the names of Python's pickletools.
[[nodiscard]] std::string text(const std::string& value);
[[nodiscard]] std::string integer(std::int64_t value);
/// A call of _rebuild_tensor_v2; sizes and strides are tuples such as "(K\2t".
[[nodiscard]] std::string rebuiltTensor(const std::string& type, const std::string& key,
                                        std::int64_t offset, const std::string& sizes,
                                        const std::string& strides);

}  // namespace a2q::testing
