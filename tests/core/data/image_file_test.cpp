// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_file.h"

#include <gmock/gmock.h>
#include <png.h>

#include <cstdlib>

#include "tests/core/data/test_images.h"

namespace a2q {
namespace {

using test::Bytes;
using test::Interlace;
using test::jpegBytes;
using test::JpegForm;
using test::pngBytes;
using test::smoothPhoto;
using testing::ElementsAre;
using testing::HasSubstr;

class ImageFile : public testing::Test {
 protected:
  Result<Photo> read(const Bytes& bytes) { return readImage(folder_.write("image", bytes)); }

  Photo readWell(const Bytes& bytes) {
    auto photo = read(bytes);
    EXPECT_TRUE(photo) << describe(photo.error());
    return photo ? std::move(*photo) : Photo{};
  }

  test::TemporaryFolder folder_;
};

TEST_F(ImageFile, KnowsNamesOfImages) {
  for (const char* name : {"a.png", "b.JPG", "c.Jpeg", "d/e.f.png"}) EXPECT_TRUE(isImageName(name));
  for (const char* name : {"a.gif", "png", "a.png.gz", ""}) EXPECT_FALSE(isImageName(name));
}

TEST_F(ImageFile, ListsTheImagesOfAFolderByName) {
  for (const char* name : {"b.png", "a.jpg", "c.txt", "below/d.png"}) folder_.write(name, {});
  const auto files = imagesIn(folder_.path());
  ASSERT_TRUE(files);
  EXPECT_THAT(*files, ElementsAre(folder_.path() / "a.jpg", folder_.path() / "b.png"));
  EXPECT_EQ(imagesIn(folder_.path() / "nowhere").error().code, ErrorCode::kReadFailed);
}

TEST_F(ImageFile, ReadsEveryKindOfPng) {
  EXPECT_THAT(readWell(pngBytes(1, 3, PNG_COLOR_TYPE_GRAY, 8, {1, 2, 255})).pixels,
              ElementsAre(1, 2, 255));
  // One bit a pixel, then four: spread over 0 to 255.
  EXPECT_THAT(readWell(pngBytes(1, 3, PNG_COLOR_TYPE_GRAY, 1, {0b10100000})).pixels,
              ElementsAre(255, 0, 255));
  EXPECT_THAT(readWell(pngBytes(1, 2, PNG_COLOR_TYPE_GRAY, 4, {0x3f})).pixels,
              ElementsAre(3 * 17, 255));
  // 16 bits: rounded to the nearest of 257 · k.
  EXPECT_THAT(readWell(pngBytes(1, 2, PNG_COLOR_TYPE_GRAY, 16, {0x00, 0x81, 0xff, 0xff})).pixels,
              ElementsAre(1, 255));
  EXPECT_THAT(readWell(pngBytes(1, 2, PNG_COLOR_TYPE_GRAY_ALPHA, 8, {7, 0, 9, 255})).pixels,
              ElementsAre(7, 9));
  EXPECT_THAT(readWell(pngBytes(1, 2, PNG_COLOR_TYPE_RGB, 8, {1, 2, 3, 4, 5, 6})).pixels,
              ElementsAre(1, 4, 2, 5, 3, 6));
  EXPECT_THAT(readWell(pngBytes(1, 1, PNG_COLOR_TYPE_RGB_ALPHA, 8, {1, 2, 3, 0})).pixels,
              ElementsAre(1, 2, 3));
  const Photo palette = readWell(pngBytes(1, 2, PNG_COLOR_TYPE_PALETTE, 4, {0x2f}));
  EXPECT_EQ(palette.shape, (Shape{3, 1, 2}));
  EXPECT_THAT(palette.pixels, ElementsAre(2, 15, 102, 115, 202, 215));
}

TEST_F(ImageFile, ReadsInterlacedPng) {
  Bytes samples;
  for (int i = 0; i < 11 * 13; ++i) samples.push_back(static_cast<std::uint8_t>(i));
  const Bytes file = pngBytes(11, 13, PNG_COLOR_TYPE_GRAY, 8, samples, Interlace::kAdam7);
  EXPECT_EQ(readWell(file).pixels, samples);
}

TEST_F(ImageFile, ReadsJpegNearlyAsItWas) {
  for (const std::int64_t channels : {1, 3}) {
    const Photo original = smoothPhoto({channels, 20, 37});
    for (const JpegForm form : {JpegForm::kBaseline, JpegForm::kProgressive}) {
      const Photo photo = readWell(jpegBytes(original, form));
      ASSERT_EQ(photo.shape, original.shape);
      for (std::size_t i = 0; i < photo.pixels.size(); ++i) {
        ASSERT_NEAR(photo.pixels[i], original.pixels[i], 3) << i;
      }
    }
  }
}

// Cut anywhere, an image is an error that names the file, and nothing worse.
TEST_F(ImageFile, RefusesTruncatedFiles) {
  const Photo photo = smoothPhoto({3, 40, 40});
  for (const Bytes& whole :
       {pngBytes(photo), jpegBytes(photo), jpegBytes(photo, JpegForm::kProgressive)}) {
    for (std::size_t size = 0; size < whole.size() - 2; size += 1 + whole.size() / 200) {
      const auto result = read(Bytes(whole.begin(), whole.begin() + static_cast<long>(size)));
      ASSERT_FALSE(result) << size << " of " << whole.size();
      EXPECT_THAT(result.error().message, HasSubstr((folder_.path() / "image").string()));
    }
  }
  EXPECT_EQ(read({}).error().code, ErrorCode::kDataTruncated);
}

// Any byte changed: read or refused, but never a crash (the sanitizers watch).
TEST_F(ImageFile, SurvivesDamagedBytes) {
  const Photo photo = smoothPhoto({3, 16, 16});
  for (const Bytes& whole :
       {pngBytes(photo), jpegBytes(photo), jpegBytes(photo, JpegForm::kProgressive)}) {
    for (std::size_t at = 8; at < whole.size(); ++at) {
      Bytes damaged = whole;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x5a);
      const auto result = read(damaged);
      if (!result) continue;
      EXPECT_EQ(result->pixels.size(), static_cast<std::size_t>(result->shape.size()));
    }
  }
}

TEST_F(ImageFile, ChecksTheSumsOfAPng) {
  Bytes file = pngBytes(smoothPhoto({1, 8, 8}));
  file[file.size() - 16] ^= 1;  // within the pixels, before their checksum and the end mark
  const auto result = read(file);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(result.error().cause, HasSubstr("libpng says"));
}

TEST_F(ImageFile, RefusesSizesNobodyHas) {
  Bytes file = pngBytes(smoothPhoto({1, 8, 8}));
  // A header that promises 2^19 × 2^19, with its checksum made right by zlib's rule.
  Bytes header(file.begin() + 12, file.begin() + 29);
  header[5] = header[9] = 0x08;
  std::uint32_t sum = 0xffffffff;
  for (const std::uint8_t byte : header) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320 : 0);
  }
  sum = ~sum;
  std::copy(header.begin(), header.end(), file.begin() + 12);
  for (std::size_t i = 0; i < 4; ++i) file[29 + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
  const auto result = read(file);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
  EXPECT_THAT(result.error().message, HasSubstr("too large"));
  EXPECT_THAT(result.error().cause, HasSubstr("524296×524296"));
}

TEST_F(ImageFile, RefusesOtherKinds) {
  const auto other = read({'G', 'I', 'F', '8', '9', 'a'});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kDataMagic);
  EXPECT_THAT(other.error().cause, HasSubstr("47 49 46 38"));
  const auto cmyk = read(jpegBytes(smoothPhoto({4, 8, 8}), JpegForm::kCmyk));
  ASSERT_FALSE(cmyk);
  EXPECT_EQ(cmyk.error().code, ErrorCode::kFileFormat);
  EXPECT_EQ(readImage(folder_.path()).error().code, ErrorCode::kReadFailed);
  EXPECT_EQ(readImage(folder_.path() / "nothing").error().code, ErrorCode::kReadFailed);
}

}  // namespace
}  // namespace a2q
