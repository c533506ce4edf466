// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/scalar_series.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace a2q {
namespace {

std::vector<double> rowOf(std::size_t index) {
  return {static_cast<double>(index), static_cast<double>(index) / 3};
}

TEST(ScalarSeries, KeepsEveryRow) {
  ScalarSeries series({"a", "b"});
  constexpr std::size_t kRows = 3 * ScalarSeries::kChunkRows + 5;
  for (std::size_t i = 0; i < kRows; ++i) {
    EXPECT_EQ(series.rows(), i);
    series.append(rowOf(i));
  }
  for (std::size_t i = 0; i < kRows; ++i) {
    ASSERT_EQ(series.row(i)[0], rowOf(i)[0]) << i;
    ASSERT_EQ(series.row(i)[1], rowOf(i)[1]) << i;
  }
}

TEST(ScalarSeries, ACopyStaysAsItWasAndSharesSealedRows) {
  ScalarSeries series({"a", "b"});
  for (std::size_t i = 0; i < ScalarSeries::kChunkRows + 1; ++i) series.append(rowOf(i));
  const ScalarSeries copy = series;
  series.append(rowOf(9));
  EXPECT_EQ(copy.rows(), ScalarSeries::kChunkRows + 1);
  EXPECT_EQ(series.rows(), ScalarSeries::kChunkRows + 2);
  EXPECT_EQ(copy.row(0).data(), series.row(0).data());
}

TEST(ScalarSeries, ARowOfAnotherWidthIsRefused) {
  ScalarSeries series({"a", "b"});
  EXPECT_THROW(series.append(std::vector<double>{1}), std::invalid_argument);
  EXPECT_EQ(ScalarSeries().rows(), 0U);
}

}  // namespace
}  // namespace a2q
