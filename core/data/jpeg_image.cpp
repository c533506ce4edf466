// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>

// After <cstdio>: libjpeg's headers use FILE without declaring it.
#include <jerror.h>
#include <jpeglib.h>

#include "core/data/image_decoders.h"

namespace a2q {

namespace {

constexpr int kMostScans = 500;  // a progressive file may ask for endless work

/// All that libjpeg's callbacks touch. Plain data, so that a jump out of the library passes over
/// nothing that would have to be destroyed.
struct JpegState {
  jpeg_decompress_struct decoder;
  jpeg_error_mgr errors;
  jpeg_progress_mgr progress;
  std::jmp_buf escape;
  std::array<char, JMSG_LENGTH_MAX> message;
  bool ended;
};

JpegState* stateOf(j_common_ptr common) { return static_cast<JpegState*>(common->client_data); }

void onError(j_common_ptr common) {
  JpegState* const state = stateOf(common);
  if (state->message[0] == '\0') common->err->format_message(common, state->message.data());
  std::longjmp(state->escape, 1);
}

/// libjpeg only warns of missing and corrupt data and goes on with grey; here they are errors.
void onMessage(j_common_ptr common, int level) {
  const int code = common->err->msg_code;
  const bool harmless =
      code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM || code == JWRN_JFIF_MAJOR;
  if (level >= 0 || harmless) return;
  stateOf(common)->ended = code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER;
  onError(common);
}

void onProgress(j_common_ptr common) {
  JpegState* const state = stateOf(common);
  if (state->decoder.input_scan_number <= kMostScans) return;
  std::snprintf(state->message.data(), state->message.size(), "it has more than %d scans",
                kMostScans);
  std::longjmp(state->escape, 1);
}

bool readHeader(JpegState* state, std::string_view bytes) {
  if (setjmp(state->escape) != 0) return false;
  jpeg_create_decompress(&state->decoder);
  state->decoder.progress = &state->progress;
  jpeg_mem_src(&state->decoder, reinterpret_cast<const unsigned char*>(bytes.data()),
               static_cast<unsigned long>(bytes.size()));
  jpeg_read_header(&state->decoder, TRUE);
  const bool grey = state->decoder.jpeg_color_space == JCS_GRAYSCALE;
  state->decoder.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_calc_output_dimensions(&state->decoder);
  return true;
}

bool readRows(JpegState* state, std::uint8_t* row, Photo* photo) {
  if (setjmp(state->escape) != 0) return false;
  jpeg_start_decompress(&state->decoder);
  while (state->decoder.output_scanline < state->decoder.output_height) {
    const auto y = static_cast<std::int64_t>(state->decoder.output_scanline);
    jpeg_read_scanlines(&state->decoder, &row, 1);
    storeRow({row, static_cast<std::size_t>(photo->shape.channels * photo->shape.width)}, y,
             *photo);
  }
  jpeg_finish_decompress(&state->decoder);
  return true;
}

class JpegReader {
 public:
  JpegReader() : state_{} {
    state_.decoder.err = jpeg_std_error(&state_.errors);
    state_.decoder.client_data = &state_;
    state_.errors.error_exit = onError;
    state_.errors.emit_message = onMessage;
    state_.progress.progress_monitor = onProgress;
  }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;
  ~JpegReader() { jpeg_destroy_decompress(&state_.decoder); }

  JpegState& state() { return state_; }

 private:
  JpegState state_;
};

tl::unexpected<Error> damaged(const JpegState& state, const std::string& name) {
  return fail(state.ended ? ErrorCode::kDataTruncated : ErrorCode::kFileFormat,
              fmt::format("{} is {}", name, state.ended ? "truncated" : "damaged"),
              fmt::format("libjpeg says: {}.", state.message.data()),
              "Fetch the file again, or take it out of the folder.");
}

}  // namespace

Result<Photo> decodeJpeg(std::string_view bytes, const std::string& name) {
  JpegReader reader;
  JpegState& state = reader.state();
  if (!readHeader(&state, bytes)) return damaged(state, name);
  Photo photo{
      {state.decoder.out_color_components, state.decoder.output_height, state.decoder.output_width},
      {}};
  if (Status small = checkPixels(photo.shape, name); !small) return forward(std::move(small));
  photo.pixels.resize(static_cast<std::size_t>(photo.shape.size()));
  std::vector<std::uint8_t> row(static_cast<std::size_t>(photo.shape.channels * photo.shape.width));
  if (!readRows(&state, row.data(), &photo)) return damaged(state, name);
  return photo;
}

}  // namespace a2q
