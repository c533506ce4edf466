// SPDX-License-Identifier: GPL-3.0-or-later
// Synthesis of whole designs, with a tool that only pretends.
#include "hw_backend/estimate/design_synthesis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "hw_backend/flow/work_folder.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q {
namespace {

using flow_test::contentOf;
using flow_test::Variable;

const Family& family(const char* name) {
  return *std::ranges::find(families(), name, &Family::name);
}

BlockSynthesis found(const char* of, const Block& block, double lut,
                     const std::string& tool = "Yosys 1") {
  return {&family(of), block, {lut, 1, 0, 0}, tool};
}

/// Three layers: no block, a fork of 8, and forks of 8, 9.
DesignPlan planOf(const char* device) {
  DesignPlan plan;
  plan.device = findDevice(device).value();
  plan.design.network.layers.resize(3);
  for (const auto& [layer, width] : {std::pair(1, 8), std::pair(2, 8), std::pair(2, 9)}) {
    Stage stage;
    stage.layer = static_cast<std::size_t>(layer);
    stage.block = ForkBlock{width};
    plan.design.stages.push_back(stage);
  }
  return plan;
}

struct Told : ProgressSink {
  void report(const Progress& progress) override {
    done = progress.done;
    total = progress.total;
  }
  double done = 0;
  double total = 0;
};

TEST(SynthesisTable, IsByFamilyAndBlock) {
  SynthesisTable table;
  table.add(found("ice40", ForkBlock{8}, 5));
  EXPECT_EQ(table.find(family("ice40"), ForkBlock{8}), (ResourceVector{5, 1, 0, 0}));
  EXPECT_FALSE(table.find(family("ice40"), ForkBlock{9}).has_value());
  EXPECT_FALSE(table.find(family("ecp5"), ForkBlock{8}).has_value());
}

TEST(SynthesisTable, ForgetsWhatAnotherVersionSaid) {
  SynthesisTable table;
  table.add(found("ice40", ForkBlock{8}, 5));
  table.add(found("ice40", ForkBlock{9}, 6, "Yosys 2"));
  EXPECT_FALSE(table.find(family("ice40"), ForkBlock{8}).has_value());
  EXPECT_TRUE(table.find(family("ice40"), ForkBlock{9}).has_value());
  EXPECT_EQ(table.tool(), "Yosys 2");
}

TEST(SynthesisOf, KnowsALayerWithAllItsBlocksOnly) {
  const DesignPlan plan = planOf("ice40hx1k");
  SynthesisTable table;
  EXPECT_FALSE(synthesisOf(plan, table).has_value());
  table.add(found("ice40", ForkBlock{7}, 3));
  EXPECT_FALSE(synthesisOf(plan, table).has_value());
  table.add(found("ice40", ForkBlock{8}, 5));
  const auto part = synthesisOf(plan, table);
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->layers[1]->lut, 5);
  EXPECT_FALSE(part->layers[2].has_value());
  EXPECT_FALSE(part->total.has_value());
  table.add(found("ice40", ForkBlock{9}, 6));
  const auto all = synthesisOf(plan, table);
  EXPECT_EQ(all->layers[2]->lut, 11);
  EXPECT_EQ(*all->total, (ResourceVector{16, 3, 0, 0}));
  EXPECT_EQ(all->tool, "Yosys 1");
  // What was synthesised for one family says nothing of another.
  EXPECT_FALSE(synthesisOf(planOf("lfe5u-25f"), table).has_value());
}

class SynthesiseDesign : public ::testing::Test {
 protected:
  void pretend(const std::string& script) {
    path_.emplace("PATH", flow_test::pretendYosys(folder_.path(), script));
  }
  auto run(const std::stop_token& stop = {}) {
    return synthesiseDesign(planOf("ice40hx1k"), 2, told_, stop);
  }

  WorkFolder folder_ = WorkFolder::make().value();
  Variable cache_{"XDG_CACHE_HOME", (folder_.path() / "cache").string()};
  std::optional<Variable> path_;
  Told told_;
};

TEST_F(SynthesiseDesign, SynthesisesABlockOnce) {
  const std::string calls = (folder_.path() / "calls").string();
  pretend("echo x >> " + calls +
          "\necho '{\"modules\": {\"block\": {\"ports\": {}, \"cells\": {\"a\": {\"type\": "
          "\"SB_LUT4\", \"connections\": {\"O\": [5], \"I0\": [2]}}}}}}' > netlist.json\n");
  const auto made = run();
  ASSERT_TRUE(made.has_value()) << describe(made.error());
  ASSERT_TRUE(made->has_value());
  EXPECT_EQ((*made)->layers[1]->lut, 1);
  EXPECT_EQ((*made)->layers[2]->lut, 2);
  EXPECT_EQ((*made)->total->lut, 3);
  EXPECT_EQ((*made)->tool, "Yosys 0.0");
  EXPECT_EQ(told_.done, 2);
  EXPECT_EQ(told_.total, 2);
  EXPECT_EQ(contentOf(calls), "x\nx\n");
  EXPECT_TRUE(run()->has_value());
  EXPECT_EQ(contentOf(calls), "x\nx\n");  // from the cache
}

TEST_F(SynthesiseDesign, AStopIsNoError) {
  pretend("exit 1\n");
  std::stop_source stop;
  stop.request_stop();
  const auto made = run(stop.get_token());
  ASSERT_TRUE(made.has_value());
  EXPECT_FALSE(made->has_value());
}

TEST_F(SynthesiseDesign, AMissingToolIsKnownBefore) {
  path_.emplace("PATH", folder_.path().string());
  ASSERT_FALSE(canSynthesise().has_value());
  EXPECT_EQ(canSynthesise().error().code, ErrorCode::kToolMissing);
  EXPECT_EQ(run().error().code, ErrorCode::kToolMissing);
  pretend("exit 1\n");
  EXPECT_TRUE(canSynthesise().has_value());
}

}  // namespace
}  // namespace a2q
