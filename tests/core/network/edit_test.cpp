// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/edit.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "core/network/graph.h"
#include "core/network/quant_plan.h"
#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Experiment load(const std::string& name) {
  auto read = readExperiment(std::filesystem::path(A2Q_PROJECTS_DIR) / (name + ".toml"));
  EXPECT_TRUE(read) << describe(read.error());
  return read.value_or(Experiment{});
}

const LayerSpec* layerOf(const Experiment& experiment, const std::string& name) {
  const auto& layers = experiment.network.layers;
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const LayerSpec& layer) { return layer.name == name; });
  return found == layers.end() ? nullptr : &*found;
}

/// What an edit gives must be what a file of it gives.
void expectReadsBack(const Experiment& edited) {
  const auto again = parseExperiment(writeExperiment(edited), "edited");
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(*again, edited);
}

TEST(Edit, RenameFollowsInputsSharesAndOverrides) {
  Experiment resnet = load("resnet18_cifar");
  resnet.quant.layers["stage1_block1_b_act"].activation_bits = BitWidth{5};
  const auto edited = renameLayer(resnet, "stage1_block1_b_act", "left");
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_EQ(layerOf(*edited, "stage1_block1_b_act"), nullptr);
  EXPECT_THAT(layerOf(*edited, "stage1_block1_add")->inputs,
              ElementsAre("left", "stage1_block1_skip_act"));
  const auto& skip = std::get<ActivationLayer>(layerOf(*edited, "stage1_block1_skip_act")->kind);
  EXPECT_EQ(skip.share, "left");
  EXPECT_EQ(edited->quant.layers.count("stage1_block1_b_act"), 0u);
  EXPECT_EQ(edited->quant.layers.at("left").activation_bits, BitWidth{5});
  expectReadsBack(*edited);
  const auto back = renameLayer(*edited, "left", "stage1_block1_b_act");
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, resnet);
}

TEST(Edit, EveryLayerOfEverySampleCanBeRenamed) {
  for (const auto& path : testing::sampleFiles()) {
    const Experiment sample = readExperiment(path).value();
    Experiment edited = sample;
    for (const LayerSpec& layer : sample.network.layers) {
      auto next = renameLayer(edited, layer.name, "renamed_" + layer.name);
      ASSERT_TRUE(next) << path << ": " << describe(next.error());
      edited = std::move(*next);
    }
    expectReadsBack(edited);
  }
}

TEST(Edit, RenameRefusesTakenAndMalformedNames) {
  const Experiment lenet = load("lenet_digits");
  EXPECT_THAT(renameLayer(lenet, "conv1", "conv2").error().message, HasSubstr("two layers"));
  EXPECT_THAT(renameLayer(lenet, "conv1", "1st").error().message, HasSubstr("no name"));
  EXPECT_THAT(renameLayer(lenet, "conv1", "").error().message, HasSubstr("no name"));
  const auto missing = renameLayer(lenet, "conv9", "x");
  EXPECT_EQ(missing.error().code, ErrorCode::kGraphReference);
  EXPECT_THAT(missing.error().remedy, HasSubstr("conv"));
}

TEST(Edit, SettingsOfALayerChange) {
  const Experiment lenet = load("lenet_digits");
  auto settings = settingsOf(lenet, "conv2").value();
  EXPECT_FALSE(settings.edge);
  std::get<ConvLayer>(settings.kind).filters = 24;
  settings.change.accumulator_bits = BitWidth{13};
  const auto edited = setLayer(lenet, "conv2", settings);
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_EQ(std::get<ConvLayer>(layerOf(*edited, "conv2")->kind).filters, 24);
  EXPECT_EQ(edited->quant.layers.at("conv2").accumulator_bits, BitWidth{13});
  expectReadsBack(*edited);
  settings = settingsOf(*edited, "conv2").value();
  std::get<ConvLayer>(settings.kind).filters = 32;
  settings.change = {};
  EXPECT_EQ(setLayer(*edited, "conv2", settings).value(), lenet) << "no empty override is left";
}

TEST(Edit, FirstAndLastLayerHaveTheirPolicies) {
  const Experiment lenet = load("lenet_digits");
  EXPECT_EQ(edgeRoleOf(lenet.network, "conv1"), EdgeRole::kFirst);
  EXPECT_EQ(edgeRoleOf(lenet.network, "fc2"), EdgeRole::kLast);
  EXPECT_EQ(edgeRoleOf(lenet.network, "fc1"), EdgeRole::kHidden);
  EXPECT_EQ(edgeRoleOf(lenet.network, "bn1"), EdgeRole::kHidden);
  auto settings = settingsOf(lenet, "fc2").value();
  ASSERT_TRUE(settings.edge);
  settings.edge->accumulator_bits = BitWidth{20};
  const auto edited = setLayer(lenet, "fc2", settings);
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_EQ(edited->quant.last.accumulator_bits, BitWidth{20});
  EXPECT_EQ(edited->quant.first, lenet.quant.first);
}

TEST(Edit, UnsoundSettingsAreRefusedWithTheReason) {
  const Experiment lenet = load("lenet_digits");
  auto settings = settingsOf(lenet, "conv2").value();
  std::get<ConvLayer>(settings.kind).kernel = {99, 99};
  EXPECT_THAT(setLayer(lenet, "conv2", settings).error().message, HasSubstr("larger than"));
  settings = settingsOf(lenet, "conv2").value();
  settings.change.accumulator_bits = BitWidth{4};
  EXPECT_EQ(setLayer(lenet, "conv2", settings).error().code, ErrorCode::kAccumulatorTooSmall);
}

TEST(Edit, TheSignGoesToAllThatShareAScale) {
  const Experiment resnet = load("resnet18_cifar");
  auto settings = settingsOf(resnet, "stage1_block1_skip_act").value();
  std::get<ActivationLayer>(settings.kind).sign = Signedness::kUnsigned;
  const auto edited = setLayer(resnet, "stage1_block1_skip_act", settings);
  ASSERT_TRUE(edited) << describe(edited.error());
  const auto& owner = std::get<ActivationLayer>(layerOf(*edited, "stage1_block1_b_act")->kind);
  EXPECT_EQ(owner.sign, Signedness::kUnsigned);
}

TEST(Edit, RemovingABatchNormReconnects) {
  Experiment lenet = load("lenet_digits");
  const auto edited = removeLayer(lenet, "bn1");
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_EQ(edited->network.layers.size(), lenet.network.layers.size() - 1);
  EXPECT_THAT(layerOf(*edited, "act1")->inputs, ElementsAre("conv1"));
  expectReadsBack(*edited);
}

TEST(Edit, RemovingTakesTheOverrideAlong) {
  Experiment lenet = load("lenet_digits");
  lenet.quant.layers["conv2"].weight_bits = BitWidth{3};
  // A convolution between quantizers leaves with its norm and activation.
  auto edited = removeLayer(lenet, "conv2");
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_EQ(edited->quant.layers.count("conv2"), 0u);
}

TEST(Edit, RefusedRemovalsNameWhy) {
  const Experiment resnet = load("resnet18_cifar");
  EXPECT_THAT(removeLayer(resnet, "image").error().cause, HasSubstr("one input and one output"));
  EXPECT_THAT(removeLayer(resnet, "result").error().cause, HasSubstr("one input and one output"));
  EXPECT_THAT(removeLayer(resnet, "stage1_block1_add").error().cause,
              HasSubstr("joins 2 branches"));
  EXPECT_THAT(removeLayer(resnet, "stage1_block1_b_act").error().cause,
              HasSubstr("shared by 'stage1_block1_skip_act'"));
  // Without this activation the sum would be of codes and real numbers.
  const auto unquantized = removeLayer(resnet, "stage1_block1_a_act");
  ASSERT_FALSE(unquantized);
  EXPECT_THAT(unquantized.error().message, HasSubstr("not quantized"));
}

TEST(Edit, InsertsAChain) {
  const Experiment lenet = load("lenet_digits");
  const auto edited = insertAfter(
      lenet, "act1",
      {{"conv3", testing::conv(16, 3, 1)}, {"bn4", BatchNormLayer{}}, {"act4", ActivationLayer{}}});
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_THAT(layerOf(*edited, "conv3")->inputs, ElementsAre("act1"));
  EXPECT_THAT(layerOf(*edited, "pool1")->inputs, ElementsAre("act4"));
  expectReadsBack(*edited);
  auto back = removeLayer(*edited, "bn4");
  ASSERT_TRUE(back);
}

TEST(Edit, InsertsInFrontOfOneOfTheInputsOfASum) {
  const Experiment resnet = load("resnet18_cifar");
  const auto edited = insertAfter(resnet, "stage1_block1_b_conv", {{"extra", BatchNormLayer{}}});
  ASSERT_TRUE(edited) << describe(edited.error());
  EXPECT_THAT(layerOf(*edited, "stage1_block1_b_bn")->inputs, ElementsAre("extra"));
  expectReadsBack(*edited);
}

TEST(Edit, RefusedInsertionsNameWhy) {
  const Experiment resnet = load("resnet18_cifar");
  const std::vector<NewLayer> norm{{"extra", BatchNormLayer{}}};
  const auto branching = insertAfter(resnet, "stem_act", norm);
  ASSERT_FALSE(branching);
  EXPECT_THAT(branching.error().cause, HasSubstr("'stage1_block1_skip_act'"));
  EXPECT_THAT(insertAfter(resnet, "result", norm).error().cause, HasSubstr("end of the network"));
  EXPECT_THAT(insertAfter(resnet, "stem_conv", {{"stem_bn", BatchNormLayer{}}}).error().message,
              HasSubstr("two layers"));
}

TEST(Edit, FreeNames) {
  const Experiment lenet = load("lenet_digits");
  EXPECT_EQ(freeLayerName(lenet.network, "conv"), "conv3");
  EXPECT_EQ(freeLayerName(lenet.network, "up"), "up1");
}

}  // namespace
}  // namespace a2q
