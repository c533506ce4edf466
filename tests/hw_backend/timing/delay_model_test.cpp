// SPDX-License-Identifier: GPL-3.0-or-later
// The delays that the program brings.
#include "hw_backend/timing/delay_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

const Device& device(std::string_view name) { return **findDevice(name); }

TEST(DelayModel, EveryDeviceHasOne) {
  for (const Device& one : devices()) {
    const auto model = delayModel(one);
    ASSERT_TRUE(model) << describe(model.error());
    const DelayFigures& figures = (*model)->figures;
    EXPECT_GT(figures.level, 0) << one.name;
    EXPECT_GT(figures.carry, 0) << one.name;
    EXPECT_LT(figures.carry, figures.level) << one.name;
    EXPECT_LT(figures.low, 1) << one.name;
    EXPECT_GT(figures.high, 1) << one.name;
    EXPECT_FALSE((*model)->source.empty()) << one.name;
  }
}

TEST(DelayModel, PlacedBlocksAreFoundAgain) {
  for (const char* name : {"ice40hx8k", "ice40up5k"}) {
    const auto table = clockData(name);
    ASSERT_TRUE(table) << describe(table.error());
    EXPECT_EQ(table->device, name);
    EXPECT_THAT(table->tool, HasSubstr("nextpnr-ice40"));
    const auto fit = fitDelays(*table, *device(name).family);
    ASSERT_TRUE(fit);
    EXPECT_GE(fit->held_out.blocks, 10U);
    EXPECT_LT(fit->held_out.median, 0.12) << name;
    EXPECT_LT(fit->held_out.worst, 0.4) << name;
    EXPECT_GT(fit->figures.low, 0.75) << name;
    EXPECT_LT(fit->figures.high, 1.35) << name;
  }
}

TEST(DelayModel, TheLowPowerDeviceIsSlower) {
  EXPECT_GT((*delayModel(device("ice40up5k")))->figures.level,
            2 * (*delayModel(device("ice40hx8k")))->figures.level);
}

TEST(DelayModel, ADeviceOfTheSameSpeedSharesThem) {
  EXPECT_EQ((*delayModel(device("ice40hx1k")))->figures,
            (*delayModel(device("ice40hx8k")))->figures);
}

TEST(DelayModel, WhatWasNeverMeasuredIsAnError) {
  const auto none = clockData("nobody");
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().remedy, HasSubstr("a2q calibrate --clocks nobody"));
}

}  // namespace
}  // namespace a2q::testing
