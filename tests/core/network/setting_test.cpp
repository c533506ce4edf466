// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "core/network/experiment.h"
#include "core/network/known_keys.h"
#include "tests/core/network/small_spec.h"

namespace a2q {
namespace {

using ::testing::HasSubstr;

Experiment small() { return parseExperiment(testing::kSmallSpec, "spec.toml").value(); }

Experiment with(const std::string& key, const std::string& value) {
  auto changed = withSetting(small(), key, value);
  EXPECT_TRUE(changed) << describe(changed.error());
  return changed.value_or(Experiment{});
}

Error errorOf(const std::string& key, const std::string& value) {
  const auto changed = withSetting(small(), key, value);
  EXPECT_FALSE(changed) << key;
  return changed ? Error{} : changed.error();
}

TEST(Setting, OfEveryTable) {
  EXPECT_EQ(with("quant.accumulator_bits", "12").quant.accumulator_bits, BitWidth{12});
  EXPECT_EQ(with("quant.method", "a2q+").quant.method, QuantMethod::kA2qPlus);
  EXPECT_EQ(with("quant.method", "\"qat\"").quant.method, QuantMethod::kQat);
  EXPECT_EQ(with("quant.first.accumulator_bits", "20").quant.first.accumulator_bits, BitWidth{20});
  EXPECT_EQ(with("training.learning_rate", "1e-2").training.learning_rate, 1e-2);
  EXPECT_EQ(with("training.learning_rate", "1").training.learning_rate, 1.0);
  EXPECT_EQ(with("training.schedule.kind", "step").training.schedule.kind, ScheduleKind::kStep);
  EXPECT_EQ(with("data.path", "/some/where").data.path, "/some/where");
  EXPECT_EQ(with("data.path", "2024").data.path, "2024");
  EXPECT_EQ(with("data.path", "").data.path, "");
  EXPECT_EQ(with("network.name", "a = \"b\"\nc = 3").network.name, "a = \"b\"\nc = 3");
}

TEST(Setting, OfOneLayer) {
  const auto changed = with("quant.layers.conv2.weight_bits", "3");
  EXPECT_EQ(changed.quant.layers.at("conv2").weight_bits, BitWidth{3});
  const auto conv = with("layer.conv1.filters", "8");
  EXPECT_EQ(std::get<ConvLayer>(conv.network.layers[1].kind).filters, 8);
  EXPECT_EQ(with("layer.fc.inputs", "[\"act2\"]"), small());
}

TEST(Setting, OfALayerWithDotsInItsName) {
  Experiment dotted = small();
  dotted.network.layers[3].name = "block.1";
  dotted.network.layers[4].inputs = {"block.1"};
  const auto changed = withSetting(dotted, "quant.layers.block.1.weight_bits", "3");
  ASSERT_TRUE(changed) << describe(changed.error());
  EXPECT_EQ(changed->quant.layers.at("block.1").weight_bits, BitWidth{3});
  EXPECT_TRUE(withSetting(dotted, "layer.block.1.bias", "true"));
}

TEST(Setting, ChangesNothingElse) {
  Experiment expected = small();
  expected.training.seed = 77;
  EXPECT_EQ(with("training.seed", "77"), expected);
}

TEST(Setting, UnknownKeysSuggestTheNearest) {
  const Error error = errorOf("training.epoch", "3");
  EXPECT_EQ(error.code, ErrorCode::kUnknownKey);
  EXPECT_THAT(error.remedy, HasSubstr("Did you mean 'training.epochs'?"));
  for (const char* key : {"", ".", "..", "quant", "layer.", "layer.x", "quant.layers.", "epochs",
                          "quant.layers.conv2", "training.schedule", "quant.layers..bits"}) {
    EXPECT_FALSE(withSetting(small(), key, "3")) << key;
  }
  const Error inner = errorOf("layer.conv1.kernal", "3");
  EXPECT_EQ(inner.code, ErrorCode::kUnknownKey);
  EXPECT_THAT(inner.remedy, HasSubstr("Did you mean 'kernel'?"));
}

TEST(Setting, BadValuesFailLikeInAFile) {
  const Error error = errorOf("training.epochs", "many");
  EXPECT_EQ(error.code, ErrorCode::kSpecValue);
  EXPECT_THAT(error.message, HasSubstr("setting 'training.epochs' to 'many': "));
  EXPECT_THAT(error.cause, HasSubstr("expected an integer"));
  EXPECT_THAT(errorOf("layer.conv9.filters", "3").remedy, HasSubstr("'conv1'"));
  EXPECT_EQ(errorOf("quant.accumulator_bits", "4").code, ErrorCode::kAccumulatorTooSmall);
  EXPECT_EQ(errorOf("quant.layers.nothing.weight_bits", "4").code, ErrorCode::kGraphReference);
  for (const char* value : {"", "3\nbatch_size = 4", "[", "{", "nan", "99999999999999999999"}) {
    EXPECT_FALSE(withSetting(small(), "training.epochs", value)) << value;
  }
}

TEST(KnownKeys, ListEveryKeyWithMeaningAndDefault) {
  const auto keys = knownKeys();
  const auto find = [&](const std::string& table, const std::string& kind, const std::string& key) {
    for (const KeyInfo& info : keys) {
      if (info.table == table && info.kind == kind && info.key == key) return info;
    }
    ADD_FAILURE() << table << " " << kind << " " << key;
    return KeyInfo{};
  };
  EXPECT_EQ(find("training", "", "epochs").default_value, "5");
  EXPECT_EQ(find("quant.first", "", "accumulator_bits").default_value, "\"free\"");
  EXPECT_EQ(find("layer", "average_pool", "kernel").default_value, "the whole plane");
  EXPECT_EQ(find("layer", "max_pool", "stride").default_value, "the kernel");
  EXPECT_TRUE(find("layer", "max_pool", "kernel").required);
  EXPECT_TRUE(find("layer", "", "name").required);
  EXPECT_EQ(find("quant.layers.NAME", "", "method").default_value, "");
  for (const KeyInfo& info : keys) {
    EXPECT_FALSE(info.meaning.empty()) << info.key;
    EXPECT_FALSE(info.expected.empty()) << info.key;
    EXPECT_FALSE(info.table.empty()) << info.key;
  }
}

}  // namespace
}  // namespace a2q
