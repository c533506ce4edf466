// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/weight_import.h"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/core/training/import_cases.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

StateDict lenet(const std::string& prefix = "") {
  StateDict dict;
  dict.weights(prefix + "conv1", {16, 1, 5, 5}).norm(prefix + "bn1", 16);
  dict.weights(prefix + "conv2", {32, 16, 5, 5}).norm(prefix + "bn2", 32);
  dict.weights(prefix + "fc1", {112, 800}).norm(prefix + "bn3", 112);
  dict.weights(prefix + "fc2", {10, 112}, true);
  return dict;
}

TEST(WeightImport, OwnNamesOfAQuantizedRun) {
  std::vector<NamedTensor> tensors = {floats("conv1.v", {16, 1, 5, 5}, 2),
                                      floats("conv1.d", {16}),
                                      floats("conv2.v", {32, 16, 5, 5}, 3),
                                      floats("conv2.d", {32}),
                                      floats("conv2.t", {32}),
                                      floats("fc1.v", {112, 800}, 4),
                                      floats("fc2.v", {10, 112}, 5),
                                      floats("fc2.bias", {10}, 6),
                                      floats("act1.d", {}),
                                      tensor("fc1.q", TensorType::kInt32, {112, 800}, 3)};
  for (const auto& [norm, channels] : {std::pair{"bn1", 16}, {"bn2", 32}, {"bn3", 112}}) {
    for (const char* word : {".gamma", ".beta", ".running_mean", ".running_var"}) {
      tensors.push_back(floats(std::string(norm) + word, {channels}, 0.5F));
    }
  }
  const auto weights = importInto(load("lenet_mnist"), tensors);
  ASSERT_TRUE(weights) << describe(weights.error());
  EXPECT_EQ(weights->parameters.size(), 17U);
  EXPECT_THAT(weights->unused, IsEmpty());
  EXPECT_THAT(weights->missing, IsEmpty());
  for (const WeightMatch& match : weights->matches) {
    EXPECT_EQ(match.from, match.parameter);
    EXPECT_EQ(match.how, "same name");
  }
  EXPECT_EQ(sourceOf(*weights, tensors, "conv2.v"), "conv2.v");
  EXPECT_EQ(weights->parameters[0].shape, (Sides{16, 1, 5, 5}));
}

TEST(WeightImport, NamesOfPyTorchWithPrefixes) {
  for (const char* prefix : {"", "module.", "_orig_mod.", "module.model.", "net_", "Module."}) {
    const StateDict dict = lenet(prefix);
    const auto weights = importInto(load("lenet_mnist"), dict.tensors);
    ASSERT_TRUE(weights) << prefix << describe(weights.error());
    EXPECT_THAT(weights->unused, IsEmpty());
    EXPECT_THAT(weights->missing, IsEmpty());
    const std::string before = prefix;
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "conv2.v"), before + "conv2.weight");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "fc2.bias"), before + "fc2.bias");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.gamma"), before + "bn3.weight");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.beta"), before + "bn3.bias");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.running_mean"), before + "bn3.running_mean");
    EXPECT_EQ(sourceOf(*weights, dict.tensors, "bn3.running_var"), before + "bn3.running_var");
    EXPECT_EQ(weights->matches[0].how, "name of PyTorch");
  }
}

TEST(WeightImport, DotsAndUnderscoresBetweenWords) {
  const Network network = parse(linear("block1_fc", 4) + activation("a") + linear("block.2.fc", 3));
  const std::vector<NamedTensor> tensors = {floats("block_2_fc.weight", {3, 4}, 2),
                                            floats("block1.fc.weight", {4, 64}, 3)};
  const auto weights = importInto(network, tensors);
  ASSERT_TRUE(weights) << describe(weights.error());
  EXPECT_EQ(sourceOf(*weights, tensors, "block1_fc.v"), "block1.fc.weight");
  EXPECT_EQ(sourceOf(*weights, tensors, "block.2.fc.v"), "block_2_fc.weight");
}

TEST(WeightImport, WrongShapeNamesBoth) {
  StateDict dict = lenet();
  dict.tensors[6] = floats("conv2.weight", {32, 16, 3, 3});
  const auto weights = importInto(load("lenet_mnist"), dict.tensors);
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().code, ErrorCode::kSpecValue);
  EXPECT_EQ(weights.error().message,
            "tensor 'conv2.weight' is 32×16×3×3, but 'conv2.v' of the network is 32×16×5×5");
  EXPECT_THAT(weights.error().cause, HasSubstr("name of PyTorch"));
}

TEST(WeightImport, TransposedLinearIsRecognised) {
  const Network network = parse(linear("fc", 10));
  for (const char* name : {"fc.weight", "dense.weight"}) {
    const auto weights = importInto(network, {floats(name, {64, 10})});
    ASSERT_FALSE(weights);
    EXPECT_THAT(weights.error().remedy, HasSubstr("Transpose it")) << name;
  }
}

TEST(WeightImport, MissingWeightsAreAnErrorAndMissingNormsAreNot) {
  StateDict dict = lenet();
  std::erase_if(dict.tensors, [](const auto& one) { return one.name.starts_with("bn2."); });
  auto weights = importInto(load("lenet_mnist"), dict.tensors);
  ASSERT_TRUE(weights);
  EXPECT_THAT(weights->missing,
              UnorderedElementsAre("bn2.gamma", "bn2.beta", "bn2.running_mean", "bn2.running_var"));
  std::erase_if(dict.tensors, [](const auto& one) { return one.name.starts_with("fc1."); });
  weights = importInto(load("lenet_mnist"), dict.tensors);
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().message, "the file has no weights for layer 'fc1' (112×800)");
  EXPECT_THAT(weights.error().remedy, HasSubstr("'fc1.weight'"));
}

TEST(WeightImport, TwoTensorsForOneParameter) {
  const auto weights = importInto(parse(linear("fc", 1)), {floats("module.fc.weight", {1, 64}),
                                                           floats("model.fc.weight", {1, 64})});
  ASSERT_FALSE(weights);
  EXPECT_EQ(weights.error().message,
            "tensors 'module.fc.weight' and 'model.fc.weight' both name 'fc.v'");
}

TEST(WeightImport, DoublesBecomeFloats) {
  const auto weights =
      importInto(parse(linear("fc", 1)), {tensor("fc.weight", TensorType::kFloat64, {1, 64}, 0.1)});
  ASSERT_TRUE(weights);
  EXPECT_EQ(weights->parameters[0].type, TensorType::kFloat32);
  EXPECT_EQ(weights->parameters[0].bytes, floats("", {1, 64}, 0.1F).bytes);
}

TEST(WeightImport, LinearWeightsForAOneByOneConvolution) {
  const Network network =
      parse("[[layer]]\nname = \"c\"\nkind = \"conv2d\"\nfilters = 3\nkernel = 1\n");
  const auto weights = importInto(network, {floats("c.weight", {3})});
  ASSERT_TRUE(weights) << describe(weights.error());
  EXPECT_EQ(weights->parameters[0].shape, (Sides{3, 1, 1, 1}));
}

TEST(WeightImport, NumbersThatAreNone) {
  for (const double value : {std::nan(""), 1e300, -HUGE_VAL}) {
    const auto weights = importInto(parse(linear("fc", 1)),
                                    {tensor("fc.weight", TensorType::kFloat64, {1, 64}, value)});
    ASSERT_FALSE(weights);
    EXPECT_THAT(weights.error().message,
                HasSubstr("'fc.weight' holds numbers that are not finite"));
  }
}

TEST(WeightImport, BytesThatDoNotFitTheShape) {
  NamedTensor broken = floats("fc.weight", {1, 64});
  broken.bytes.resize(16);
  EXPECT_FALSE(importInto(parse(linear("fc", 1)), {broken}));
}

TEST(WeightImport, TextSaysEverything) {
  const auto weights = importInto(parse(linear("fc", 1, true)),
                                  {floats("fc.weight", {1, 64}), floats("head.scale", {1})});
  ASSERT_TRUE(weights);
  EXPECT_EQ(importText(*weights),
            "fc.v <- fc.weight (name of PyTorch)\n"
            "head.scale is not used\n"
            "fc.bias stays at its initial value\n");
}

}  // namespace
}  // namespace a2q::testing
