// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "core/data/image_decoders.h"
#include "core/data/image_file.h"

namespace a2q {

namespace {

constexpr png_uint_32 kLongestSide = 1U << 20;
constexpr png_alloc_size_t kMostChunkBytes = 1U << 23;

/// All that libpng's callbacks touch. Plain data, so that a jump out of the library passes over
/// nothing that would have to be destroyed.
struct PngState {
  png_structp png = nullptr;
  png_infop info = nullptr;
  const char* next = nullptr;
  std::size_t left = 0;
  bool ended = false;
  std::array<char, 160> message{};
};

void onError(png_structp png, png_const_charp message) {
  auto* state = static_cast<PngState*>(png_get_error_ptr(png));
  std::strncpy(state->message.data(), message, state->message.size() - 1);
  std::longjmp(png_jmpbuf(png), 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep out, std::size_t count) {
  auto* state = static_cast<PngState*>(png_get_io_ptr(png));
  if (count > state->left) {
    state->ended = true;
    png_error(png, "the file ends too early");
  }
  std::memcpy(out, state->next, count);
  state->next += count;
  state->left -= count;
}

/// Reads the header and asks for 8-bit grey or RGB; false after an error.
bool readHeader(PngState* state) {
  if (setjmp(png_jmpbuf(state->png)) != 0) return false;
  png_set_user_limits(state->png, kLongestSide, kLongestSide);
  png_set_chunk_malloc_max(state->png, kMostChunkBytes);
  png_set_read_fn(state->png, state, onRead);
  png_read_info(state->png, state->info);
  const int colour = png_get_color_type(state->png, state->info);
  if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(state->png);
  if (colour == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(state->png);
  png_set_scale_16(state->png);
  png_set_strip_alpha(state->png);
  png_set_interlace_handling(state->png);
  png_read_update_info(state->png, state->info);
  return true;
}

/// Reads the pixels, and what follows them up to the end mark, into the rows; false after an error.
bool readRows(PngState* state, png_bytepp rows) {
  if (setjmp(png_jmpbuf(state->png)) != 0) return false;
  png_read_image(state->png, rows);
  png_read_end(state->png, nullptr);
  return true;
}

class PngReader {
 public:
  explicit PngReader(std::string_view bytes) {
    state_.next = bytes.data();
    state_.left = bytes.size();
    state_.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state_, onError, onWarning);
    if (state_.png != nullptr) state_.info = png_create_info_struct(state_.png);
  }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;
  ~PngReader() { png_destroy_read_struct(&state_.png, &state_.info, nullptr); }

  PngState& state() { return state_; }

 private:
  PngState state_;
};

tl::unexpected<Error> damaged(const PngState& state, const std::string& name) {
  return fail(state.ended ? ErrorCode::kDataTruncated : ErrorCode::kFileFormat,
              fmt::format("{} is {}", name, state.ended ? "truncated" : "damaged"),
              fmt::format("libpng says: {}.", state.message.data()),
              "Fetch the file again, or take it out of the folder.");
}

}  // namespace

Result<Photo> decodePng(std::string_view bytes, const std::string& name) {
  PngReader reader(bytes);
  PngState& state = reader.state();
  if (state.info == nullptr) return fail(ErrorCode::kInternal, "libpng cannot be started");
  if (!readHeader(&state)) return damaged(state, name);
  Photo photo{{png_get_channels(state.png, state.info), png_get_image_height(state.png, state.info),
               png_get_image_width(state.png, state.info)},
              {}};
  if (Status small = checkPixels(photo.shape, name); !small) return forward(std::move(small));
  const std::size_t row_bytes = png_get_rowbytes(state.png, state.info);
  const auto height = static_cast<std::size_t>(photo.shape.height);
  std::vector<std::uint8_t> values(row_bytes * height);
  std::vector<png_bytep> rows;
  rows.reserve(height);
  for (std::size_t y = 0; y < height; ++y) rows.push_back(values.data() + y * row_bytes);
  if (!readRows(&state, rows.data())) return damaged(state, name);
  photo.pixels.resize(static_cast<std::size_t>(photo.shape.size()));
  for (std::size_t y = 0; y < height; ++y) {
    storeRow({rows[y], row_bytes}, static_cast<std::int64_t>(y), photo);
  }
  return photo;
}

}  // namespace a2q
