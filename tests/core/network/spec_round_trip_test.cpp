// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <random>

#include "core/network/sample_experiment.h"
#include "tests/core/network/network_builder.h"

namespace a2q {
namespace {

using testing::NetworkBuilder;

void expectRoundTrip(const Experiment& experiment) {
  const std::string text = writeExperiment(experiment);
  const auto again = parseExperiment(text, "written.toml");
  ASSERT_TRUE(again) << describe(again.error()) << "\n" << text;
  EXPECT_EQ(*again, experiment) << text;
  EXPECT_EQ(writeExperiment(*again), text);
  const auto sections = writeSections(experiment);
  std::string joined;
  for (const char* name : {"network", "quant", "training", "data"}) joined += sections.at(name);
  EXPECT_EQ(sections.size(), 4U);
  const auto of_sections = parseExperiment(joined, "joined.toml");
  ASSERT_TRUE(of_sections) << describe(of_sections.error()) << "\n" << joined;
  EXPECT_EQ(*of_sections, experiment) << joined;
}

TEST(SpecRoundTrip, OfTheSamples) {
  for (const auto& path : testing::sampleFiles()) {
    const auto experiment = readExperiment(path);
    ASSERT_TRUE(experiment) << describe(experiment.error());
    expectRoundTrip(*experiment);
  }
}

TEST(SpecRoundTrip, OverridesOfLayersBelongToTheSectionQuant) {
  auto experiment = parseExperiment(sampleSpecification(), "sample");
  ASSERT_TRUE(experiment);
  const std::string layer = experiment->network.layers.at(1).name;
  experiment->quant.layers[layer].weight_bits = BitWidth{3};
  const auto sections = writeSections(*experiment);
  EXPECT_THAT(sections.at("quant"), ::testing::HasSubstr("[quant.layers." + layer + "]"));
  EXPECT_THAT(sections.at("data"), ::testing::Not(::testing::HasSubstr("quant")));
}

/// Draws values that a specification may hold, the awkward ones among them.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  bool coin() { return between(0, 1) == 1; }
  std::uint64_t bits() { return random_(); }
  BitWidth width(int least, int most) { return {static_cast<int>(between(least, most))}; }

  /// Any finite number of at least zero, by its bits.
  double real() {
    const double value = std::abs(std::bit_cast<double>(random_()));
    return std::isfinite(value) ? value : static_cast<double>(between(0, 9));
  }
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  std::string text() {
    static const std::vector<std::string> parts = {
        "a", "\"", "\\", "\n", "\t", "\r", "\x01", "\x7f", "é",     "→",  "😀",
        "#", "'",  "=",  "[",  "]",  " ",  "{",    ".",    "\\u00", "\b", "\"\"\""};
    std::string text;
    for (std::int64_t i = between(0, 8); i > 0; --i) {
      text += parts[static_cast<std::size_t>(between(0, std::ssize(parts) - 1))];
    }
    return text;
  }

 private:
  std::mt19937_64 random_;
};

void appendBlock(NetworkBuilder& builder, Draw& draw, const std::string& tag) {
  const std::int64_t kernel = draw.between(0, 1) * 2 + 1;
  ConvLayer conv = testing::conv(4, kernel, (kernel - 1) / 2);
  conv.bias = draw.coin();
  conv.groups = draw.coin() ? 1 : 4;
  builder.then("conv" + tag, conv);
  if (draw.coin()) {
    builder.then("bn-" + tag, BatchNormLayer{draw.real() + 1e-300, draw.share()});
  }
  const Signedness sign = draw.coin() ? Signedness::kSigned : Signedness::kUnsigned;
  const std::string act = "act." + tag;
  builder.then(act, ActivationLayer{sign, ""});
  if (draw.coin()) {
    builder.then("again" + tag, ActivationLayer{sign, act})
        .add("sum" + tag, AddLayer{}, {"again" + tag, act});
  }
  const PoolKind kind = draw.coin() ? PoolKind::kMax : PoolKind::kAverage;
  if (draw.coin()) {
    const PoolLayer pool{kind, {3, 2}, {draw.between(1, 2), 1}, {draw.between(0, 1), 1}};
    builder.then("pool" + tag, pool);
  }
}

NetworkSpec drawNetwork(Draw& draw) {
  NetworkBuilder builder({4, 16, 16});
  for (std::int64_t i = draw.between(0, 3); i > 0; --i) {
    appendBlock(builder, draw, std::to_string(i));
  }
  if (draw.coin()) builder.then("big", ResizeLayer{draw.between(1, 3)});
  if (draw.coin()) builder.then("shuffle", PixelShuffleLayer{2});
  if (draw.coin()) builder.then("whole", PoolLayer{PoolKind::kAverage, {0, 0}, {1, 1}, {0, 0}});
  if (draw.coin()) builder.then("flat", FlattenLayer{});
  NetworkSpec network = builder.then("fc", LinearLayer{draw.between(1, 9), draw.coin()}).done();
  auto& input = std::get<InputLayer>(network.layers[0].kind);
  input.format = {draw.width(1, 16), draw.coin() ? Signedness::kSigned : Signedness::kUnsigned};
  input.scale = draw.real() + 1e-300;
  input.offset = draw.between(0, 255);
  input.step = draw.between(1, 255);
  network.name = draw.text();
  return network;
}

QuantSpec drawQuant(Draw& draw, const NetworkSpec& network) {
  QuantSpec quant;
  const bool floats = draw.between(0, 4) == 0;
  quant.method = floats ? QuantMethod::kFloat : static_cast<QuantMethod>(draw.between(1, 3));
  quant.weight_bits = draw.width(2, 16);
  quant.activation_bits = draw.width(1, 8);
  quant.accumulator_bits = draw.width(40, 64);
  quant.first.weight_bits = draw.width(2, 16);
  if (draw.coin()) quant.first.accumulator_bits = draw.width(40, 64);
  quant.last.activation_bits = draw.width(1, 16);
  if (draw.coin()) quant.last.accumulator_bits = draw.width(40, 64);
  for (const LayerSpec& layer : network.layers) {
    if (!hasWeights(layer) || draw.coin()) continue;
    QuantOverride& change = quant.layers[layer.name];
    if (draw.coin()) change.weight_bits = draw.width(2, 16);
    if (draw.coin()) change.accumulator_bits = draw.width(40, 64);
    if (draw.coin() && !floats) change.method = QuantMethod::kQat;
  }
  return quant;
}

TrainSpec drawTraining(Draw& draw) {
  TrainSpec training;
  training.epochs = draw.between(0, 1000);
  training.batch_size = draw.between(1, 1000);
  training.optimizer = draw.coin() ? OptimizerKind::kSgd : OptimizerKind::kAdam;
  training.learning_rate = draw.real();
  training.momentum = draw.share();
  training.weight_decay = draw.real();
  training.penalty = draw.coin() ? 0 : draw.real();
  training.schedule = {static_cast<ScheduleKind>(draw.between(0, 3)), draw.real(),
                       draw.between(1, 99)};
  training.gradient_clip = draw.coin() ? 0 : draw.real();
  training.early_stop = draw.between(0, 9);
  training.calibration_batches = draw.between(1, 99);
  training.float_phase = {draw.between(0, 99), draw.real()};
  training.seed = draw.bits();
  return training;
}

DataSpec drawData(Draw& draw) {
  DataSpec data;
  data.set = draw.text();
  data.path = draw.text();
  data.train_samples = draw.between(0, 99);
  data.test_samples = draw.between(0, 99);
  data.size = {draw.between(0, 9), draw.between(0, 9)};
  data.augment = {draw.between(0, 9), draw.coin(), draw.coin()};
  data.photos = {draw.between(1, 4), draw.coin() ? Downscale::kArea : Downscale::kBicubic,
                 draw.coin() ? Colour::kRgb : Colour::kLuminance, draw.between(1, 99)};
  return data;
}

TEST(SpecRoundTrip, OfRandomSpecifications) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Draw draw(seed);
    Experiment experiment;
    experiment.network = drawNetwork(draw);
    experiment.quant = drawQuant(draw, experiment.network);
    experiment.training = drawTraining(draw);
    experiment.data = drawData(draw);
    expectRoundTrip(experiment);
    if (HasFailure()) return;
  }
}

TEST(SpecRoundTrip, BytesThatAreNoUtf8AreReplaced) {
  Experiment experiment = readExperiment(testing::sampleFiles()[0]).value();
  experiment.data.path = "a\xff\xc3(\xed\xa0\x80z";
  const auto again = parseExperiment(writeExperiment(experiment), "written.toml");
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(again->data.path, "a\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFDz");
}

}  // namespace
}  // namespace a2q
