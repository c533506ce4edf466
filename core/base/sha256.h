// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

struct evp_md_ctx_st;

namespace a2q {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();

  void add(std::string_view bytes);

  /// Adds the content of a file. Errors: kReadFailed.
  [[nodiscard]] Status addFile(const std::filesystem::path& path);

  /// The sum as 64 hexadecimal digits in small letters; nothing may be added after it.
  [[nodiscard]] std::string hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// The sum of a file's content. Errors: kReadFailed.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path);

}  // namespace a2q
