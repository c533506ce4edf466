// SPDX-License-Identifier: GPL-3.0-or-later
// What overflow costs: the same network with accumulators that wrap around.
#include <gtest/gtest.h>

#include <cstring>

#include "core/integer/integer_evaluation.h"
#include "tests/core/integer/lowered.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

struct Evaluated {
  EvalResult result;
  std::int64_t overflows = 0;
};

/// In integers, with accumulators of P bits where P is given.
Evaluated evaluated(const RunRecord& record, const DataSet& data, std::optional<int> bits,
                    Overflow overflow = Overflow::kWrap) {
  const IntegerNetwork network = loweredOf(record.experiment, record.parameters);
  AccumulatorMode mode;
  if (bits) mode = {overflow, BitWidth{*bits}};
  ReferenceEngine engine(network, mode, 2);
  auto result = evaluateIntegers(engine, network, record.experiment, data, DataPart::kTest, {});
  EXPECT_TRUE(result) << describe(result.error());
  return {result.value_or(EvalResult{}), overflowCount(engine.observations())};
}

TEST(WrapAround, WhatIsCertifiedNeverOverflows) {
  const DataSet data = digits(640, 200);
  for (const char* method : {"a2q", "a2q+"}) {
    const auto record = train(tinyExperiment({{"quant.method", method}}), data);
    ASSERT_TRUE(record) << describe(record.error());
    ASSERT_TRUE(record->certificate.safe());
    const Evaluated exact = evaluated(*record, data, {});
    for (const Overflow overflow : {Overflow::kWrap, Overflow::kSaturate}) {
      const Evaluated narrow = evaluated(*record, data, 12, overflow);
      EXPECT_EQ(narrow.overflows, 0) << method;
      EXPECT_EQ(narrow.result.score, exact.result.score);
      EXPECT_EQ(narrow.result.loss, exact.result.loss);
    }
    EvalJob job{.experiment = record->experiment, .parameters = record->parameters, .data = data};
    const auto trained = openTrainer().value()->evaluate(job, {});
    ASSERT_TRUE(trained) << describe(trained.error());
    EXPECT_NEAR(trained->score, exact.result.score, 0.0051) << "one image may round otherwise";
    EXPECT_NEAR(trained->loss, exact.result.loss, 1e-3 * trained->loss);
  }
}

TEST(WrapAround, AWideAccumulatorChangesNothingAndANarrowOneEverything) {
  const DataSet data = digits(640, 200);
  const auto record =
      train(tinyExperiment({{"quant.method", "qat"}, {"training.epochs", "4"}}), data);
  ASSERT_TRUE(record) << describe(record.error());
  const Evaluated exact = evaluated(*record, data, {});
  EXPECT_EQ(evaluated(*record, data, 24).overflows, 0);
  EXPECT_EQ(evaluated(*record, data, 24).result.loss, exact.result.loss);
  const Evaluated narrow = evaluated(*record, data, 6);
  EXPECT_GT(narrow.overflows, 0);
  EXPECT_LT(narrow.result.score, exact.result.score - 0.1);
  // Counting alone changes nothing.
  const Evaluated counted = evaluated(*record, data, 6, Overflow::kExact);
  EXPECT_GT(counted.overflows, 0);
  EXPECT_EQ(counted.result.loss, exact.result.loss);
}

/// One pixel, one weight q, one activation: every sum can be worked out by hand.
constexpr const char* kOneWeight = R"([network]
name = "one"
[[layer]]
name = "image"
kind = "input"
shape = [1, 1, 1]
scale = 1.0
[[layer]]
name = "first"
kind = "linear"
features = 1
[[layer]]
name = "act"
kind = "activation"
[[layer]]
name = "hidden"
kind = "linear"
features = 2
[[layer]]
name = "act2"
kind = "activation"
[[layer]]
name = "last"
kind = "linear"
features = 2
[[layer]]
name = "result"
kind = "output"
[quant]
method = "qat"
weight_bits = 8
activation_bits = 8
accumulator_bits = 16
)";

NamedTensor values(const std::string& name, std::vector<std::int64_t> shape,
                   const std::vector<float>& of) {
  NamedTensor out{name, TensorType::kFloat32, std::move(shape), {}};
  out.bytes.resize(of.size() * sizeof(float));
  std::memcpy(out.bytes.data(), of.data(), out.bytes.size());
  return out;
}

TEST(WrapAround, SumsAreThoseOfTwosComplement) {
  // Pixel 100 → code 100 of act → hidden sums 100·127 and −100·127 → act2 keeps what is positive.
  RunRecord record;
  record.experiment = experimentOf(kOneWeight);
  record.parameters = {values("first.v", {1, 1}, {127}),
                       values("first.d", {1}, {0}),
                       values("hidden.v", {2, 1}, {127, -127}),
                       values("hidden.d", {2}, {0, 0}),
                       values("last.v", {2, 2}, {127, 0, 0, 127}),
                       values("last.d", {2}, {0, 0}),
                       values("act.d", {}, {7}),
                       values("act2.d", {}, {0})};
  // first: 100·127 = 12700; act at scale 2^7: code 99 → hidden sums ±99·127·128 in real values,
  // 99·127 = 12573 in integers. At 14 bits 12573 wraps to 12573 − 16384 = −3811: the sign turns, so
  // that act2 hands the other channel on and the class changes.
  DataSet data{.name = "one", .source = "by hand"};
  data.test = {{1, 1, 1}, 2, {100}, {0}};
  EXPECT_EQ(evaluated(record, data, 15).overflows, 0);
  EXPECT_EQ(evaluated(record, data, 15).result.score, 1);
  EXPECT_EQ(evaluated(record, data, 14).overflows, 2);
  EXPECT_EQ(evaluated(record, data, 14).result.score, 0);
}

}  // namespace
}  // namespace a2q::testing
