// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "core/network/graph.h"
#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

using testing::conv;
using ::testing::HasSubstr;
using testing::NetworkBuilder;
using testing::pool;

constexpr std::int64_t kHugeCount = std::numeric_limits<std::int64_t>::max();

/// The shape after one layer on an input.
Result<Shape> shapeAfter(Shape input, LayerKind kind) {
  auto graph = inferShapes(NetworkBuilder(input).then("l", std::move(kind)).done());
  if (!graph) return tl::make_unexpected(graph.error());
  return graph->nodes.back().output;
}

void expectShape(Shape input, LayerKind kind, Shape expected) {
  const auto shape = shapeAfter(input, std::move(kind));
  ASSERT_TRUE(shape) << describe(shape.error());
  EXPECT_EQ(*shape, expected) << toString(*shape);
}

void expectError(Shape input, LayerKind kind, ErrorCode code, const std::string& part) {
  const auto shape = shapeAfter(input, std::move(kind));
  ASSERT_FALSE(shape) << toString(*shape);
  EXPECT_EQ(shape.error().code, code) << describe(shape.error());
  EXPECT_THAT(describe(shape.error()), HasSubstr(part));
  EXPECT_THAT(shape.error().message, HasSubstr("'l'"));
}

TEST(Shapes, OfConvolutions) {
  expectShape({3, 32, 32}, conv(64, 3), {64, 30, 30});
  expectShape({3, 32, 32}, conv(64, 3, 1), {64, 32, 32});
  expectShape({3, 32, 32}, conv(64, 3, 1, 2), {64, 16, 16});
  expectShape({3, 33, 33}, conv(64, 3, 1, 2), {64, 17, 17});
  expectShape({8, 5, 5}, conv(16, 5, 0, 1, 8), {16, 1, 1});
  expectShape({1, 28, 20}, ConvLayer{2, {5, 3}, {2, 1}, {2, 0}}, {2, 14, 18});
}

TEST(Shapes, OfPools) {
  expectShape({4, 28, 28}, pool(PoolKind::kMax, 2, 2), {4, 14, 14});
  expectShape({4, 7, 7}, pool(PoolKind::kMax, 3, 2, 1), {4, 4, 4});
  expectShape({4, 7, 5}, pool(PoolKind::kAverage, 0, 1), {4, 1, 1});
  expectShape({4, 7, 5}, pool(PoolKind::kAverage, 3, 1), {4, 5, 3});
}

TEST(Shapes, OfTheOtherKinds) {
  expectShape({4, 7, 5}, LinearLayer{10}, {10, 1, 1});
  expectShape({4, 7, 5}, FlattenLayer{}, {140, 1, 1});
  expectShape({4, 7, 5}, BatchNormLayer{}, {4, 7, 5});
  expectShape({4, 7, 5}, ActivationLayer{}, {4, 7, 5});
  expectShape({4, 7, 5}, ResizeLayer{3}, {4, 21, 15});
  expectShape({9, 7, 5}, PixelShuffleLayer{3}, {1, 21, 15});
}

TEST(Shapes, OfJoins) {
  NetworkBuilder sum({3, 8, 8});
  sum.then("a", conv(4, 3, 1)).add("b", conv(4, 1), {"x"}).add("s", AddLayer{}, {"a", "b", "a"});
  EXPECT_EQ(inferShapes(sum.done())->nodes.back().output, (Shape{4, 8, 8}));
  NetworkBuilder both({3, 8, 8});
  both.then("a", conv(4, 3, 1)).add("c", ConcatLayer{}, {"a", "x", "x"});
  EXPECT_EQ(inferShapes(both.done())->nodes.back().output, (Shape{10, 8, 8}));
}

TEST(Shapes, OfJoinsThatDoNotFit) {
  NetworkBuilder sum({3, 8, 8});
  sum.then("a", conv(4, 3, 1)).add("l", AddLayer{}, {"a", "x"});
  const auto added = inferShapes(sum.done());
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, ErrorCode::kShapeMismatch);
  EXPECT_THAT(added.error().message, HasSubstr("4×8×8 from 'a' and 3×8×8 from 'x'"));
  NetworkBuilder both({3, 8, 8});
  both.then("a", conv(4, 3)).add("l", ConcatLayer{}, {"a", "x"});
  EXPECT_EQ(inferShapes(both.done()).error().code, ErrorCode::kShapeMismatch);
}

TEST(Shapes, KernelsLargerThanTheirInput) {
  expectError({3, 4, 4}, conv(8, 5), ErrorCode::kShapeMismatch, "larger than its padded input");
  expectShape({3, 4, 4}, conv(8, 5, 1), {8, 2, 2});
  expectError({3, 4, 4}, pool(PoolKind::kMax, 5, 1), ErrorCode::kShapeMismatch, "5×5 kernel");
}

TEST(Shapes, GroupsAndChannelsThatDoNotDivide) {
  expectError({6, 4, 4}, conv(8, 1, 0, 1, 4), ErrorCode::kShapeMismatch, "6 input channels");
  expectError({6, 4, 4}, conv(8, 1, 0, 1, 3), ErrorCode::kShapeMismatch, "8 filters");
  expectError({6, 4, 4}, PixelShuffleLayer{2}, ErrorCode::kShapeMismatch, "divisible by 4");
}

TEST(Shapes, RefuseNumbersOutOfRange) {
  const ErrorCode value = ErrorCode::kSpecValue;
  for (const std::int64_t bad : {std::int64_t{0}, std::int64_t{-1}, kHugeCount}) {
    expectError({1, 4, 4}, conv(bad, 1), value, "filters");
    expectError({1, 4, 4}, conv(1, bad), value, "kernel");
    expectError({1, 4, 4}, conv(1, 1, 0, bad), value, "stride");
    expectError({1, 4, 4}, conv(1, 1, 0, 1, bad), value, "groups");
    expectError({1, 4, 4}, LinearLayer{bad}, value, "features");
    expectError({1, 4, 4}, ResizeLayer{bad}, value, "factor");
    expectError({1, 4, 4}, PixelShuffleLayer{bad}, value, "factor");
    EXPECT_FALSE(shapeAfter({bad, 1, 1}, FlattenLayer{}));
  }
  expectError({1, 4, 4}, conv(1, 1, -1), value, "padding");
  expectError({1, 4, 4}, conv(1, 1, kHugeCount), value, "padding");
  expectError({1, 4, 4}, pool(PoolKind::kMax, 2, 2, 2), value, "half of the kernel");
  expectError({1, 4, 4}, pool(PoolKind::kAverage, 0, 2), value, "whole plane");
  expectError({1, 4, 4}, BatchNormLayer{0, 0.1}, value, "epsilon");
  expectError({1, 4, 4}, BatchNormLayer{1e-5, NAN}, value, "momentum");
}

TEST(Shapes, RefuseMoreThanTwoToThe31Elements) {
  EXPECT_FALSE(shapeAfter({1 << 16, 1 << 8, 1 << 8}, FlattenLayer{}));
  EXPECT_TRUE(shapeAfter({1 << 15, 1 << 8, 1 << 8}, FlattenLayer{}));
  const std::int64_t large = std::int64_t{1} << 31;
  expectError({1, 2, 1}, ResizeLayer{large}, ErrorCode::kShapeMismatch, "2^31 elements");
  expectError({2, 1, 1}, LinearLayer{large}, ErrorCode::kShapeMismatch, "2^31 weights");
  expectError({1, 4, 4}, conv(1 << 30, 3), ErrorCode::kShapeMismatch, "2^31 weights");
  expectError({1, 1, 1}, ConvLayer{large, {large, large}, {1, 1}, {large, large}},
              ErrorCode::kShapeMismatch, "2^31");
}

TEST(Shapes, CheckTheInputLayer) {
  InputLayer input{{1, 2, 2}};
  const auto wrong = [&] {
    NetworkSpec network = NetworkBuilder().done();
    network.layers[0].kind = input;
    return inferShapes(network).error().code;
  };
  input.format.width = {17};
  EXPECT_EQ(wrong(), ErrorCode::kSpecValue);
  input.format.width = {8};
  for (const double scale : {0.0, -1.0, static_cast<double>(NAN), static_cast<double>(INFINITY)}) {
    input.scale = scale;
    EXPECT_EQ(wrong(), ErrorCode::kSpecValue);
  }
}

}  // namespace
}  // namespace a2q
