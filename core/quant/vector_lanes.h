// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/quant/multiversion.h"

namespace a2q::kernel {

/// Sixty-four bytes of T and the integers of the same width: one register of AVX-512, two of AVX2,
/// four of SSE. A fixed number of lanes keeps sums equal to the bit on every processor.
template <class T>
struct Lanes;

template <>
struct Lanes<float> {
  using Real = float __attribute__((vector_size(64)));
  using Whole = std::int32_t __attribute__((vector_size(64)));
  static constexpr std::int64_t kCount = 16;
  static constexpr std::int32_t kMagnitudeMask = 0x7fffffff;
  static constexpr float kRounder = 12582912.0F;  // 1.5·2^23: adding it rounds half to even
};

template <>
struct Lanes<double> {
  using Real = double __attribute__((vector_size(64)));
  using Whole = std::int64_t __attribute__((vector_size(64)));
  static constexpr std::int64_t kCount = 8;
  static constexpr std::int64_t kMagnitudeMask = 0x7fffffffffffffff;
  static constexpr double kRounder = 6755399441055744.0;  // 1.5·2^52
};

template <class T>
using Real = typename Lanes<T>::Real;
template <class T>
using Whole = typename Lanes<T>::Whole;

template <class T>
A2Q_INLINE Real<T> splat(T value) {
  return value - Real<T>{};
}

/// `count` values from p (all lanes when count ≥ lanes); the rest is `fill`.
template <class T>
A2Q_INLINE Real<T> load(const T* p, std::int64_t count, T fill) {
  Real<T> lanes = splat<T>(fill);
  if (count >= Lanes<T>::kCount) {
    std::memcpy(&lanes, p, sizeof lanes);
  } else {
    std::memcpy(&lanes, p, static_cast<std::size_t>(count) * sizeof(T));
  }
  return lanes;
}

template <class T>
A2Q_INLINE void store(T* p, std::int64_t count, Real<T> lanes) {
  if (count >= Lanes<T>::kCount) {
    std::memcpy(p, &lanes, sizeof lanes);
  } else {
    std::memcpy(p, &lanes, static_cast<std::size_t>(count) * sizeof(T));
  }
}

template <class T>
A2Q_INLINE Real<T> magnitude(Real<T> x) {
  return (Real<T>)((Whole<T>)x & Lanes<T>::kMagnitudeMask);
}

/// Sum of the lanes in double, in a fixed order.
template <class T>
A2Q_INLINE double total(Real<T> lanes) {
  double sum = 0;
  for (std::int64_t i = 0; i < Lanes<T>::kCount; ++i) sum += static_cast<double>(lanes[i]);
  return sum;
}

template <class T>
A2Q_INLINE std::int64_t total(Whole<T> lanes) {
  std::int64_t sum = 0;
  for (std::int64_t i = 0; i < Lanes<T>::kCount; ++i) sum += lanes[i];
  return sum;
}

}  // namespace a2q::kernel
