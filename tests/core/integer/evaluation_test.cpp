// SPDX-License-Identifier: GPL-3.0-or-later
// Whole data sets through the integers: scores of classes, and photographs of any size.
#include "core/integer/integer_evaluation.h"

#include <gtest/gtest.h>

#include "core/data/sample_codes.h"
#include "core/integer/verification.h"
#include "tests/core/integer/lowered.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

class Enlarging : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto trained = train(experimentOf(kSubPixelSpec), hills());
    ASSERT_TRUE(trained) << describe(trained.error());
    record = std::move(*trained);
  }
  static inline RunRecord record;
};

TEST_F(Enlarging, TheResultIsAnImageOfPixels) {
  const IntegerNetwork network = loweredOf(record.experiment, record.parameters);
  EXPECT_EQ(network.nodes.back().output, (Shape{1, 24, 24}));
  EXPECT_EQ(network.nodes.back().range, (IntegerRange{0, 255}));
  ReferenceEngine engine(network, {}, 2);
  const DataSet data = hills();
  const auto result =
      evaluateIntegers(engine, network, record.experiment, data, DataPart::kTest, {});
  ASSERT_TRUE(result) << describe(result.error());
  EXPECT_EQ(result->photo_scores.size(), 2U);
  // Single precision may round a pixel in a thousand otherwise.
  EXPECT_NEAR(result->score, record.epochs.back().test_score, 0.01);
}

TEST_F(Enlarging, EveryPixelIsThatOfTheTrainedNetwork) {
  const IntegerNetwork network = loweredOf(record.experiment, record.parameters);
  ReferenceEngine engine(network, {}, 2);
  auto tracer = openTrainer().value()->openTracer(record.experiment, record.parameters, {"cpu", 2});
  ASSERT_TRUE(tracer) << describe(tracer.error());
  Verifier verifier(network, engine, **tracer);
  const auto& input = std::get<CodeInput>(network.nodes.front().operation).layer;
  const auto codes = codesOf(hills(), DataPart::kTest, input, 0, 10);
  ASSERT_TRUE(verifier.add(codes, 10, input.shape));
  // A whole photograph is of another size than the patches the network was trained on.
  const std::vector<std::int32_t> whole(codes.begin(), codes.begin() + 20 * 16);
  ASSERT_TRUE(verifier.add(whole, 1, {1, 20, 16}));
  EXPECT_TRUE(verifier.result().holds());
  EXPECT_EQ(verifier.result().layers.back().codes, 10 * 24 * 24 + 40 * 32);
}

TEST(SampleCodes, PatchesDependOnTheirNumberAlone) {
  const DataSet data = hills();
  InputLayer input;
  input.shape = {1, 12, 12};
  const auto all = codesOf(data, DataPart::kTest, input, 0, 8);
  const auto later = codesOf(data, DataPart::kTest, input, 5, 3);
  const auto size = static_cast<std::ptrdiff_t>(input.shape.size());
  EXPECT_TRUE(std::equal(later.begin(), later.end(), all.begin() + 5 * size));
  EXPECT_NE(std::vector(all.begin(), all.begin() + size),
            std::vector(all.begin() + 2 * size, all.begin() + 3 * size))
      << "two patches of one photograph";
}

TEST(Stopping, AnEvaluationThatIsStoppedTellsWhatItSaw) {
  const DataSet data = digits(320, 300);
  const auto record = train(tinyExperiment(), data);
  ASSERT_TRUE(record) << describe(record.error());
  const IntegerNetwork network = loweredOf(record->experiment, record->parameters);
  ReferenceEngine engine(network, {}, 2);
  std::stop_source stop;
  stop.request_stop();
  const auto result = evaluateIntegers(engine, network, record->experiment, data, DataPart::kTest,
                                       {stop.get_token(), nullptr});
  ASSERT_TRUE(result) << describe(result.error());
  EXPECT_EQ(result->samples, 0);
}

}  // namespace
}  // namespace a2q::testing
