// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace a2q {

/// What a block, a design or a device has of each resource: look-up tables and registers of the
/// family, block memories of the family's own size (18 kb halves on 7 series, 4 kb on iCE40),
/// multipliers. Estimates need not be whole.
struct ResourceVector {
  double lut = 0;
  double ff = 0;
  double bram = 0;
  double dsp = 0;
  bool operator==(const ResourceVector&) const = default;

  ResourceVector& operator+=(const ResourceVector& other) {
    lut += other.lut;
    ff += other.ff;
    bram += other.bram;
    dsp += other.dsp;
    return *this;
  }
};

[[nodiscard]] inline ResourceVector operator+(ResourceVector a, const ResourceVector& b) {
  return a += b;
}

[[nodiscard]] inline ResourceVector operator*(double factor, const ResourceVector& vector) {
  return {factor * vector.lut, factor * vector.ff, factor * vector.bram, factor * vector.dsp};
}

/// lut·lut + ff·ff + bram·bram + dsp·dsp: a vector priced by another.
[[nodiscard]] inline double dot(const ResourceVector& a, const ResourceVector& b) {
  return a.lut * b.lut + a.ff * b.ff + a.bram * b.bram + a.dsp * b.dsp;
}

/// Whether no resource of `use` is more than that of `limit`.
[[nodiscard]] inline bool fitsIn(const ResourceVector& use, const ResourceVector& limit) {
  return use.lut <= limit.lut && use.ff <= limit.ff && use.bram <= limit.bram &&
         use.dsp <= limit.dsp;
}

}  // namespace a2q
