// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/graph.h"

#include <gmock/gmock.h>

#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

using testing::conv;
using ::testing::HasSubstr;
using testing::NetworkBuilder;

Error errorOf(const NetworkSpec& network) {
  auto graph = inferShapes(network);
  EXPECT_FALSE(graph.has_value());
  return graph ? Error{} : graph.error();
}

LayerSpec output(std::string input) { return {"y", OutputLayer{}, {std::move(input)}}; }

TEST(Graph, OrdersLayersWhateverTheOrderOfTheFile) {
  NetworkSpec network;
  network.layers = {output("b"),
                    {"b", FlattenLayer{}, {"a"}},
                    {"x", InputLayer{{1, 2, 2}}, {}},
                    {"a", FlattenLayer{}, {"x"}}};
  const auto graph = inferShapes(network);
  ASSERT_TRUE(graph) << describe(graph.error());
  std::vector<std::size_t> order;
  for (const GraphNode& node : graph->nodes) order.push_back(node.layer);
  EXPECT_EQ(order, (std::vector<std::size_t>{2, 3, 1, 0}));
  EXPECT_EQ(graph->nodes[3].inputs, std::vector<std::size_t>{2});
}

TEST(Graph, KeepsTheOrderOfTheFileWhereItCan) {
  NetworkBuilder builder;
  builder.add("b", conv(4, 1), {"x"}).add("a", conv(4, 1), {"x"}).add("s", AddLayer{}, {"a", "b"});
  const auto graph = inferShapes(builder.done());
  ASSERT_TRUE(graph);
  for (std::size_t i = 0; i < graph->nodes.size(); ++i) EXPECT_EQ(graph->nodes[i].layer, i);
  EXPECT_EQ(graph->nodes[3].inputs, (std::vector<std::size_t>{2, 1}));
}

TEST(Graph, NamesACycleLayerByLayer) {
  NetworkSpec network;
  network.layers = {{"x", InputLayer{{1, 4, 4}}, {}},
                    {"sum", AddLayer{}, {"x", "bn1"}},
                    {"conv1", conv(1, 1), {"sum"}},
                    {"bn1", BatchNormLayer{}, {"conv1"}},
                    output("bn1")};
  const Error error = errorOf(network);
  EXPECT_EQ(error.code, ErrorCode::kGraphCycle);
  EXPECT_THAT(error.message, HasSubstr("sum → conv1 → bn1 → sum"));
}

TEST(Graph, NamesALayerThatFeedsItself) {
  NetworkSpec network;
  network.layers = {{"x", InputLayer{{1, 4, 4}}, {}}, {"f", FlattenLayer{}, {"f"}}, output("x")};
  const Error error = errorOf(network);
  EXPECT_EQ(error.code, ErrorCode::kGraphCycle);
  EXPECT_THAT(error.message, HasSubstr("f → f"));
}

TEST(Graph, SuggestsTheNearestNameForAnUnknownInput) {
  NetworkBuilder builder;
  builder.then("conv1", conv(4, 1)).add("bn1", BatchNormLayer{}, {"conv11"});
  const Error error = errorOf(builder.done());
  EXPECT_EQ(error.code, ErrorCode::kGraphReference);
  EXPECT_THAT(error.message, HasSubstr("'conv11'"));
  EXPECT_THAT(error.remedy, HasSubstr("Did you mean 'conv1'?"));
}

TEST(Graph, RefusesBadAndRepeatedNames) {
  for (const char* name : {"", "1conv", "a b", "ümlaut", "a/b", ".a", "-a"}) {
    EXPECT_EQ(errorOf(NetworkBuilder().then(name, conv(4, 1)).done()).code, ErrorCode::kSpecValue);
  }
  EXPECT_EQ(errorOf(NetworkBuilder().then(std::string(129, 'a'), conv(4, 1)).done()).code,
            ErrorCode::kSpecValue);
  const Error twice = errorOf(NetworkBuilder().then("a", conv(4, 1)).then("a", conv(4, 1)).done());
  EXPECT_THAT(twice.message, HasSubstr("two layers are named 'a'"));
  for (const char* name : {"a", "_a", "A.b-c_1", "_"}) {
    EXPECT_TRUE(inferShapes(NetworkBuilder().then(name, conv(4, 1)).done())) << name;
  }
}

TEST(Graph, WantsOneInputAndOneOutput) {
  EXPECT_THAT(errorOf({}).message, HasSubstr("no input layer"));
  NetworkSpec open;
  open.layers = {{"x", InputLayer{{1, 1, 1}}, {}}};
  EXPECT_THAT(errorOf(open).message, HasSubstr("no output layer"));
  NetworkSpec two = NetworkBuilder().done();
  two.layers.push_back({"z", OutputLayer{}, {"x"}});
  EXPECT_THAT(errorOf(two).message, HasSubstr("two output layers, 'y' and 'z'"));
}

TEST(Graph, ChecksArities) {
  EXPECT_THAT(errorOf(NetworkBuilder().then("s", AddLayer{}).done()).cause,
              HasSubstr("two or more"));
  EXPECT_THAT(errorOf(NetworkBuilder().add("c", ConcatLayer{}, {}).done()).message,
              HasSubstr("has 0 inputs"));
  EXPECT_THAT(errorOf(NetworkBuilder().add("f", FlattenLayer{}, {"x", "x"}).done()).cause,
              HasSubstr("one input"));
  NetworkSpec fed = NetworkBuilder().then("f", FlattenLayer{}).done();
  fed.layers[0].inputs = {"f"};
  EXPECT_THAT(errorOf(fed).cause, HasSubstr("no input"));
}

TEST(Graph, RefusesALayerThatReachesNoOutput) {
  NetworkBuilder builder;
  builder.then("a", conv(4, 1)).add("dead", conv(4, 1), {"x"}).add("b", FlattenLayer{}, {"a"});
  EXPECT_THAT(errorOf(builder.done()).message, HasSubstr("'dead' does not reach the output"));
}

TEST(Graph, RefusesTheOutputAsAnInput) {
  NetworkSpec network = NetworkBuilder().done();
  network.layers.push_back({"f", FlattenLayer{}, {"y"}});
  EXPECT_EQ(errorOf(network).code, ErrorCode::kGraphReference);
}

TEST(Graph, ChecksSharedScales) {
  NetworkBuilder unknown;
  unknown.then("act1", ActivationLayer{}).then("act2", testing::signedActivation("akt1"));
  EXPECT_THAT(errorOf(unknown.done()).remedy, HasSubstr("'act1'"));
  for (const char* share : {"x", "act2", "act3"}) {
    NetworkBuilder builder;
    builder.then("act1", ActivationLayer{})
        .then("act3", testing::signedActivation("act1"))
        .then("act2", testing::signedActivation(share));
    EXPECT_EQ(errorOf(builder.done()).code, ErrorCode::kSpecValue) << share;
  }
}

TEST(Graph, TakesTenThousandLayersInAnyOrder) {
  NetworkSpec network;
  constexpr int kCount = 10'000;
  network.layers.push_back(output("l9999"));
  for (int i = kCount - 1; i > 0; --i) {
    network.layers.push_back(
        {"l" + std::to_string(i), FlattenLayer{}, {"l" + std::to_string(i - 1)}});
  }
  network.layers.push_back({"l0", InputLayer{{1, 1, 1}}, {}});
  EXPECT_TRUE(inferShapes(network));
  network.layers.back() = {"l0", AddLayer{}, {"l9999", "l1"}};
  network.layers.push_back({"x", InputLayer{{1, 1, 1}}, {}});
  EXPECT_EQ(errorOf(network).code, ErrorCode::kGraphCycle);
}

}  // namespace
}  // namespace a2q
