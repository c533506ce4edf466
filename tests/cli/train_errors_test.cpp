// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Words = std::vector<std::string>;

class TrainErrors : public ::testing::Test {
 protected:
  /// The run must fail with that exit code, say so with that number and a remedy, and print no
  /// result; returns what it said.
  std::string refused(const Words& words, int exit_code, const std::string& number) const {
    const ProgramResult result = program_.run(words);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_THAT(result.err, AllOf(StartsWith("A2Q-" + number + ": "), HasSubstr("\n  do:  ")));
    EXPECT_THAT(result.out, IsEmpty());
    return result.err;
  }

  TrainProgram program_;
};

TEST_F(TrainErrors, DivergedRunKeepsItsRecord) {
  const ProgramResult result = program_.run(
      TrainProgram::kShort + Words{"--set", "training.learning_rate=1e30", "-o", "out"});
  EXPECT_EQ(result.exit_code, 6);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("A2Q-0601: training diverged"), HasSubstr("learning_rate")));
  EXPECT_THAT(result.out, AllOf(HasSubstr("Not finished: the loss is not finite"),
                                HasSubstr("Nothing is certified")));
  const auto metrics = nlohmann::json::parse(program_.read("out/metrics.json"));
  EXPECT_EQ(metrics.at("state"), "diverged");
  EXPECT_FALSE(metrics.at("state_cause").get<std::string>().empty());
  EXPECT_TRUE(nlohmann::json::parse(program_.read("out/certificate.json")).at("safe").is_null());
}

TEST_F(TrainErrors, DivergedRunAsJson) {
  const ProgramResult result = program_.run(
      TrainProgram::kShort + Words{"--set", "training.learning_rate=1e30", "-o", "out", "--json"});
  EXPECT_EQ(result.exit_code, 6);
  const auto document = nlohmann::json::parse(result.out);
  EXPECT_EQ(document.at("state"), "diverged");
  EXPECT_TRUE(document.at("safe").is_null());
  EXPECT_EQ(document.at("certified_channels"), 0);
}

TEST_F(TrainErrors, MissingData) {
  const std::string said = refused({"--set", "data.set=mnist", "--data", "nowhere"}, 7, "0301");
  EXPECT_THAT(said, AllOf(HasSubstr("nowhere"), HasSubstr("--data"), HasSubstr("A2Q_DATA_DIR")));
  refused({"no-such-file.toml"}, 7, "0701");
  EXPECT_FALSE(fs::exists(program_.path("results"))) << "nothing is left behind";
}

/// The four files of a small MNIST, one of which a test spoils.
class BadData : public TrainErrors {
 protected:
  static constexpr std::uint32_t kCount = 20;

  void SetUp() override {
    const test::Bytes images = test::idxBytes({kCount, 28, 28}, test::Bytes(kCount * 28 * 28, 9));
    const test::Bytes labels = test::idxBytes({kCount}, test::Bytes(kCount, 3));
    for (const std::string part : {"train", "t10k"}) {
      put(part + "-images-idx3-ubyte", images);
      put(part + "-labels-idx1-ubyte", labels);
    }
  }

  void put(const std::string& name, const test::Bytes& bytes) const {
    program_.write("mnist/" + name, {bytes.begin(), bytes.end()});
  }

  /// Trains on the files.
  [[nodiscard]] Words words() const {
    return {"--set", "data.set=mnist", "--data",           program_.path("mnist").string(), "-o",
            "out",   "--set",          "training.epochs=1"};
  }
};

TEST_F(BadData, SoundFilesTrain) {
  const ProgramResult result = program_.run(words());
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(BadData, Truncated) {
  put("train-images-idx3-ubyte", test::idxBytes({kCount, 28, 28}, test::Bytes(5000, 9)));
  EXPECT_THAT(refused(words(), 3, "0302"), HasSubstr("train-images-idx3-ubyte"));
  put("train-images-idx3-ubyte", {0, 0, 8});
  refused(words(), 3, "0302");
  EXPECT_FALSE(fs::exists(program_.path("out")));
}

TEST_F(BadData, WrongMagic) {
  test::Bytes bytes = test::idxBytes({kCount, 28, 28}, test::Bytes(kCount * 28 * 28, 9));
  bytes[0] = 0x89;
  put("t10k-images-idx3-ubyte", bytes);
  EXPECT_THAT(refused(words(), 3, "0303"), HasSubstr("t10k-images-idx3-ubyte"));
}

TEST_F(BadData, LabelsOutOfRange) {
  put("train-labels-idx1-ubyte", test::idxBytes({kCount}, test::Bytes(kCount, 10)));
  EXPECT_THAT(refused(words(), 3, "0304"), HasSubstr("train-labels-idx1-ubyte"));
}

TEST_F(BadData, ImagesOfAnotherSize) {
  for (const std::string part : {"train", "t10k"}) {
    put(part + "-images-idx3-ubyte",
        test::idxBytes({kCount, 14, 14}, test::Bytes(kCount * 14 * 14, 9)));
  }
  const std::string said = refused(words(), 3, "0305");
  EXPECT_THAT(said, AllOf(HasSubstr("1×28×28"), HasSubstr("1×14×14")));
  EXPECT_FALSE(fs::exists(program_.path("out"))) << "nothing is left behind";
}

constexpr const char* kHead =
    "[network]\nname = \"bad\"\n\n"
    "[[layer]]\nname = \"x\"\nkind = \"input\"\nshape = [1, 28, 28]\n\n";
constexpr const char* kTail =
    "\n[[layer]]\nname = \"fc\"\nkind = \"linear\"\nfeatures = 10\n\n"
    "[[layer]]\nname = \"y\"\nkind = \"output\"\n";

TEST_F(TrainErrors, SpecificationWithACycle) {
  const std::string spec = program_.write(
      "cycle.toml", std::string(kHead) +
                        "[[layer]]\nname = \"a\"\nkind = \"add\"\ninputs = [\"x\", \"b\"]\n\n"
                        "[[layer]]\nname = \"b\"\nkind = \"activation\"\ninput = \"a\"\n" +
                        kTail);
  EXPECT_THAT(refused({spec}, 3, "0203"),
              AllOf(HasSubstr("cycle.toml:9:"), HasSubstr("a → b → a")));
}

TEST_F(TrainErrors, SpecificationWithShapesThatDoNotFit) {
  const std::string spec = program_.write(
      "shapes.toml", std::string(kHead) +
                         "[[layer]]\nname = \"c\"\nkind = \"conv2d\"\nfilters = 4\nkernel = 40\n" +
                         kTail);
  EXPECT_THAT(refused({spec}, 3, "0205"), AllOf(HasSubstr("shapes.toml:9:"), HasSubstr("28×28")));
}

TEST_F(TrainErrors, SpecificationWithAnUnknownKey) {
  const std::string spec = program_.write(
      "key.toml", std::string(kHead) +
                      "[[layer]]\nname = \"c\"\nkind = \"conv2d\"\nfiltres = 4\nkernel = 3\n" +
                      kTail);
  EXPECT_THAT(refused({spec}, 3, "0202"), AllOf(HasSubstr("key.toml:12:"), HasSubstr("filters")));
}

TEST_F(TrainErrors, FilesThatAreNoSpecification) {
  refused({program_.write("empty.toml", "")}, 3, "0202");
  refused({program_.write("binary.toml", std::string("\x7f"
                                                     "ELF\0\1\2",
                                                     7))},
          3, "0201");
  refused({program_.path("").string()}, 7, "0701");
}

TEST_F(TrainErrors, AccumulatorTooSmallNamesTheLeastUseful) {
  EXPECT_THAT(refused({"--accumulator", "4"}, 3, "0206"),
              AllOf(HasSubstr("'conv2'"), HasSubstr("P = 4"), HasSubstr("to 6 or more")));
  EXPECT_THAT(refused({"--accumulator", "4", "--method", "a2q+"}, 3, "0206"),
              HasSubstr("to 5 or more"));
}

TEST_F(TrainErrors, Settings) {
  EXPECT_THAT(refused({"--set", "training.sed=3"}, 2, "0002"), HasSubstr("'training.seed'"));
  refused({"--set", "nonsense"}, 2, "0001");
  refused({"--set", "=1"}, 2, "0001");
  refused({"--set", ""}, 2, "0001");
  refused({"--set", "training.batch_size=0"}, 3, "0202");
  refused({"--set", "training.learning_rate=nan"}, 3, "0202");
  refused({"--set", "training.penalty=-1"}, 3, "0202");
  refused({"--set", "layer.nobody.filters=3"}, 3, "0204");
  refused({"--epochs", "99999999999"}, 3, "0202");
  refused({"--epochs", "-1"}, 2, "0001");
  refused({"--seed", "99999999999999999999"}, 2, "0001");
  refused({"--threads", "5000"}, 2, "0001");
  refused({"--method", "a2q++"}, 2, "0001");
}

TEST_F(TrainErrors, DeviceThatIsNotThere) {
  for (const char* device : {"cuda:99", "gpu", "", "cpu:7"}) {
    refused(TrainProgram::kShort + Words{"--device", device, "-o", "out"}, 6, "0603");
  }
  EXPECT_FALSE(fs::exists(program_.path("out"))) << "nothing is left behind";
}

TEST_F(TrainErrors, ExistingFolderNeedsForce) {
  program_.write("out/note", "mine");
  const Words words = TrainProgram::kShort + Words{"-o", "out"};
  EXPECT_THAT(refused(words, 7, "0703"), HasSubstr("--force"));
  EXPECT_FALSE(fs::exists(program_.path("out/spec.toml")));
  EXPECT_EQ(program_.run(words + Words{"--force"}).exit_code, 0);
  EXPECT_TRUE(fs::exists(program_.path("out/spec.toml")));
  EXPECT_EQ(program_.read("out/note"), "mine");
}

TEST_F(TrainErrors, PlacesThatCannotBeWritten) {
  const std::string file = program_.write("file", "x");
  for (const std::string& place :
       {std::string("/proc/nowhere"), file, file + "/in", std::string()}) {
    refused(TrainProgram::kShort + Words{"-o", place}, 7, "0702");
  }
}

}  // namespace
}  // namespace a2q::testing
