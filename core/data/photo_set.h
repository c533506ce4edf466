// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/network/shape.h"

namespace a2q {

/// One image of its own size: channels × height × width unsigned 8-bit values, row-major.
struct Photo {
  Shape shape;
  std::vector<std::uint8_t> pixels;
};

/// A photograph and its down-scaled copy: high is `factor` times as high and as wide as low.
struct PhotoPair {
  std::string name;
  Photo low;
  Photo high;
};

/// Pairs for super-resolution; every pair has `channels` channels.
struct PhotoSet {
  std::int64_t factor = 1;
  std::int64_t channels = 0;
  std::vector<PhotoPair> pairs;

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(pairs.size()); }
};

}  // namespace a2q
