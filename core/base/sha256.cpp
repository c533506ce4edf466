// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

namespace a2q {

namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

tl::unexpected<Error> unreadable(const fs::path& path, const std::error_code& reason) {
  return fail(ErrorCode::kReadFailed, fmt::format("cannot read {}", path.string()),
              reason.message());
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
    throw std::bad_alloc();
  }
}

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

Status Sha256::addFile(const fs::path& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path, {errno, std::generic_category()});
  std::vector<char> block(std::size_t{1} << 18);
  for (;;) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    add({block.data(), count});
    if (count == block.size()) continue;
    if (std::ferror(file.get()) != 0) return unreadable(path, {errno, std::generic_category()});
    return {};
  }
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

Result<std::string> sha256OfFile(const fs::path& path) {
  Sha256 sum;
  if (Status added = sum.addFile(path); !added) return forward(std::move(added));
  return sum.hex();
}

}  // namespace a2q
