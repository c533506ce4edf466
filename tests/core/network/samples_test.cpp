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

}  // namespace
}  // namespace a2q
