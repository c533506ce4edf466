// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_source.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace a2q {

namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16;
constexpr int kGzipWindow = 15 + 16;  // zlib: largest window, gzip header and checksum

struct CloseFile {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};

}  // namespace

struct ByteSource::State {
  std::string name;
  std::unique_ptr<std::FILE, CloseFile> file;
  std::array<std::uint8_t, kBlock> block{};
  z_stream stream{};
  bool gzip = false;
  bool in_member = false;  // between the header and the checksum of a gzip member
  bool first_member = true;
  bool cut_short = false;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (gzip) inflateEnd(&stream);
  }

  // Refills the block when it is used up; false at the end of the file.
  [[nodiscard]] Result<bool> refill() {
    if (stream.avail_in > 0) return true;
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    if (count == 0 && std::ferror(file.get()) != 0) {
      return fail(ErrorCode::kReadFailed, fmt::format("cannot read {}", name));
    }
    stream.next_in = block.data();
    stream.avail_in = static_cast<uInt>(count);
    return count > 0;
  }

  [[nodiscard]] Result<std::size_t> readPlain(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
      const Result<bool> more = refill();
      if (!more) return tl::make_unexpected(more.error());
      if (!*more) break;
      const std::size_t count = std::min<std::size_t>(out.size() - done, stream.avail_in);
      std::copy_n(stream.next_in, count, out.begin() + static_cast<std::ptrdiff_t>(done));
      stream.next_in += count;
      stream.avail_in -= static_cast<uInt>(count);
      done += count;
    }
    return done;
  }

  [[nodiscard]] Result<std::size_t> readGzip(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
      const Result<bool> more = refill();
      if (!more) return tl::make_unexpected(more.error());
      if (!*more && !in_member) break;
      // At the end of the file zlib may still hold output that had no room before.
      const Result<std::size_t> count = inflateInto(out.subspan(done));
      if (!count) return count;
      cut_short = !*more && *count == 0 && in_member;
      if (cut_short) break;
      done += *count;
    }
    return done;
  }

  [[nodiscard]] Result<std::size_t> inflateInto(std::span<std::uint8_t> out) {
    // A gzip file may hold several members one after the other.
    if (!in_member) {
      inflateReset(&stream);
      first_member = false;
    }
    in_member = true;
    const auto room = static_cast<uInt>(std::min(out.size(), std::size_t{1} << 30));
    stream.next_out = out.data();
    stream.avail_out = room;
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      in_member = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return damaged(stream.msg != nullptr ? stream.msg : zError(status));
    }
    return room - stream.avail_out;
  }

  [[nodiscard]] tl::unexpected<Error> damaged(const char* reason) const {
    const bool behind = !first_member && stream.total_out == 0;
    return fail(ErrorCode::kFileFormat,
                behind ? fmt::format("{}: bytes follow the end of the gzip data", name)
                       : fmt::format("{}: the gzip data is damaged", name),
                fmt::format("zlib says: {}.", reason), "Fetch the file again.");
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&& other) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&& other) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
  auto state = std::make_unique<State>();
  state->name = path.string();
  std::error_code status;
  if (std::filesystem::is_directory(path, status)) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read {}", state->name),
                "It is a folder.");
  }
  state->file.reset(std::fopen(path.c_str(), "rb"));
  if (!state->file) {
    const std::error_code reason(errno, std::generic_category());
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read {}", state->name),
                reason.message());
  }
  const Result<bool> more = state->refill();
  if (!more) return tl::make_unexpected(more.error());
  const bool marked =
      state->stream.avail_in >= 2 && state->block[0] == 0x1f && state->block[1] == 0x8b;
  if (marked) {
    if (inflateInit2(&state->stream, kGzipWindow) != Z_OK) {
      return fail(ErrorCode::kInternal, "zlib cannot be started");
    }
    state->gzip = true;
    state->in_member = true;
  }
  return ByteSource(std::move(state));
}

Result<std::size_t> ByteSource::read(std::span<std::uint8_t> out) {
  return state_->gzip ? state_->readGzip(out) : state_->readPlain(out);
}

bool ByteSource::compressed() const { return state_->gzip; }
bool ByteSource::cutShort() const { return state_->cut_short; }

}  // namespace a2q
