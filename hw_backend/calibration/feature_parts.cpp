// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/calibration/feature_parts.h"

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

/// Bits of information in a bit that is otherwise with a probability.
double entropy(double probability) {
  constexpr double kLeast = 1e-6;
  const double p = std::clamp(probability, kLeast, 0.5);
  return -p * std::log2(p) - (1 - p) * std::log2(1 - p);
}

/// How many different ones `draws` of `kinds` are, as a mean.
double differentOf(double draws, double kinds) { return -kinds * std::expm1(-draws / kinds); }

}  // namespace

double counterBits(std::int64_t count) { return count > 1 ? std::ceil(std::log2(real(count))) : 0; }

void addTerms(std::vector<double>& to, std::initializer_list<double> terms) {
  to.insert(to.end(), terms);
}

void append(Features& to, const Features& more) {
  to.lut.insert(to.lut.end(), more.lut.begin(), more.lut.end());
  to.ff.insert(to.ff.end(), more.ff.begin(), more.ff.end());
}

ConstantTables constantTables(const ConstantShape& shape, const Family& family) {
  constexpr std::int64_t kFew = 40;  // words of which every column is another one anyway
  if (shape.words < 2 || shape.columns <= 0) return {};
  ConstantTables out{shape.columns, shape.columns};
  const std::int64_t free = shape.free > 0 ? shape.free : shape.words;
  if (free < kFew) {
    const double kinds = std::max(1.0, std::exp2(real(free)) - 2);
    out.registers = differentOf(shape.columns, kinds);
    out.tables = free < shape.words
                     ? out.registers
                     : differentOf(shape.columns, std::max(1.0, kinds / 2 - counterBits(free)));
  }
  const double inside = std::exp2(real(family.lut_inputs));
  const double whole = std::floor(real(shape.words) / inside);
  const double rest = real(shape.words) - whole * inside;
  double more = out.tables * std::max(0.0, whole - 1);
  if (whole >= 1 && rest > 1) more += differentOf(out.tables, std::exp2(std::min(rest, 60.0)) - 2);
  out.deep = more * entropy(shape.density);
  out.filled = more * (1 - std::pow(1 - shape.density, inside));
  // Deeper tables share what decodes their addresses.
  out.shared = out.filled * std::log2(std::max(1.0, real(shape.words) / inside));
  return out;
}

}  // namespace a2q
