// SPDX-License-Identifier: GPL-3.0-or-later
// Least squares of relative errors.
#include "hw_backend/calibration/fit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace a2q::testing {
namespace {

/// y = 30 + 2·a + 0.5·b on a small grid, every fourth held out.
std::vector<Sample> plane(double miss) {
  std::vector<Sample> samples;
  for (int a = 0; a < 6; ++a) {
    for (int b = 0; b < 6; ++b) {
      const double sign = (a + b) % 2 == 0 ? 1 : -1;
      const double exact = 30 + 20.0 * a + 5.0 * b;
      samples.push_back(
          {{1, 10.0 * a, 10.0 * b}, exact * (1 + sign * miss), samples.size() % 4 == 3});
    }
  }
  return samples;
}

TEST(Fit, FindsTheCoefficientsOfALinearTruth) {
  const auto samples = plane(0);
  const LinearFit fit = judge(fitCoefficients(samples), samples);
  EXPECT_NEAR(fit.coefficients[0], 30, 0.2);
  EXPECT_NEAR(fit.coefficients[1], 2, 0.01);
  EXPECT_NEAR(fit.coefficients[2], 0.5, 0.01);
  EXPECT_LT(fit.held_out.worst, 0.002);
  EXPECT_EQ(fit.held_out.blocks, 9U);
  EXPECT_EQ(fit.fitted.blocks, 27U);
}

TEST(Fit, TellsTheErrorOfWhatItNeverSaw) {
  std::vector<Sample> samples = plane(0);
  for (Sample& sample : samples) {
    if (sample.held_out) sample.measured *= 2;
  }
  const LinearFit fit = judge(fitCoefficients(samples), samples);
  EXPECT_LT(fit.fitted.worst, 0.01);
  EXPECT_NEAR(fit.held_out.median, 0.5, 0.01);
  EXPECT_NEAR(fit.high, 2, 0.05);
}

TEST(Fit, TheIntervalHoldsNineOfTen) {
  const auto samples = plane(0.1);
  const LinearFit fit = judge(fitCoefficients(samples), samples);
  int inside = 0;
  for (const Sample& sample : samples) {
    const double estimate = fit.estimate(sample.features);
    if (sample.measured >= fit.low * estimate - 1e-9 &&
        sample.measured <= fit.high * estimate + 1e-9) {
      ++inside;
    }
  }
  EXPECT_GE(inside, 32);
  EXPECT_GT(fit.high, 1.05);
  EXPECT_LT(fit.low, 0.95);
}

TEST(Fit, FeaturesThatSayTheSameShareACoefficient) {
  std::vector<Sample> samples;
  for (int a = 1; a < 20; ++a) samples.push_back({{1.0 * a, 1.0 * a, 0}, 40.0 * a, false});
  const LinearFit fit = judge(fitCoefficients(samples), samples);
  EXPECT_NEAR(fit.coefficients[0], 20, 0.1);
  EXPECT_NEAR(fit.coefficients[1], 20, 0.1);
  EXPECT_EQ(fit.coefficients[2], 0);
}

TEST(Fit, OfPartsFindsTheSameWhereNothingIsBelowZero) {
  const auto samples = plane(0);
  const std::vector<double> parts = fitCoefficients(samples, FitSigns::kParts);
  EXPECT_NEAR(parts[0], 30, 0.2);
  EXPECT_NEAR(parts[1], 2, 0.01);
  EXPECT_NEAR(parts[2], 0.5, 0.01);
}

TEST(Fit, NoPartTakesLessThanNothing) {
  // What is saved has a feature below zero; a feature above it that would have to save counts 0.
  std::vector<Sample> saved;
  std::vector<Sample> given;
  for (int a = 0; a < 6; ++a) {
    for (int b = 0; b < 6; ++b) {
      const double measured = 200 + 20.0 * a - 5.0 * b;
      saved.push_back({{1, 10.0 * a, -10.0 * b}, measured, false});
      given.push_back({{1, 10.0 * a, 10.0 * b}, measured, false});
    }
  }
  EXPECT_NEAR(fitCoefficients(saved, FitSigns::kParts)[2], 0.5, 0.01);
  EXPECT_EQ(fitCoefficients(given, FitSigns::kParts)[2], 0);
  EXPECT_NEAR(fitCoefficients(given)[2], -0.5, 0.01);
}

TEST(Fit, IsNeverBelowZero) {
  LinearFit fit;
  fit.coefficients = {1, -2};
  EXPECT_EQ(fit.estimate({1, 5}), 0);
}

}  // namespace
}  // namespace a2q::testing
