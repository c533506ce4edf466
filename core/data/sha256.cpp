// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <new>
#include <system_error>
#include <utility>
#include <vector>

#include "core/data/image_file.h"

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

Status addFile(const fs::path& path, Sha256& sum) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return unreadable(path, {errno, std::generic_category()});
  std::vector<char> block(std::size_t{1} << 18);
  for (;;) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    sum.add({block.data(), count});
    if (count == block.size()) continue;
    if (std::ferror(file.get()) != 0) return unreadable(path, {errno, std::generic_category()});
    return {};
  }
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
  if (Status added = addFile(path, sum); !added) return forward(std::move(added));
  return sum.hex();
}

Result<std::string> sha256OfImages(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  fs::recursive_directory_iterator entry(folder, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    std::error_code ignored;
    if (!isImageName(entry->path()) || !entry->is_regular_file(ignored)) continue;
    names.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (problem) return unreadable(folder, problem);
  std::sort(names.begin(), names.end());
  Sha256 sum;
  for (const std::string& name : names) {
    sum.add(name);
    sum.add(std::string_view("\0", 1));
    if (Status added = addFile(folder / name, sum); !added) return forward(std::move(added));
  }
  return sum.hex();
}

}  // namespace a2q
