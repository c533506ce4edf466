// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/test_images.h"

#include <png.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

// After <cstdio>: libjpeg's headers use FILE without declaring it.
#include <jpeglib.h>

namespace a2q::test {

namespace {

void append(png_structp png, png_bytep bytes, std::size_t count) {
  auto* out = static_cast<Bytes*>(png_get_io_ptr(png));
  out->insert(out->end(), bytes, bytes + count);
}

Bytes interleaved(const Photo& photo) {
  const auto channels = static_cast<std::size_t>(photo.shape.channels);
  const std::size_t plane = photo.pixels.size() / channels;
  Bytes out(photo.pixels.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = photo.pixels[i % channels * plane + i / channels];
  }
  return out;
}

}  // namespace

Bytes pngBytes(std::int64_t height, std::int64_t width, int colour_type, int depth,
               const Bytes& samples, Interlace interlace) {
  Bytes out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &out, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), depth,
               colour_type, interlace == Interlace::kAdam7 ? PNG_INTERLACE_ADAM7 : 0, 0, 0);
  std::array<png_color, 16> palette{};
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const auto entry = static_cast<png_byte>(i);
    palette[i] = {entry, static_cast<png_byte>(100 + i), static_cast<png_byte>(200 + i)};
  }
  if (colour_type == PNG_COLOR_TYPE_PALETTE) {
    png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
  }
  png_write_info(png, info);
  Bytes copy = samples;
  const std::size_t row_bytes = copy.size() / static_cast<std::size_t>(height);
  std::vector<png_bytep> rows;
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    rows.push_back(copy.data() + y * row_bytes);
  }
  png_write_image(png, rows.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

Bytes pngBytes(const Photo& photo) {
  const int colour = photo.shape.channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;
  return pngBytes(photo.shape.height, photo.shape.width, colour, 8, interleaved(photo));
}

Bytes jpegBytes(const Photo& photo, JpegForm form) {
  jpeg_compress_struct coder;
  jpeg_error_mgr errors;
  coder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&coder);
  unsigned char* memory = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&coder, &memory, &size);
  coder.image_height = static_cast<JDIMENSION>(photo.shape.height);
  coder.image_width = static_cast<JDIMENSION>(photo.shape.width);
  coder.input_components = static_cast<int>(photo.shape.channels);
  coder.in_color_space = photo.shape.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  if (form == JpegForm::kCmyk) coder.in_color_space = JCS_CMYK;
  jpeg_set_defaults(&coder);
  jpeg_set_quality(&coder, 100, TRUE);
  coder.comp_info[0].h_samp_factor = 1;  // colours at full size, so that they come back
  coder.comp_info[0].v_samp_factor = 1;
  if (form == JpegForm::kProgressive) jpeg_simple_progression(&coder);
  jpeg_start_compress(&coder, TRUE);
  Bytes values = interleaved(photo);
  const auto row_bytes = static_cast<std::size_t>(photo.shape.channels * photo.shape.width);
  while (coder.next_scanline < coder.image_height) {
    JSAMPROW row = values.data() + coder.next_scanline * row_bytes;
    jpeg_write_scanlines(&coder, &row, 1);
  }
  jpeg_finish_compress(&coder);
  Bytes out(memory, memory + size);
  std::free(memory);
  jpeg_destroy_compress(&coder);
  return out;
}

Photo smoothPhoto(const Shape& shape) {
  Photo photo{shape, {}};
  for (std::int64_t channel = 0; channel < shape.channels; ++channel) {
    for (std::int64_t y = 0; y < shape.height; ++y) {
      for (std::int64_t x = 0; x < shape.width; ++x) {
        const std::int64_t value =
            30 + 60 * channel + 100 * y / shape.height + 20 * x / shape.width;
        photo.pixels.push_back(static_cast<std::uint8_t>(value));
      }
    }
  }
  return photo;
}

}  // namespace a2q::test
