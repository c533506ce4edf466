// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace a2q {

/// Bytes at the start of a cache line, which is also what a full vector register wants. They are
/// not initialised.
class AlignedBuffer {
 public:
  static constexpr std::align_val_t kAlignment{64};

  AlignedBuffer() = default;
  explicit AlignedBuffer(std::size_t size) { reserve(size); }

  /// Room for `size` bytes; what was there is lost when it has to grow.
  void reserve(std::size_t size) {
    if (size <= capacity_) return;
    bytes_.reset(static_cast<std::byte*>(::operator new(size, kAlignment)));
    capacity_ = size;
  }

  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  template <class T>
  [[nodiscard]] T* as() {
    return reinterpret_cast<T*>(bytes_.get());
  }
  template <class T>
  [[nodiscard]] const T* as() const {
    return reinterpret_cast<const T*>(bytes_.get());
  }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { ::operator delete(bytes, kAlignment); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  std::size_t capacity_ = 0;
};

}  // namespace a2q
