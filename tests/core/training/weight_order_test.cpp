// SPDX-License-Identifier: GPL-3.0-or-later
// Weights whose names say nothing are matched in order and by shape.
#include <gmock/gmock.h>

#include "core/training/weight_names.h"
#include "tests/core/training/import_cases.h"

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// nn.Sequential(Conv2d, BatchNorm2d, ReLU, MaxPool2d, ...): numbers for names.
StateDict sequentialLenet() {
  StateDict dict;
  dict.weights("0", {16, 1, 5, 5}).norm("1", 16).weights("4", {32, 16, 5, 5}).norm("5", 32);
  return dict.weights("9", {112, 800}).norm("10", 112).weights("12", {10, 112}, true);
}

TEST(WeightOrder, SequentialByOrderAndShape) {
  StateDict dict = sequentialLenet();
  const auto check = [&] {
    const auto weights = importInto(load("lenet_mnist"), dict.tensors);
    ASSERT_TRUE(weights) << describe(weights.error());
    EXPECT_EQ(weights->parameters.size(), 17U);
    EXPECT_THAT(weights->unused, IsEmpty());
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "conv2.v"), "4.weight");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "fc1.v"), "9.weight");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.gamma"), "10.weight");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.beta"), "10.bias");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.running_mean"), "10.running_mean");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "fc2.bias"), "12.bias");
    EXPECT_EQ(weights->matches[0].how, "order and shape");
  };
  check();
  // Writers of safetensors sort by letters: "0", "1", "10", "12", "4", ...
  std::sort(dict.tensors.begin(), dict.tensors.end(),
            [](const NamedTensor& a, const NamedTensor& b) { return a.name < b.name; });
  check();
}

/// The state_dict() of torchvision's resnet18 with a 3×3 stem and ten classes.
StateDict torchvisionResnet() {
  StateDict dict;
  dict.weights("conv1", {64, 3, 3, 3}).norm("bn1", 64);
  std::int64_t before = 64;
  for (int stage = 1; stage <= 4; ++stage) {
    const std::int64_t channels = std::int64_t{32} << stage;
    for (int block = 0; block < 2; ++block) {
      const std::string name = "layer" + std::to_string(stage) + "." + std::to_string(block) + ".";
      dict.weights(name + "conv1", {channels, before, 3, 3}).norm(name + "bn1", channels);
      dict.weights(name + "conv2", {channels, channels, 3, 3}).norm(name + "bn2", channels);
      if (before != channels) {
        dict.weights(name + "downsample.0", {channels, before, 1, 1});
        dict.norm(name + "downsample.1", channels);
      }
      before = channels;
    }
  }
  return dict.weights("fc", {10, 512}, true);
}

TEST(WeightOrder, ResnetOfTorchvision) {
  const StateDict dict = torchvisionResnet();
  const auto weights = importInto(load("resnet18_cifar"), dict.tensors);
  ASSERT_TRUE(weights) << describe(weights.error());
  EXPECT_EQ(weights->parameters.size(), 21U + 1 + 4 * 20);
  EXPECT_THAT(weights->unused, IsEmpty());
  EXPECT_THAT(weights->missing, IsEmpty());
  const auto source = [&](const char* name) { return sourceOf(*weights, dict.tensors, name); };
  EXPECT_EQ(source("stem_conv.v"), "conv1.weight");
  EXPECT_EQ(source("stage1_block2_a_conv.v"), "layer1.1.conv1.weight");
  EXPECT_EQ(source("stage3_block1_b_conv.v"), "layer3.0.conv2.weight");
  EXPECT_EQ(source("stage3_block1_b_bn.running_var"), "layer3.0.bn2.running_var");
  EXPECT_EQ(source("stage3_block1_skip_conv.v"), "layer3.0.downsample.0.weight");
  EXPECT_EQ(source("stage3_block1_skip_bn.gamma"), "layer3.0.downsample.1.weight");
  EXPECT_EQ(source("stage4_block2_b_bn.beta"), "layer4.1.bn2.bias");
  EXPECT_EQ(source("fc.v"), "fc.weight");
}

TEST(WeightOrder, ByOrderOnlyWhenNothingIsOpen) {
  const Network network = parse(linear("one", 64) + activation("a") + linear("two", 64));
  const std::vector<NamedTensor> both = {floats("p.weight", {64, 64}),
                                         floats("q.weight", {64, 64})};
  EXPECT_TRUE(importInto(network, both));
  auto three = both;
  three.push_back(floats("r.weight", {64, 64}));
  const auto open = importInto(network, three);
  ASSERT_FALSE(open) << "one of three would be left out, and nobody knows which";
  EXPECT_EQ(open.error().code, ErrorCode::kSpecValue);
  EXPECT_THAT(open.error().message, HasSubstr("layer 'one' (64×64)"));
  EXPECT_THAT(open.error().cause, HasSubstr("'p.weight' (64×64), 'q.weight' (64×64)"));
  three[0].name = "one.weight";
  three[2].name = "two.weight";
  const auto named = importInto(network, three);
  ASSERT_TRUE(named);
  EXPECT_THAT(named->unused, ElementsAre("q.weight"));
}

TEST(WeightNames, NaturalOrder) {
  EXPECT_TRUE(naturallyBefore("2", "10"));
  EXPECT_FALSE(naturallyBefore("10", "2"));
  EXPECT_TRUE(naturallyBefore("layer2.9", "layer2.10"));
  EXPECT_TRUE(naturallyBefore("a", "b1"));
  EXPECT_TRUE(naturallyBefore("a", "a1"));
  EXPECT_TRUE(naturallyBefore("a01", "a2"));
  EXPECT_FALSE(naturallyBefore("a1", "a1"));
}

}  // namespace
}  // namespace a2q::testing
