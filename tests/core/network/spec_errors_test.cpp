// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include "core/network/experiment.h"
#include "tests/core/network/small_spec.h"

namespace a2q {
namespace {

using ::testing::HasSubstr;
using testing::kSmallSpec;
using testing::smallSpecWith;
using ::testing::StartsWith;

Error errorOf(const std::string& text) {
  const auto experiment = parseExperiment(text, "spec.toml");
  EXPECT_FALSE(experiment) << text;
  return experiment ? Error{} : experiment.error();
}

TEST(SpecErrors, TheSmallSpecIsSound) {
  const auto experiment = parseExperiment(kSmallSpec, "spec.toml");
  ASSERT_TRUE(experiment) << describe(experiment.error());
  EXPECT_EQ(experiment->quant.accumulator_bits, BitWidth{14});
  EXPECT_EQ(experiment->training.epochs, 3);
  EXPECT_EQ(experiment->training.batch_size, TrainSpec{}.batch_size);
  const auto& conv = std::get<ConvLayer>(experiment->network.layers[3].kind);
  EXPECT_EQ(conv.groups, 4);
  EXPECT_EQ(conv.kernel, (Extent{3, 1}));
  EXPECT_EQ(experiment->network.layers[3].inputs, std::vector<std::string>{"act1"});
}

TEST(SpecErrors, UnknownKeyOfALayer) {
  const Error error = errorOf(smallSpecWith("kernel", "kernal"));
  EXPECT_EQ(error.message, "spec.toml:13:1: unknown key 'kernal' in layer 'conv1'");
  EXPECT_THAT(error.remedy, HasSubstr("Did you mean 'kernel'? Known keys here: name, kind"));
}

TEST(SpecErrors, UnknownKeysOfTables) {
  Error error = errorOf(kSmallSpec + "epoch = 3\n");
  EXPECT_THAT(error.message, HasSubstr("unknown key 'epoch' in [training]"));
  EXPECT_THAT(error.remedy, StartsWith("Did you mean 'epochs'?"));
  error = errorOf(kSmallSpec + "[trainig]\n");
  EXPECT_THAT(error.message, HasSubstr("unknown key 'trainig' in the file"));
  EXPECT_THAT(error.remedy, StartsWith("Did you mean 'training'?"));
  error = errorOf(kSmallSpec + "[quant.first]\nactivation_bits = 4\n");
  EXPECT_THAT(error.message, HasSubstr("unknown key 'activation_bits' in [quant.first]"));
  error = errorOf(kSmallSpec + "[quant.layers.conv2]\nwight_bits = 4\n");
  EXPECT_THAT(error.message, HasSubstr(":47:1: unknown key 'wight_bits' in [quant.layers.conv2]"));
}

TEST(SpecErrors, MissingKeys) {
  EXPECT_EQ(errorOf(smallSpecWith("filters = 4\n", "")).message,
            "spec.toml:9:1: key 'filters' is missing in layer 'conv1'");
  EXPECT_THAT(errorOf(smallSpecWith("name = \"conv1\"\n", "")).message,
              HasSubstr(":9:1: key 'name' is missing in [[layer]]"));
  EXPECT_THAT(errorOf(smallSpecWith("kind = \"conv2d\"\n", "")).message,
              HasSubstr("key 'kind' is missing in layer 'conv1'"));
}

TEST(SpecErrors, WrongWords) {
  const Error kind = errorOf(smallSpecWith("conv2d", "conv2"));
  EXPECT_EQ(kind.message, "spec.toml:11:8: wrong value of key 'kind' in layer 'conv1'");
  EXPECT_THAT(kind.cause, HasSubstr("found the string 'conv2'"));
  EXPECT_THAT(kind.remedy, StartsWith("Did you mean 'conv2d'?"));
  const Error method = errorOf(smallSpecWith("\"a2q\"", "\"a2q-\""));
  EXPECT_THAT(method.cause, HasSubstr("expected one of \"float\", \"qat\", \"a2q\", \"a2q+\""));
  EXPECT_THAT(errorOf(smallSpecWith("depthwise", "depthwize")).remedy, HasSubstr("'depthwise'"));
}

TEST(SpecErrors, WrongTypesAndRanges) {
  const auto cause = [](const std::string& from, const std::string& to) {
    const Error error = errorOf(smallSpecWith(from, to));
    EXPECT_EQ(error.code, ErrorCode::kSpecValue) << to;
    return error.cause;
  };
  EXPECT_EQ(cause("epochs = 3", "epochs = \"many\""),
            "expected an integer from 0 to 1000000, found the string 'many'");
  EXPECT_EQ(cause("epochs = 3", "epochs = -1"), "expected an integer from 0 to 1000000, found -1");
  EXPECT_EQ(cause("epochs = 3", "epochs = 3.0"),
            "expected an integer from 0 to 1000000, found 3.0");
  EXPECT_EQ(cause("= 14", "= 3"), "expected an integer from 4 to 64 (bits), found 3");
  EXPECT_EQ(cause("= 14", "= \"free\""),
            "expected an integer from 4 to 64 (bits), found the string 'free'");
  EXPECT_EQ(cause("[3, 8, 8]", "[3, 8]"),
            "expected [channels, height, width], each at least 1, found a list of 2");
  EXPECT_EQ(cause("[3, 8, 8]", "[3, 0, 8]"),
            "expected [channels, height, width], each at least 1, found a list of 3");
  EXPECT_EQ(cause("filters = 4", "filters = 0"), "expected an integer of at least 1, found 0");
  EXPECT_EQ(cause("epochs = 3", "batch_size = 0"),
            "expected an integer from 1 to 1000000, found 0");
  EXPECT_EQ(cause("epochs = 3", "learning_rate = -0.5"),
            "expected a number of at least 0, found -0.5");
  EXPECT_EQ(cause("epochs = 3", "learning_rate = inf"),
            "expected a number of at least 0, found inf");
  EXPECT_EQ(cause("epochs = 3", "penalty = nan"), "expected a number of at least 0, found nan");
  EXPECT_EQ(cause("epochs = 3", "seed = -1"),
            "expected an integer of at least 0 (as a string beyond 2^63 - 1), found -1");
  EXPECT_EQ(cause("kernel = 3", "kernel = {}"),
            "expected an integer of at least 1 or [height, width], found a table");
  EXPECT_EQ(cause("kernel = 3", "bias = 1979-05-27"),
            "expected true or false, found a date or time");
}

TEST(SpecErrors, TablesThatAreNoTables) {
  EXPECT_THAT(errorOf("quant = 3\n").message, HasSubstr("'quant' is no table"));
  EXPECT_THAT(errorOf("[layer]\nname = \"x\"\n").message, HasSubstr("no array of tables"));
  EXPECT_THAT(errorOf("layer = [1, 2]\n").message, HasSubstr("no array of tables"));
  EXPECT_THAT(errorOf(kSmallSpec + "[quant.layers]\nconv1 = 3\n").message,
              HasSubstr("'quant.layers.conv1' is no table"));
  EXPECT_THAT(errorOf("[quant]\nlayers = 3\n").message, HasSubstr("'quant.layers' is no table"));
}

TEST(SpecErrors, GraphErrorsNameTheLineOfTheLayer) {
  const Error reference =
      errorOf(smallSpecWith("kind = \"linear\"", "kind = \"linear\"\ninput = \"akt2\""));
  EXPECT_EQ(reference.code, ErrorCode::kGraphReference);
  EXPECT_THAT(reference.message, StartsWith("spec.toml:31:1: layer 'fc'"));
  EXPECT_THAT(reference.remedy, HasSubstr("Did you mean 'act2'?"));
  const Error shape = errorOf(smallSpecWith("kernel = 3", "kernel = 9"));
  EXPECT_EQ(shape.code, ErrorCode::kShapeMismatch);
  EXPECT_THAT(shape.message, StartsWith("spec.toml:9:1: layer 'conv1'"));
  const Error cycle =
      errorOf(smallSpecWith("name = \"conv1\"", "name = \"conv1\"\ninput = \"conv2\""));
  EXPECT_EQ(cycle.code, ErrorCode::kGraphCycle);
  EXPECT_THAT(cycle.message, HasSubstr("conv1 → act1 → conv2 → conv1"));
}

TEST(SpecErrors, PlanErrorsNameTheirPlace) {
  const Error small = errorOf(smallSpecWith("= 14", "= 4"));
  EXPECT_EQ(small.code, ErrorCode::kAccumulatorTooSmall);
  EXPECT_THAT(small.message, StartsWith("spec.toml:19:1: layer 'conv2'"));
  const Error unknown = errorOf(kSmallSpec + "[quant.layers.conv3]\nweight_bits = 3\n");
  EXPECT_EQ(unknown.code, ErrorCode::kGraphReference);
  EXPECT_THAT(unknown.message, StartsWith("spec.toml:46:1: "));
}

TEST(SpecErrors, InputAndInputsExcludeEachOther) {
  const Error error = errorOf(smallSpecWith(
      "kind = \"linear\"", "kind = \"linear\"\ninput = \"act2\"\ninputs = [\"act2\"]"));
  EXPECT_THAT(error.message, HasSubstr("both 'input' and 'inputs'"));
}

TEST(SpecErrors, SyntaxNamesLineAndColumn) {
  const Error error = errorOf("[network]\nname = = 3\n");
  EXPECT_EQ(error.code, ErrorCode::kSpecSyntax);
  EXPECT_THAT(error.message, StartsWith("spec.toml:2:8: "));
}

}  // namespace
}  // namespace a2q
