// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "core/network/parameter_count.h"
#include "core/network/quant_plan.h"
#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

struct Sample {
  Experiment experiment;
  NetworkGraph graph;
  QuantPlan plan;

  [[nodiscard]] std::string name(std::size_t node) const {
    return experiment.network.layers[graph.nodes[node].layer].name;
  }
  [[nodiscard]] const WeightPlan& weights(const std::string& layer) const {
    for (const WeightPlan& one : plan.weights) {
      if (name(one.node) == layer) return one;
    }
    ADD_FAILURE() << "no layer " << layer;
    return plan.weights.front();
  }
  [[nodiscard]] Shape output(const std::string& layer) const {
    for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
      if (name(node) == layer) return graph.nodes[node].output;
    }
    ADD_FAILURE() << "no layer " << layer;
    return {};
  }
  [[nodiscard]] std::int64_t weightCount() const {
    std::int64_t count = 0;
    for (const WeightPlan& one : plan.weights) count += one.channels * one.k;
    return count;
  }
};

Sample load(const std::string& name) {
  Sample sample;
  auto read = readExperiment(std::filesystem::path(A2Q_PROJECTS_DIR) / (name + ".toml"));
  if (!read) {
    ADD_FAILURE() << describe(read.error());
    return sample;
  }
  sample.experiment = *read;
  sample.graph = inferShapes(read->network).value();
  sample.plan = planQuantization(read->network, sample.graph, read->quant).value();
  return sample;
}

constexpr IntegerFormat kFourBits{{4}, Signedness::kUnsigned};
constexpr IntegerFormat kEightBits{{8}, Signedness::kUnsigned};

TEST(Samples, LenetHasAboutAHundredThousandParameters) {
  const Sample lenet = load("lenet_digits");
  EXPECT_EQ(parameterCount(lenet.experiment.network, lenet.graph), 104'250);
  EXPECT_EQ(lenet.experiment.data.set, "digits");
  EXPECT_EQ(lenet.weights("conv2").k, 400);
  EXPECT_EQ(lenet.weights("conv2").input_format, kFourBits);
  EXPECT_EQ(lenet.weights("conv2").accumulator, BitWidth{16});
  EXPECT_EQ(lenet.weights("conv2").rule, L1Rule::kA2q);
  EXPECT_EQ(lenet.weights("fc1").k, 800);
  EXPECT_EQ(lenet.weights("conv1").input_format, kEightBits);
  EXPECT_EQ(lenet.weights("conv1").accumulator, std::nullopt);
  EXPECT_EQ(lenet.weights("conv1").method, QuantMethod::kQat);
  EXPECT_EQ(lenet.weights("fc2").weight_bits, BitWidth{8});
  EXPECT_EQ(lenet.weights("fc2").input_format, kEightBits);
}

TEST(Samples, LenetForMnistTrainsForTwelveBits) {
  const Sample lenet = load("lenet_mnist");
  EXPECT_EQ(lenet.experiment.data.set, "mnist");
  EXPECT_EQ(lenet.experiment.training.epochs, 5);
  EXPECT_EQ(lenet.weights("fc1").accumulator, BitWidth{12});
}

TEST(Samples, CnvHasTheWeightsOfFinn) {
  const Sample cnv = load("cnv_cifar");
  EXPECT_EQ(cnv.weightCount(), 1'542'848);
  EXPECT_EQ(parameterCount(cnv.experiment.network, cnv.graph), 1'542'848 + 2 * 1'920);
  EXPECT_EQ(cnv.weights("fc1").k, 256);
}

TEST(Samples, MobilenetIsTheUsualOne) {
  const Sample mobile = load("mobilenet_v1_cifar");
  EXPECT_EQ(parameterCount(mobile.experiment.network, mobile.graph), 3'217'226);
  EXPECT_EQ(mobile.plan.weights.size(), 28u);
  const WeightPlan& depth = mobile.weights("block5_depth_conv");
  EXPECT_EQ(depth.k, 9);
  EXPECT_EQ(depth.method, QuantMethod::kA2qPlus);
  EXPECT_EQ(depth.rule, L1Rule::kA2q);
  EXPECT_EQ(mobile.weights("block5_point_conv").rule, L1Rule::kA2qPlus);
  EXPECT_EQ(mobile.weights("block5_point_conv").k, 256);
  // 8-bit codes summed over the last 2×2 plane: 255 · 4 = 1020 needs 10 bits.
  EXPECT_EQ(mobile.weights("fc").input_range, (IntegerRange{0, 1020}));
  EXPECT_EQ(mobile.weights("fc").input_format, (IntegerFormat{{10}, Signedness::kUnsigned}));
}

TEST(Samples, ResnetIsTheUsualOne) {
  const Sample resnet = load("resnet18_cifar");
  EXPECT_EQ(parameterCount(resnet.experiment.network, resnet.graph), 11'173'962);
  EXPECT_EQ(resnet.plan.weights.size(), 21u);
  EXPECT_EQ(resnet.weights("stage4_block2_b_conv").k, 4608);
  EXPECT_EQ(resnet.weights("stage2_block1_skip_conv").input_format, kFourBits);
  // 255 · 16 = 4080 on the last 4×4 plane.
  EXPECT_EQ(resnet.weights("fc").input_format.width, BitWidth{12});
  for (const ActivationPlan& activation : resnet.plan.activations) {
    const bool is_operand = resnet.name(activation.node).ends_with("_b_act") ||
                            resnet.name(activation.node).ends_with("_skip_act");
    EXPECT_EQ(activation.format.isSigned(), is_operand) << resnet.name(activation.node);
    const bool last = resnet.name(activation.node) == "stage4_block2_act";
    EXPECT_EQ(activation.format.width.bits, last ? 8 : 4) << resnet.name(activation.node);
  }
}

struct KnownCount {
  const char* name;
  std::int64_t weights;
  std::int64_t parameters;  ///< weights, biases, two a channel of a batch norm
};

/// Worked out from the descriptions of the networks, layer by layer: out · in (· 9 or 25).
constexpr KnownCount kCounts[] = {
    // FINN (FPGA 2017) gives 2 operations a weight: 0.12 M, 0.67 M and 5.8 M an image.
    {"tfc_mnist", 784 * 64 + 2 * 64 * 64 + 64 * 10, 59'008 + 2 * 3 * 64},
    {"sfc_mnist", 784 * 256 + 2 * 256 * 256 + 256 * 10, 334'336 + 2 * 3 * 256},
    {"lfc_mnist", 784 * 1024 + 2 * 1024 * 1024 + 1024 * 10, 2'910'208 + 2 * 3 * 1024},
    {"optdigits_tfc", 64 * 32 + 32 * 32 + 32 * 10, 3'392 + 2 * 2 * 32},
    // 5×5 convolutions to 16 and 32 channels, 32·5·5 features to 112 to 10, a bias for the last.
    {"lenet_digits", 25 * 16 + 25 * 16 * 32 + 800 * 112 + 112 * 10, 104'250},
    {"lenet_mnist", 103'920, 103'920 + 10 + 2 * (16 + 32 + 112)},
    {"lenet_fashion", 103'920, 104'250},
    // FINN's CNV has 1,542,848; one channel instead of three saves 2 · 9 · 64.
    {"cnv_cifar",
     9 * (3 * 64 + 64 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256) + 256 * 512 + 512 * 512 +
         512 * 10,
     1'542'848 + 2 * (2 * 64 + 2 * 128 + 2 * 256 + 2 * 512)},
    {"cnv_mnist", 1'542'848 - 2 * 9 * 64, 1'541'696 + 2 * 1'920},
    {"cnv_fashion", 1'541'696, 1'541'696 + 3'840},
    // The usual counts, with ten classes: less the bias and two a channel of 10,944 and 4,800.
    {"mobilenet_v1_cifar", 3'217'226 - 10 - 2 * 10'944, 3'217'226},
    {"resnet18_cifar", 11'173'962 - 10 - 2 * 4'800, 11'173'962},
    {"espcn_bsd300", 25 * 64 + 9 * (64 * 64 + 64 * 32 + 32),
     25 * 64 + 9 * (64 * 64 + 64 * 32 + 32) + 1 + 2 * (64 + 64 + 32)},
    // Encoders of two convolutions, decoders of one, the last convolution with a bias.
    {"unet_bsd300",
     9 * (1 * 32 + 32 * 32 + 32 * 64 + 64 * 64 + 64 * 128 + 128 * 128) +
         9 * (128 * 128 + 128 * 64 + 64 * 32) + 9 * 32,
     525'888 + 1 + 2 * (3 * (32 + 64 + 128))},
};

TEST(Zoo, EveryNetworkHasTheParametersOfItsDescription) {
  for (const KnownCount& known : kCounts) {
    const Sample sample = load(known.name);
    EXPECT_EQ(sample.weightCount(), known.weights) << known.name;
    EXPECT_EQ(parameterCount(sample.experiment.network, sample.graph), known.parameters)
        << known.name;
  }
  EXPECT_EQ(testing::sampleFiles().size(), std::size(kCounts));
}

TEST(Zoo, EveryNetworkIsPlannedByEveryMethod) {
  for (const auto& path : testing::sampleFiles()) {
    const auto sample = readExperiment(path);
    ASSERT_TRUE(sample) << describe(sample.error());
    EXPECT_EQ(sample->network.name, path.stem());
    for (const char* method : {"float", "qat", "a2q", "a2q+"}) {
      const auto changed = withSetting(*sample, "quant.method", method);
      ASSERT_TRUE(changed) << path << " " << method << ": " << describe(changed.error());
      const NetworkGraph graph = inferShapes(changed->network).value();
      const auto plan = planQuantization(changed->network, graph, changed->quant);
      ASSERT_TRUE(plan) << path << " " << method << ": " << describe(plan.error());
    }
  }
}

TEST(Zoo, ConvolutionsForSmallImagesMeetTheOriginalAfterTheFirstPool) {
  for (const char* name : {"cnv_mnist", "cnv_fashion"}) {
    const Sample cnv = load(name);
    EXPECT_EQ(cnv.weights("conv3").k, 64 * 9) << name;
    EXPECT_EQ(cnv.weights("fc1").k, 256) << name;
    EXPECT_EQ(cnv.output("pool1"), (Shape{64, 14, 14})) << name;
    EXPECT_EQ(cnv.output("flat"), (Shape{256, 1, 1})) << name;
  }
}

TEST(Zoo, SuperResolutionEnlargesThreefold) {
  for (const char* name : {"espcn_bsd300", "unet_bsd300"}) {
    const Sample sample = load(name);
    EXPECT_EQ(sample.output("image"), (Shape{1, 24, 24})) << name;
    EXPECT_EQ(sample.output("result"), (Shape{1, 72, 72})) << name;
    EXPECT_EQ(sample.experiment.data.set, "bsd300");
    EXPECT_EQ(sample.experiment.data.photos.factor, 3);
    EXPECT_EQ(sample.weights("out_conv").input_format, kEightBits) << name;
    EXPECT_EQ(sample.experiment.training.schedule.factor, 0.999) << name;
  }
  const Sample unet = load("unet_bsd300");
  EXPECT_EQ(unet.output("enc3_b_act"), (Shape{128, 6, 6}));
  EXPECT_EQ(unet.weights("dec2_conv").input_format, kFourBits) << "sums are quantized";
}

TEST(Zoo, RecipesOfTheBenchmarks) {
  const AugmentSpec padded{4, true, false};
  for (const char* name : {"cnv_cifar", "mobilenet_v1_cifar", "resnet18_cifar"}) {
    const Experiment experiment = load(name).experiment;
    EXPECT_EQ(experiment.training.epochs, 100) << name;
    EXPECT_EQ(experiment.data.augment, padded) << name;
    const auto& input = std::get<InputLayer>(experiment.network.layers[0].kind);
    EXPECT_EQ(input.format, (IntegerFormat{{8}, Signedness::kSigned})) << name;
    EXPECT_EQ(input.offset, 128) << name;
    EXPECT_EQ(input.scale, 1.0 / 64) << name;
  }
  const auto& dots = load("optdigits_tfc").experiment.network.layers[0].kind;
  EXPECT_EQ(std::get<InputLayer>(dots).format.maximum() * std::get<InputLayer>(dots).scale,
            31.0 / 16);
}

}  // namespace
}  // namespace a2q
