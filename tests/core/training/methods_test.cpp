// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

/// The certificate must say what the integer weights of the record say.
void expectCertificateOfWeights(const RunRecord& record) {
  ASSERT_EQ(record.certificate.layers.size(), record.weights.size());
  for (std::size_t i = 0; i < record.weights.size(); ++i) {
    const IntegerWeights& weights = record.weights[i];
    const LayerBound& bound = record.certificate.layers[i];
    EXPECT_EQ(bound.layer, weights.layer);
    EXPECT_EQ(bound.accumulator, weights.accumulator);
    ASSERT_EQ(bound.channels.size(), static_cast<std::size_t>(weights.channels));
    for (std::int64_t c = 0; c < weights.channels; ++c) {
      EXPECT_EQ(bound.channels[static_cast<std::size_t>(c)].sums, signedSums(weights.channel(c)));
    }
  }
}

struct Case {
  const char* method;
  const char* accumulator;
};

class Methods : public ::testing::TestWithParam<Case> {};

TEST_P(Methods, LearnsTheDigits) {
  const auto record = train(tinyExperiment({{"quant.method", GetParam().method},
                                            {"quant.accumulator_bits", GetParam().accumulator},
                                            {"training.epochs", "6"}}),
                            digits(640, 200));
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
  ASSERT_EQ(record->epochs.size(), 6U);
  EXPECT_LT(record->epochs.back().train_loss, 0.8 * record->epochs.front().train_loss);
  constexpr double kChance = 0.1;
  EXPECT_GT(record->epochs.back().test_score, 3 * kChance);
  EXPECT_TRUE(parametersFinite(*record));
  expectCertificateOfWeights(*record);
}

std::string caseName(const ::testing::TestParamInfo<Case>& chosen) {
  std::string name = chosen.param.method;
  if (name == "a2q+") name = "a2q_plus";
  return name + "_" + chosen.param.accumulator;
}

INSTANTIATE_TEST_SUITE_P(All, Methods,
                         ::testing::Values(Case{"float", "12"}, Case{"qat", "16"},
                                           Case{"a2q", "12"}, Case{"a2q", "16"}, Case{"a2q+", "12"},
                                           Case{"a2q+", "10"}),
                         caseName);

class TightWidths : public ::testing::TestWithParam<Case> {};

TEST_P(TightWidths, EveryChannelIsCertified) {
  const auto record = train(tinyExperiment({{"quant.method", GetParam().method},
                                            {"quant.accumulator_bits", GetParam().accumulator},
                                            {"quant.first.accumulator_bits", "14"},
                                            {"quant.last.accumulator_bits", "14"}}),
                            digits());
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_TRUE(record->certificate.safe());
  ASSERT_EQ(record->weights.size(), 4U);
  for (const LayerBound& layer : record->certificate.layers) {
    ASSERT_TRUE(layer.accumulator && layer.budget && layer.margin) << layer.layer;
    EXPECT_LE(layer.smallest.bits, layer.accumulator->bits) << layer.layer;
    EXPECT_GE(layer.margin->bits, 0) << layer.layer;
    EXPECT_LE(layer.channels[layer.worst].sums.l1(), layer.budget->floor()) << layer.layer;
  }
  expectCertificateOfWeights(*record);
}

INSTANTIATE_TEST_SUITE_P(All, TightWidths,
                         ::testing::Values(Case{"a2q", "10"}, Case{"a2q", "8"}, Case{"a2q", "6"},
                                           Case{"a2q+", "10"}, Case{"a2q+", "8"},
                                           Case{"a2q+", "5"}),
                         caseName);

TEST(FloatTraining, HasNoIntegers) {
  Recorder recorder;
  const auto record = train(tinyExperiment({{"quant.method", "float"}}), digits(64, 20), recorder);
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_TRUE(record->weights.empty());
  EXPECT_TRUE(record->certificate.layers.empty());
  EXPECT_EQ(record->epochs.back().worst_margin_bits, std::nullopt);
  EXPECT_EQ(record->epochs.back().sparsity, std::nullopt);
  for (const NamedTensor& tensor : record->parameters) {
    EXPECT_FALSE(tensor.name.ends_with(".d")) << tensor.name << ": a scale of a quantizer";
  }
}

TEST(QatTraining, OverflowIsPossibleAtASmallWidth) {
  const auto record =
      train(tinyExperiment({{"quant.method", "qat"}, {"quant.accumulator_bits", "6"}}), digits());
  ASSERT_TRUE(record) << describe(record.error());
  EXPECT_EQ(record->state, RunState::kFinished);
  EXPECT_FALSE(record->certificate.safe());
  EXPECT_LT(record->certificate.worstMarginBits().value(), 0);
  EXPECT_LT(record->epochs.back().worst_margin_bits.value(), 0);
  const LayerBound& hidden = record->certificate.layers.at(1);
  EXPECT_EQ(hidden.budget, std::nullopt);
  EXPECT_GT(hidden.smallest.bits, 6);
}

TEST(A2qTraining, PenaltyIsReportedAndPushesDown) {
  const DataSet data = digits();
  const auto with = [&](const char* penalty) {
    return train(tinyExperiment({{"training.penalty", penalty}, {"training.epochs", "4"}}), data);
  };
  const auto none = with("0");
  const auto some = with("0.1");
  ASSERT_TRUE(none && some);
  EXPECT_EQ(none->epochs.back().penalty, 0);
  EXPECT_GE(some->epochs.back().penalty, 0);
  EXPECT_NE(parameter(*none, "conv2.t"), parameter(*some, "conv2.t"));
}

TEST(A2qTraining, FreeEdgesHaveNoTarget) {
  const auto record = train(tinyExperiment(), digits(64, 20));
  ASSERT_TRUE(record) << describe(record.error());
  for (const std::size_t edge : {0U, 3U}) {
    EXPECT_EQ(record->weights.at(edge).accumulator, std::nullopt);
    EXPECT_EQ(record->weights.at(edge).rule, std::nullopt);
    EXPECT_EQ(record->weights.at(edge).weight_bits.bits, 8);
  }
  for (const std::size_t hidden : {1U, 2U}) {
    EXPECT_EQ(record->weights.at(hidden).rule, L1Rule::kA2q);
    EXPECT_EQ(record->weights.at(hidden).accumulator->bits, 12);
  }
}

}  // namespace
}  // namespace a2q::testing
