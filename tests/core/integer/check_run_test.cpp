// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/check_run.h"

#include <gmock/gmock.h>

#include <memory>

#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

/// Trained once: every test looks at the same network.
const RunRecord& trained() {
  static const RunRecord record = *train(tinyExperiment(), digits());
  return record;
}

VerifyJob jobOf(const RunRecord& record, const DataSet& data, std::int64_t samples) {
  return {.experiment = record.experiment,
          .parameters = record.parameters,
          .data = data,
          .samples = samples,
          .compute = {"cpu", 2}};
}

/// An engine on its own copy of the network with one weight of the first layer changed.
class TamperedEngine : public IntegerEngine {
 public:
  explicit TamperedEngine(const IntegerNetwork& network) : network_(network) {
    for (IntegerNode& node : network_.nodes) {
      auto* dot = std::get_if<DotProduct>(&node.operation);
      if (dot == nullptr) continue;
      for (std::int32_t& weight : dot->weights.values) weight = -weight;
      break;
    }
    engine_ = std::make_unique<ReferenceEngine>(network_);
  }
  IntegerTensor run(std::span<const std::int32_t> codes, std::int64_t samples, const Shape& shape,
                    const IntegerProbe* probe) override {
    return engine_->run(codes, samples, shape, probe);
  }

 private:
  IntegerNetwork network_;
  std::unique_ptr<ReferenceEngine> engine_;
};

TEST(CheckRun, ATrainedNetworkPassesEveryCheck) {
  const DataSet data = digits();
  std::vector<CheckResult> told;
  const auto results = runChecks(*openTrainer().value(), jobOf(trained(), data, 60), fastEngine(2),
                                 {}, [&](const CheckResult& check) { told.push_back(check); });
  ASSERT_EQ(results.size(), kCheckKinds.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].kind, kCheckKinds[i]);
    EXPECT_EQ(results[i].state, CheckState::kPassed) << results[i].text;
  }
  EXPECT_THAT(results[1].text, HasSubstr("agree on 60 samples"));
  const auto codes_progress = std::ranges::count_if(told, [](const CheckResult& check) {
    return check.kind == CheckKind::kCodes && check.state == CheckState::kRunning;
  });
  EXPECT_EQ(codes_progress, 3) << "at the start, after 50 and after 60 samples";
  EXPECT_EQ(told.back(), results.back());
}

TEST(CheckRun, ATamperedNetworkFailsWithItsFirstMismatch) {
  const DataSet data = digits();
  const EngineMaker tampered =
      [](const IntegerNetwork& network) -> Result<std::unique_ptr<IntegerEngine>> {
    return std::make_unique<TamperedEngine>(network);
  };
  const auto results = runChecks(*openTrainer().value(), jobOf(trained(), data, 20), tampered, {});
  EXPECT_EQ(results[1].state, CheckState::kFailed);
  EXPECT_THAT(results[1].text, HasSubstr("First mismatch: layer "));
  EXPECT_THAT(results[1].text, HasSubstr("sample 0, channel 0"));
  EXPECT_EQ(results[0].state, CheckState::kPassed);
}

TEST(CheckRun, AStoppedCheckHasNotRun) {
  const DataSet data = digits();
  std::stop_source stop;
  stop.request_stop();
  const auto results = runChecks(*openTrainer().value(), jobOf(trained(), data, 20), fastEngine(2),
                                 {stop.get_token(), nullptr});
  EXPECT_EQ(results[0].state, CheckState::kPassed);
  EXPECT_EQ(results[1].state, CheckState::kNotRun);
  EXPECT_THAT(results[1].text, HasSubstr("Stopped after 0 samples"));
  EXPECT_EQ(results[2].state, CheckState::kNotRun);
}

TEST(CheckRun, AFloatNetworkSaysWhyThereIsNothingToCheck) {
  const DataSet data = digits();
  const auto record = train(tinyExperiment({{"quant.method", "float"}}), data);
  ASSERT_TRUE(record) << describe(record.error());
  const auto results =
      runChecks(*openTrainer().value(), jobOf(*record, data, 20), fastEngine(2), {});
  ASSERT_EQ(results.size(), kCheckKinds.size());
  for (const CheckResult& check : results) {
    EXPECT_EQ(check.state, CheckState::kNotRun);
    EXPECT_FALSE(check.text.empty());
  }
}

TEST(CheckRun, DataThatDoNotFitAreSaid) {
  const DataSet data = brightnessData({3, 8, 8}, 4, 20);
  const auto results =
      runChecks(*openTrainer().value(), jobOf(trained(), data, 20), fastEngine(2), {});
  EXPECT_EQ(results[1].state, CheckState::kNotRun);
  EXPECT_THAT(results[1].text,
              HasSubstr(describe(makeError(ErrorCode::kDataShape, "")).substr(0, 8)));
}

/// 15 · (3 + 4) = 105: 8 bits.
IntegerWeights smallLayer(int accumulator) {
  return {"fc", 2, 2, {4}, {{4}}, {0, 15}, BitWidth{accumulator}, L1Rule::kA2q, {3, 4, 0, 0}};
}

TEST(CheckRun, AnUnsafeCertificateNamesLayerAndBits) {
  const std::vector<IntegerWeights> layers{smallLayer(7)};
  const CheckResult check = certificateCheck(certify(layers));
  EXPECT_EQ(check.state, CheckState::kFailed);
  EXPECT_EQ(check.text, "fc: 1 of 2 channels leave 7 bits, 8 would be enough [exact].");
  EXPECT_EQ(certificateCheck({}).state, CheckState::kNotRun);
}

TEST(CheckRun, WitnessesAreCountedAndEmptyChannelsLeftOut) {
  const CheckResult check = witnessCheck({smallLayer(8)}, {});
  EXPECT_EQ(check.state, CheckState::kPassed);
  EXPECT_THAT(check.text, HasSubstr("1 channels"));
  EXPECT_THAT(check.text, HasSubstr("1 left out"));
}

}  // namespace
}  // namespace a2q::testing
