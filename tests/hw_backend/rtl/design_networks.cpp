// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/hw_backend/rtl/design_networks.h"

#include "tests/core/integer/network_builder.h"

namespace a2q::rtl_test {
namespace {

using testing::DotShape;
using testing::NetworkBuilder;

constexpr IntegerFormat unsignedBits(int bits) { return {{bits}, Signedness::kUnsigned}; }
constexpr IntegerFormat signedBits(int bits) { return {{bits}, Signedness::kSigned}; }

/// A builder whose weights and thresholds are random, the same for the same seed.
class RandomNetwork {
 public:
  RandomNetwork(const Shape& shape, IntegerFormat format, std::uint32_t seed)
      : builder_(shape, format), random_(seed) {}

  std::size_t dot(const DotShape& shape, int bits = 3) {
    constexpr double kDensity = 0.7;
    return builder_.dot(shape, {bits}, testing::randomWeights(random_, {bits}, kDensity));
  }
  std::size_t codes(IntegerFormat format) { return builder_.thresholds(format, random_); }
  std::size_t linear(std::int64_t features) { return dot({features, {1, 1}}); }

  NetworkBuilder* operator->() { return &builder_; }

 private:
  NetworkBuilder builder_;
  std::mt19937 random_;
};

constexpr Extent kThree{3, 3};
constexpr Extent kOne{1, 1};
constexpr Extent kTwo{2, 2};
constexpr Extent kNone{0, 0};

}  // namespace

IntegerNetwork perceptron() {
  RandomNetwork net({12, 1, 1}, unsignedBits(3), 1);
  net.linear(8);
  net.codes(unsignedBits(2));
  net.linear(6);
  net.codes(signedBits(3));
  net.linear(3);
  return net->network();
}

IntegerNetwork smallLeNet() {
  RandomNetwork net({2, 9, 8}, unsignedBits(3), 2);
  net.dot({4, kThree, kOne, kOne});
  net.codes(unsignedBits(2));
  net->pool({PoolOperation::kMaximum, kTwo, kTwo, kNone});
  net.dot({6, kThree, kTwo, kOne});
  net.codes(signedBits(2));
  net->flatten();
  net.linear(8);
  net.codes(unsignedBits(2));
  net.linear(5);
  return net->network();
}

IntegerNetwork unpadded() {
  RandomNetwork net({1, 10, 11}, unsignedBits(3), 5);
  net.dot({4, kThree});
  net.codes(unsignedBits(2));
  net->pool({PoolOperation::kMaximum, kTwo, kTwo, kNone});
  net.dot({4, kThree});
  net.codes(unsignedBits(2));
  net->flatten();
  net.linear(6);
  net.codes(unsignedBits(2));
  net.linear(4);
  return net->network();
}

IntegerNetwork residual() {
  RandomNetwork net({4, 8, 8}, unsignedBits(3), 3);
  net.dot({4, kThree, kOne, kOne});
  const std::size_t trunk = net.codes(unsignedBits(3));
  net.dot({4, kThree, kOne, kOne});
  const std::size_t deep = net.codes(signedBits(3));
  net->from(trunk);
  const std::size_t skip = net.codes(signedBits(3));
  net->sum({deep, skip});
  const std::size_t next = net.codes(unsignedBits(2));
  net.dot({6, kThree, kTwo, kOne});
  net.codes(unsignedBits(2));
  net.dot({6, kThree, kOne, kOne});
  const std::size_t left = net.codes(signedBits(3));
  net->from(next);
  net.dot({6, kOne, kTwo, kNone});
  const std::size_t right = net.codes(signedBits(3));
  net->sum({left, right});
  net.codes(unsignedBits(3));
  net->pool({PoolOperation::kSum, {4, 4}, {4, 4}, kNone});
  net.linear(3);
  return net->network();
}

IntegerNetwork branches() {
  RandomNetwork net({2, 6, 6}, signedBits(3), 6);
  std::vector<std::size_t> codes;
  for (const std::int64_t size : {3, 1, 5}) {
    net->from(0);
    net.dot({4, {size, size}, kOne, {size / 2, size / 2}});
    codes.push_back(net.codes(signedBits(2)));
  }
  net->sum(codes);
  const std::size_t again = net.codes(unsignedBits(2));
  net.dot({4, kThree, kOne, kOne});
  const std::size_t left = net.codes(unsignedBits(2));
  net->sum({again, left});
  net->flatten();
  net.codes(unsignedBits(2));
  net.linear(4);
  return net->network();
}

IntegerNetwork hourglass() {
  RandomNetwork net({3, 6, 6}, unsignedBits(3), 7);
  net.dot({4, kThree, kOne, kOne});
  const std::size_t skip = net.codes(unsignedBits(2));
  net->pool({PoolOperation::kMaximum, kTwo, kTwo, kNone});
  net.dot({6, kThree, kOne, kOne});
  net.codes(signedBits(3));
  const std::size_t up = net->resize(2);
  net->concat({up, skip});
  net.dot({8, kThree, kOne, kOne});
  const std::size_t joined = net.codes(unsignedBits(3));
  const std::size_t left = net.codes(signedBits(2));
  net->from(joined);
  const std::size_t right = net.codes(unsignedBits(3));
  net->concat({left, joined, right});
  net.dot({8, kOne});
  net.codes(unsignedBits(2));
  net->pixelShuffle(2);
  net.dot({2, kThree, kTwo, kOne});
  return net->network();
}

IntegerNetwork separable() {
  RandomNetwork net({3, 8, 8}, unsignedBits(3), 4);
  net.codes(unsignedBits(3));
  net.dot({4, kThree, kOne, kOne});
  net.codes(unsignedBits(2));
  net.dot({4, kThree, kTwo, kOne, 4});
  net.codes(unsignedBits(3));
  net.dot({6, kOne});
  net.codes(signedBits(2));
  net.dot({6, kThree, kOne, kNone, 6});
  net.codes(unsignedBits(3));
  net->pool({PoolOperation::kSum, kTwo, kTwo, kNone});
  net.linear(4);
  return net->network();
}

}  // namespace a2q::rtl_test
