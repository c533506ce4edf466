// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "core/integer/integer_network.h"

namespace a2q::testing {

/// What a dot product of a test looks like.
struct DotShape {
  std::int64_t filters = 4;
  Extent kernel{1, 1};
  Extent stride{1, 1};
  Extent padding{0, 0};
  std::int64_t groups = 1;
};

/// Builds integer networks node by node; shapes and ranges follow from the inputs. Functions give
/// the position of the new node, whose input is the last one where none is named.
class NetworkBuilder {
 public:
  using Weight = std::function<std::int32_t(std::int64_t channel, std::int64_t k)>;

  NetworkBuilder(Shape shape, IntegerFormat format);

  std::size_t dot(const DotShape& shape, BitWidth bits, const Weight& weight);
  /// Thresholds spread over the range of each channel's sums, some of them equal.
  std::size_t thresholds(IntegerFormat format, std::mt19937& random);
  std::size_t pool(const Pool& pool);
  std::size_t sum(std::vector<std::size_t> inputs);
  std::size_t concat(std::vector<std::size_t> inputs);
  std::size_t resize(std::int64_t factor);
  std::size_t pixelShuffle(std::int64_t factor);
  std::size_t flatten();
  std::size_t scores(std::mt19937& random);

  /// The next node reads this one.
  void from(std::size_t node) { last_ = node; }
  [[nodiscard]] const IntegerNetwork& network() const { return network_; }

 private:
  std::size_t add(IntegerOperation operation, std::vector<std::size_t> inputs, IntegerRange range);
  [[nodiscard]] IntegerRange lastRange() const { return network_.nodes[last_].range; }

  IntegerNetwork network_;
  std::size_t last_ = 0;
};

/// Integers of M bits of which about `density` are not zero.
[[nodiscard]] NetworkBuilder::Weight randomWeights(std::mt19937& random, BitWidth bits,
                                                   double density);

/// Codes of a format for so many samples of a shape.
[[nodiscard]] std::vector<std::int32_t> randomCodes(std::mt19937& random, IntegerFormat format,
                                                    std::int64_t count);

}  // namespace a2q::testing
