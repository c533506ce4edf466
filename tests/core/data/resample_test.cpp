// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/resample.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "core/data/counter_random.h"
#include "core/data/psnr.h"

namespace a2q {
namespace {

using testing::Each;
using testing::ElementsAre;

Photo noise(const Shape& shape) {
  Photo photo{shape, {}};
  CounterRandom random(11, 1, 0);
  for (std::int64_t i = 0; i < shape.size(); ++i) {
    photo.pixels.push_back(static_cast<std::uint8_t>(random.below(256)));
  }
  return photo;
}

// Keys (1981), equation 15, as written there.
double keys(double s) {
  const double a = std::fabs(s);
  if (a < 1) return 3.0 / 2 * a * a * a - 5.0 / 2 * a * a + 1;
  if (a < 2) return -1.0 / 2 * a * a * a + 5.0 / 2 * a * a - 4 * a + 2;
  return 0;
}

// Every output value from every value of a plane that is mirrored without end: a direct sum over
// both directions, with no table of taps and no order of passes.
double direct(const Photo& photo, Extent size, std::int64_t y, std::int64_t x) {
  const auto along = [](std::int64_t place, std::int64_t from, std::int64_t to) {
    const double ratio = static_cast<double>(from) / static_cast<double>(to);
    const double stretch = ratio > 1 ? ratio : 1;
    std::vector<double> weights(static_cast<std::size_t>(from), 0.0);
    double sum = 0;
    const double centre = (static_cast<double>(place) + 0.5) * ratio;
    for (std::int64_t index = -6 * from; index < 7 * from; ++index) {
      const double weight = keys((static_cast<double>(index) + 0.5 - centre) / stretch);
      std::int64_t source = index;
      while (source < 0 || source >= from)
        source = source < 0 ? -1 - source : 2 * from - 1 - source;
      weights[static_cast<std::size_t>(source)] += weight;
      sum += weight;
    }
    for (double& weight : weights) weight /= sum;
    return weights;
  };
  const auto rows = along(y, photo.shape.height, size.height);
  const auto columns = along(x, photo.shape.width, size.width);
  double value = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      value += rows[i] * columns[j] * photo.pixels[i * columns.size() + j];
    }
  }
  return std::min(255.0, std::max(0.0, value));
}

TEST(Resample, AgreesWithTheDirectSum) {
  const Photo photo = noise({1, 12, 18});
  for (const Extent size :
       {Extent{4, 6}, Extent{6, 9}, Extent{36, 54}, Extent{12, 18}, Extent{5, 31}, Extent{1, 1}}) {
    const Photo result = resizeBicubic(photo, size);
    ASSERT_EQ(result.shape, (Shape{1, size.height, size.width}));
    for (std::int64_t y = 0; y < size.height; ++y) {
      for (std::int64_t x = 0; x < size.width; ++x) {
        ASSERT_NEAR(result.pixels[static_cast<std::size_t>(y * size.width + x)],
                    direct(photo, size, y, x), 0.5 + 1e-9);
      }
    }
  }
}

// Worked out by hand from the antialiased kernel, four scales wide: cubic(k/3)/3 at k pixels from
// the centre.
TEST(Resample, SpreadsAnImpulseByTheStretchedKernel) {
  const Photo impulse{{1, 1, 9}, {0, 0, 0, 0, 255, 0, 0, 0, 0}};
  // cubic(0) = 1 and cubic(1) = 0; the eleven weights sum to 3: 255/3 = 85, its neighbours 0.
  EXPECT_THAT(resizeBicubic(impulse, {1, 3}).pixels, ElementsAre(0, 85, 0));
  const Photo beside{{1, 1, 9}, {0, 0, 0, 255, 0, 0, 0, 0, 0}};
  // cubic(1/3) = 7/9 for the middle. The first is 2 pixels away, cubic(2/3) = 1/3, and 5 from the
  // mirrored impulse, cubic(5/3) = -1/27: 85·(9 - 1)/27 = 25.2. The last is 4 away: negative.
  EXPECT_THAT(resizeBicubic(beside, {1, 3}).pixels, ElementsAre(25, 66, 0));
}

TEST(Resample, KeepsConstantsAndExactlyInvertsNothingAtScaleOne) {
  const Photo constant{{1, 7, 9}, std::vector<std::uint8_t>(63, 137)};
  for (const Extent size : {Extent{3, 2}, Extent{14, 18}, Extent{7, 9}, Extent{21, 4}}) {
    EXPECT_THAT(resizeBicubic(constant, size).pixels, Each(137));
  }
  const Photo photo = noise({3, 7, 9});
  EXPECT_EQ(resizeBicubic(photo, {7, 9}).pixels, photo.pixels);
}

// Keys' kernel reproduces straight lines away from the borders.
TEST(Resample, ContinuesALinearRamp) {
  Photo ramp{{1, 1, 30}, {}};
  for (int x = 0; x < 30; ++x) ramp.pixels.push_back(static_cast<std::uint8_t>(10 + 6 * x));
  const Photo twice = resizeBicubic(ramp, {1, 60});
  for (std::size_t x = 6; x < 54; ++x) {
    // Centre of pixel x lies at x/2 - 1/4 of the small one: 10 + 6·(x/2 - 1/4) = 8.5 + 3x.
    EXPECT_NEAR(twice.pixels[x], 8.5 + 3.0 * static_cast<double>(x), 0.5 + 1e-9);
  }
  const Photo third = resizeBicubic(ramp, {1, 10});
  for (std::size_t x = 2; x < 8; ++x) EXPECT_EQ(third.pixels[x], 16 + 18 * x);
}

TEST(Resample, AreaIsTheMeanOfSquares) {
  const Photo photo{{2, 2, 4}, {0, 10, 100, 101, 20, 31, 102, 103, 255, 255, 0, 0, 255, 254, 0, 1}};
  // Means 15.25, 101.5 (rounded up), 254.75 and 0.25.
  EXPECT_THAT(downscale(photo, 2, Downscale::kArea).pixels, ElementsAre(15, 102, 255, 0));
}

TEST(Resample, BicubicDownscaleIsTheResizeToThatSize) {
  const Photo photo = noise({2, 9, 12});
  EXPECT_EQ(downscale(photo, 3, Downscale::kBicubic).pixels, resizeBicubic(photo, {3, 4}).pixels);
}

TEST(Resample, CropsToMultiples) {
  Photo photo{{2, 3, 4}, {}};
  for (std::uint8_t i = 0; i < 24; ++i) photo.pixels.push_back(i);
  const Photo cropped = cropToMultiple(photo, 3);
  EXPECT_EQ(cropped.shape, (Shape{2, 3, 3}));
  EXPECT_THAT(cropped.pixels,
              ElementsAre(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 16, 17, 18, 20, 21, 22));
}

// ITU-R BT.601: white 235, black 16, and the three primaries as rgb2ycbcr gives them.
TEST(Resample, LuminanceIsThatOfBt601) {
  const Photo photo{{3, 1, 5}, {255, 0, 255, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0, 0, 255}};
  EXPECT_THAT(luminance(photo).pixels, ElementsAre(235, 16, 81, 145, 41));
  const Photo grey{{1, 1, 2}, {3, 250}};
  EXPECT_EQ(luminance(grey).pixels, grey.pixels);
  EXPECT_THAT(rgb(grey).pixels, ElementsAre(3, 250, 3, 250, 3, 250));
  EXPECT_EQ(rgb(photo).pixels, photo.pixels);
}

TEST(Psnr, IsTheFormulaWithoutTheBorder) {
  const Shape shape{1, 4, 5};
  std::vector<std::uint8_t> a(20, 100);
  std::vector<std::uint8_t> b = a;
  EXPECT_TRUE(std::isinf(psnr(a, b, shape, 1)));
  b[0] = 0;  // in the border
  EXPECT_TRUE(std::isinf(psnr(a, b, shape, 1)));
  b[6] = 103;  // squared error 9 over 2 × 3 values: 10 log10(65025 · 6 / 9) = 46.370 dB
  EXPECT_NEAR(psnr(a, b, shape, 1), 46.370, 0.001);
  EXPECT_NEAR(psnr(a, b, shape, 0), 10 * std::log10(65025.0 * 20 / 10009), 1e-9);
  EXPECT_TRUE(std::isnan(psnr(a, b, shape, 2)));
}

TEST(Psnr, OfASetIsTheMeanOverItsImages) {
  PhotoSet set{2, 1, {}};
  for (const std::int64_t side : {12, 20}) {
    const Photo high = noise({1, side, side});
    set.pairs.push_back({"", downscale(high, 2, Downscale::kArea), high});
  }
  double sum = 0;
  for (const PhotoPair& pair : set.pairs) {
    double squares = 0;
    const std::int64_t side = pair.high.shape.width;
    for (std::int64_t y = 2; y < side - 2; ++y) {
      for (std::int64_t x = 2; x < side - 2; ++x) {
        const double there = std::floor(direct(pair.low, {side, side}, y, x) + 0.5);
        squares += std::pow(there - pair.high.pixels[static_cast<std::size_t>(y * side + x)], 2);
      }
    }
    const auto count = static_cast<double>((side - 4) * (side - 4));
    sum += 20 * std::log10(255 / std::sqrt(squares / count));
  }
  EXPECT_NEAR(bicubicPsnr(set), sum / 2, 1e-6);
  EXPECT_TRUE(std::isnan(bicubicPsnr({2, 1, {}})));
}

}  // namespace
}  // namespace a2q
