// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/common/series_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace a2q::views {
namespace {

constexpr std::size_t kBlock = 8;
constexpr float kGap = std::numeric_limits<float>::quiet_NaN();
constexpr ValueRange kNothing{kGap, kGap};

/// Least and largest, where a number wins over NaN; std::fmin would be a call each.
void include(ValueRange& range, const ValueRange& other) {
  if (other.low < range.low || std::isnan(range.low)) range.low = other.low;
  if (other.high > range.high || std::isnan(range.high)) range.high = other.high;
}

}  // namespace

void SeriesPyramid::clear() {
  values_.clear();
  keys_.clear();
  levels_.clear();
}

void SeriesPyramid::setEvenKeys(double first, double distance) {
  first_key_ = first;
  distance_ = distance;
}

void SeriesPyramid::append(double value) {
  grow(std::isfinite(value) ? static_cast<float>(value) : kGap);
}

void SeriesPyramid::append(double key, double value) {
  keys_.push_back(keys_.empty() ? key : std::max(key, keys_.back()));
  append(value);
}

void SeriesPyramid::grow(float value) {
  values_.push_back(value);
  if (values_.size() % kBlock != 0) return;
  // Only whole blocks are kept: a block is done with its last value, and two make one above.
  ValueRange done = scan(values_.size() - kBlock, values_.size());
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    std::vector<ValueRange>& blocks = levels_[level];
    blocks.push_back(done);
    if (blocks.size() % 2 != 0) return;
    include(done, blocks[blocks.size() - 2]);
  }
}

double SeriesPyramid::key(std::size_t index) const {
  return keys_.empty() ? first_key_ + distance_ * static_cast<double>(index) : keys_[index];
}

std::size_t SeriesPyramid::indexAtOrAfter(double key) const {
  if (!keys_.empty()) {
    const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
    return static_cast<std::size_t>(found - keys_.begin());
  }
  const double index = std::ceil((key - first_key_) / distance_ - 1e-9);
  if (!(index > 0)) return 0;
  return index >= static_cast<double>(size()) ? size() : static_cast<std::size_t>(index);
}

ValueRange SeriesPyramid::scan(std::size_t first, std::size_t last) const {
  ValueRange range = kNothing;
  for (std::size_t i = first; i < last; ++i) include(range, {values_[i], values_[i]});
  return range;
}

ValueRange SeriesPyramid::range(std::size_t first, std::size_t last) const {
  last = std::min(last, size());
  ValueRange range = kNothing;
  while (first < last) {
    // The largest block that starts here and ends in time.
    std::size_t block = 1;
    std::size_t level = 0;
    for (std::size_t l = 0; l < levels_.size(); ++l) {
      const std::size_t next = kBlock << l;
      if (first % next != 0 || first + next > last) break;
      block = next;
      level = l;
    }
    include(range, block == 1 ? ValueRange{values_[first], values_[first]}
                              : levels_[level][first / block]);
    first += block;
  }
  return range;
}

ValueRange SeriesPyramid::positiveRange(std::size_t first, std::size_t last) const {
  ValueRange range = this->range(first, last);
  if (range.low > 0 || std::isnan(range.low)) return range;
  range.low = kGap;
  for (std::size_t i = first; i < std::min(last, size()); ++i) {
    if (values_[i] > 0) range.low = std::fmin(range.low, values_[i]);
  }
  if (std::isnan(range.low)) return kNothing;
  return range;
}

void SeriesPyramid::appendBlock(std::size_t first, std::size_t last,
                                std::vector<SeriesPoint>& out) const {
  const ValueRange extremes = range(first, last);
  const double start = key(first);
  if (std::isnan(extremes.low)) {
    out.push_back({start, extremes.low});
    return;
  }
  // Rising blocks are drawn upwards, so that the line between blocks stays short.
  const bool rising = !(values_[first] > values_[last - 1]);
  const double middle = (start + key(last - 1)) / 2;
  out.push_back({start, rising ? extremes.low : extremes.high});
  if (extremes.low < extremes.high) {
    out.push_back({middle, rising ? extremes.high : extremes.low});
  }
}

void SeriesPyramid::envelope(std::size_t first, std::size_t last, std::size_t buckets,
                             std::vector<SeriesPoint>& out) const {
  out.clear();
  last = std::min(last, size());
  if (first >= last) return;
  const std::size_t count = last - first;
  buckets = std::max<std::size_t>(buckets, 1);
  if (count <= 2 * buckets || count <= kBlock) {
    for (std::size_t i = first; i < last; ++i) out.push_back({key(i), values_[i]});
    return;
  }
  // Blocks of a fixed grid: a picture that pans does not flicker. No larger than must be: blocks of
  // 8 would make stairs of a line with three points a pixel.
  std::size_t block = 2;
  while (count / block > buckets) block *= 2;
  std::size_t at = first;
  while (at < last) {
    const std::size_t end = std::min((at / block + 1) * block, last);
    appendBlock(at, end, out);
    at = end;
  }
}

}  // namespace a2q::views
