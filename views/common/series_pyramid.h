// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace a2q::views {

/// The least and the largest value of a stretch of a series; both NaN when it has no numbers.
struct ValueRange {
  float low = 0;
  float high = 0;
};

/// A point of a series as it is drawn.
struct SeriesPoint {
  double key = 0;
  double value = 0;
};

/// A long series with the extremes of its blocks of 8, 16, 32, … points, kept while it grows, so
/// that any stretch is drawn from about as many blocks as there are pixels. Keys either have equal
/// distances, and then are not stored, or never fall. NaN and infinite values are gaps.
class SeriesPyramid {
 public:
  void clear();
  /// Keys `first`, `first + distance`, …; for a series that gets no keys of its own.
  void setEvenKeys(double first, double distance);
  void append(double value);
  /// For a series whose points all have keys of their own, none below the one before.
  void append(double key, double value);

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] double key(std::size_t index) const;
  [[nodiscard]] double value(std::size_t index) const { return values_[index]; }
  /// The first index whose key is at least this; size() when there is none.
  [[nodiscard]] std::size_t indexAtOrAfter(double key) const;

  /// The extremes of [first, last), in logarithmic time.
  [[nodiscard]] ValueRange range(std::size_t first, std::size_t last) const;
  /// The least value above zero and the largest value of [first, last); what a logarithmic axis
  /// can show.
  [[nodiscard]] ValueRange positiveRange(std::size_t first, std::size_t last) const;

  /// Replaces `out` by the points to draw for [first, last): all of them when there are at most
  /// two a bucket, otherwise the extremes of at most `buckets` aligned blocks (and of two more at
  /// the edges), in the order in which a line visits them. A gap is a NaN.
  void envelope(std::size_t first, std::size_t last, std::size_t buckets,
                std::vector<SeriesPoint>& out) const;

 private:
  void grow(float value);
  [[nodiscard]] ValueRange scan(std::size_t first, std::size_t last) const;
  void appendBlock(std::size_t first, std::size_t last, std::vector<SeriesPoint>& out) const;

  std::vector<float> values_;
  std::vector<double> keys_;  ///< empty: even
  double first_key_ = 1;
  double distance_ = 1;
  /// levels_[l][b]: the extremes of the values [b·8·2^l, (b+1)·8·2^l), of whole blocks.
  std::vector<std::vector<ValueRange>> levels_;
};

}  // namespace a2q::views
