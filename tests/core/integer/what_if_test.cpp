// SPDX-License-Identifier: GPL-3.0-or-later
// Previews: facts before and after a change, scores on a subset, and what data reach.
#include "core/integer/what_if.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "core/integer/fast/fast_engine.h"
#include "core/integer/integer_evaluation.h"
#include "core/integer/lowering.h"
#include "core/integer/observe.h"
#include "core/integer/what_if_score.h"
#include "tests/core/integer/made_network.h"

namespace a2q::testing {
namespace {

using std::chrono::milliseconds;

std::vector<LayerSnapshot> snapshotsOf(const TrainedNetwork& network) {
  std::vector<LayerSnapshot> out;
  for (const TrainedWeights& weights : network.weights) {
    LayerSnapshot layer;
    layer.layer = weights.integers.layer;
    for (std::int64_t c = 0; c < weights.integers.channels; ++c) {
      layer.channels.push_back(signedSums(weights.integers.channel(c)));
    }
    layer.zeros = std::count(weights.integers.values.begin(), weights.integers.values.end(), 0);
    out.push_back(std::move(layer));
  }
  return out;
}

TEST(Facts, AgreeWithTheCertificate) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const auto facts = trainedFacts(trained);
  const auto live = factsOf(madeExperiment(), snapshotsOf(trained)).value();
  ASSERT_EQ(facts.size(), 4U);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const LayerBound bound = layerBound(trained.weights[i].integers);
    ASSERT_TRUE(facts[i].norms);
    const NormFacts& norms = *facts[i].norms;
    EXPECT_EQ(norms.largest_l1, bound.channels[bound.worst].sums.l1());
    EXPECT_EQ(norms.worst, bound.worst);
    EXPECT_EQ(norms.range, bound.range);
    EXPECT_EQ(norms.smallest, bound.smallest);
    EXPECT_EQ(norms.margin->bits, bound.margin->bits);
    EXPECT_EQ(norms.sparsity, bound.sparsity);
    EXPECT_EQ(norms.safe, bound.safe());
    EXPECT_EQ(facts[i].budget->floor(), bound.budget->floor());
    EXPECT_EQ(facts[i].data_type_bound, bound.data_type_bound);
    EXPECT_TRUE(sameFacts(facts[i], live[i])) << "norms alone tell the same";
  }
}

TEST(Preview, OfWeightsIsThatOfTheProjectedNetwork) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const Experiment after = withSetting(madeExperiment(), "quant.accumulator_bits", "11").value();
  const auto projection = previewBounds(trained, trainedFacts(trained), after);
  ASSERT_TRUE(projection) << describe(projection.error());
  const WhatIf& bounds = projection->bounds;
  EXPECT_EQ(bounds.basis, WhatIfBasis::kWeights);
  EXPECT_TRUE(sameFacts(bounds.before[0], bounds.after[0])) << "the first layer has a P of its own";
  EXPECT_FALSE(sameFacts(bounds.before[2], bounds.after[2]));
  EXPECT_EQ(bounds.after[2].accumulator, BitWidth{11});
  EXPECT_LT(bounds.after[2].norms->largest_l1, bounds.before[2].norms->largest_l1);
  EXPECT_TRUE(bounds.after[2].norms->safe);
  EXPECT_LE(bounds.after[2].norms->smallest, BitWidth{11});
}

TEST(Preview, OfNormsKeepsThemAndMayOverflow) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const Experiment after = withSetting(madeExperiment(), "quant.accumulator_bits", "11").value();
  const auto preview = previewNorms(madeExperiment(), snapshotsOf(trained), after);
  ASSERT_TRUE(preview) << describe(preview.error());
  EXPECT_EQ(preview->basis, WhatIfBasis::kNorms);
  EXPECT_EQ(preview->after[2].norms->largest_l1, preview->before[2].norms->largest_l1);
  EXPECT_TRUE(preview->before[2].norms->safe);
  EXPECT_FALSE(preview->after[2].norms->safe);
  EXPECT_LT(preview->after[2].norms->margin->bits, 0);
}

TEST(Preview, OfAPlanTellsBudgetsAlone) {
  const Experiment after = withSetting(madeExperiment(), "quant.accumulator_bits", "11").value();
  const auto preview = previewNorms(madeExperiment(), {}, after);
  ASSERT_TRUE(preview) << describe(preview.error());
  EXPECT_EQ(preview->basis, WhatIfBasis::kPlan);
  EXPECT_FALSE(preview->after[2].norms);
  EXPECT_EQ(preview->before[2].budget->floor(), ((1 << 14) - 1) / 16);
  EXPECT_EQ(preview->after[2].budget->floor(), ((1 << 10) - 1) / 16);
  Experiment bad = after;
  bad.quant.accumulator_bits = {4};
  EXPECT_EQ(previewNorms(madeExperiment(), {}, bad).error().code, ErrorCode::kAccumulatorTooSmall);
}

TEST(Score, OfAnUnchangedNetworkIsThatOfItsIntegers) {
  const DataSet data = madeData(300, 1);
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const auto same = previewBounds(trained, trainedFacts(trained), madeExperiment());
  const auto score = previewScore(same->network, data, {milliseconds(60'000), 0, 2}, {});
  ASSERT_TRUE(score) << describe(score.error());
  const IntegerNetwork lowered = lowerToIntegers(trained).value();
  FastEngine engine(lowered);
  const auto whole =
      evaluateIntegers(engine, lowered, madeExperiment(), data, DataPart::kTest, {}).value();
  EXPECT_EQ(score->samples, 300);
  EXPECT_EQ(score->score, whole.score);
  EXPECT_EQ(score->loss, whole.loss);
}

TEST(Score, IsOfTheSamplesThatTimeAllows) {
  const DataSet data = madeData(2000, 1);
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const auto hurried = previewScore(trained, data, {milliseconds(0), 0, 1}, {}).value();
  EXPECT_GT(hurried.samples, 0) << "one batch always runs";
  EXPECT_LT(hurried.samples, 2000);
  const auto again = previewScore(trained, data, {milliseconds(60'000), hurried.samples, 1}, {});
  EXPECT_EQ(again->samples, hurried.samples);
  EXPECT_EQ(again->score, hurried.score) << "the same samples";
}

TEST(Score, RefusesWhatTakesSecondsToLower) {
  Experiment wide = withSetting(madeExperiment(), "quant.accumulator_bits", "40").value();
  wide.quant.activation_bits = wide.quant.last.activation_bits = {16};
  std::get<ConvLayer>(wide.network.layers[1].kind).filters = 48;
  std::get<ConvLayer>(wide.network.layers[4].kind) = {48, {3, 3}, {1, 1}, {1, 1}, 48, false};
  const auto score = previewScore(madeNetwork(wide, 11), madeData(10, 1), {}, {});
  ASSERT_FALSE(score);
  EXPECT_EQ(score.error().code, ErrorCode::kNotLowered);
}

TEST(Score, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  const auto score = previewScore(madeNetwork(madeExperiment(), 11), madeData(300, 1),
                                  {milliseconds(60'000), 0, 1}, stop.get_token());
  EXPECT_EQ(score->samples, 0);
}

/// The reference: every running sum of the first layer, added by hand from the pixels.
AccumulatorRange firstLayerByHand(const IntegerWeights& weights, std::int64_t channel,
                                  const DataSet& data) {
  AccumulatorRange seen;
  for (std::int64_t i = 0; i < data.test.count(); ++i) {
    const auto image = data.test.image(i);
    for (int y = 0; y < 8; ++y) {
      for (int x = 0; x < 8; ++x) {
        Int128 sum = 0;
        for (int k = 0; k < 9; ++k) {
          const int row = y + k / 3 - 1;
          const int column = x + k % 3 - 1;
          const bool inside = row >= 0 && row < 8 && column >= 0 && column < 8;
          const auto at = static_cast<std::size_t>(row) * 8 + static_cast<std::size_t>(column);
          const int pixel = inside ? image[at] : 0;
          sum += weights.channel(channel)[static_cast<std::size_t>(k)] * pixel;
          seen.low = std::min(seen.low, sum);
          seen.high = std::max(seen.high, sum);
        }
      }
    }
  }
  return seen;
}

TEST(Observation, IsWhatRunningSumsReach) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const DataSet data = madeData(20, 3);
  const auto seen =
      observeAccumulators(trained, data, DataPart::kTest, {milliseconds(60'000), 100, 8, 2}, {});
  ASSERT_TRUE(seen) << describe(seen.error());
  EXPECT_EQ(seen->samples, 20);
  ASSERT_EQ(seen->layers.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    const LayerBound bound = layerBound(trained.weights[i].integers);
    EXPECT_EQ(seen->layers[i].layer, bound.layer);
    for (std::size_t c = 0; c < bound.channels.size(); ++c) {
      EXPECT_GE(seen->layers[i].channels[c].low, bound.channels[c].range.low);
      EXPECT_LE(seen->layers[i].channels[c].high, bound.channels[c].range.high);
    }
  }
  for (std::int64_t c = 0; c < 6; ++c) {
    EXPECT_EQ(seen->layers[0].channels[static_cast<std::size_t>(c)],
              firstLayerByHand(trained.weights[0].integers, c, data))
        << "channel " << c << (c % 3 == 2 ? ", whose norm falls" : "");
  }
}

TEST(Observation, StopsInTimeAndWhenAsked) {
  const TrainedNetwork trained = madeNetwork(madeExperiment(), 11);
  const DataSet data = madeData(100, 3);
  EXPECT_EQ(observeAccumulators(trained, data, DataPart::kTest, {milliseconds(0), 100, 8, 1}, {})
                ->samples,
            8);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = observeAccumulators(trained, data, DataPart::kTest,
                                           {milliseconds(60'000), 100, 8, 1}, stop.get_token());
  EXPECT_EQ(stopped->samples, 0);
}

}  // namespace
}  // namespace a2q::testing
