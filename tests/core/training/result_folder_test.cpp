// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/result_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/bounds/certificate_json.h"
#include "core/network/quant_plan.h"
#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"
#include "tests/core/training/tiny_training.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A trained run, written once for all tests of the suite.
class ResultFolder : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new test::TemporaryFolder;
    auto trained =
        train(tinyExperiment({{"quant.method", "a2q+"}, {"training.seed", "3"}}), digits(96, 40));
    if (!trained) throw std::runtime_error(describe(trained.error()));
    record = new RunRecord(std::move(*trained));
    const Status written = writeResultFolder(folder->path(), *record);
    if (!written) throw std::runtime_error(describe(written.error()));
  }
  static void TearDownTestSuite() {
    delete record;
    delete folder;
  }

  static fs::path file(const char* name) { return folder->path() / name; }

  static inline test::TemporaryFolder* folder = nullptr;
  static inline RunRecord* record = nullptr;
};

TEST_F(ResultFolder, HoldsTheSixPartsAndNothingElse) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder->path())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"certificate.json", "metrics.csv", "metrics.json",
                                             "spec.toml", "steps.csv", "weights.safetensors"}));
}

TEST_F(ResultFolder, SpecificationReadsBackEqual) {
  const auto read = readExperiment(file("spec.toml"));
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(*read, record->experiment);
  EXPECT_EQ(read->training.seed, 3U);
}

TEST_F(ResultFolder, CsvHasARowAnEpochOfEqualWidth) {
  const std::string text = contentOf(file("metrics.csv"));
  std::vector<std::string> rows;
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    rows.push_back(text.substr(at, text.find('\n', at) - at));
  }
  ASSERT_EQ(rows.size(), 1 + record->epochs.size());
  for (const std::string& row : rows) {
    EXPECT_EQ(std::count(row.begin(), row.end(), ','),
              std::count(rows[0].begin(), rows[0].end(), ','));
  }
  EXPECT_TRUE(rows[0].starts_with("phase,epoch,train_loss,train_accuracy,test_loss"));
  EXPECT_TRUE(rows[1].starts_with("main,1,")) << rows[1];
  EXPECT_TRUE(rows[2].starts_with("main,2,")) << rows[2];
}

TEST_F(ResultFolder, MetricsSayWhatWasTrained) {
  const json document = json::parse(contentOf(file("metrics.json")));
  EXPECT_EQ(document.at("schema"), "a2q-metrics-1");
  EXPECT_EQ(document.at("state"), "finished");
  EXPECT_EQ(document.at("network"), "tiny");
  EXPECT_EQ(document.at("seed"), 3);
  EXPECT_TRUE(document.at("backend").get<std::string>().starts_with("LibTorch"));
  ASSERT_EQ(document.at("epochs").size(), record->epochs.size());
  for (std::size_t i = 0; i < record->epochs.size(); ++i) {
    const json& epoch = document.at("epochs").at(i);
    EXPECT_EQ(epoch.at("train_loss"), record->epochs[i].train_loss);
    EXPECT_EQ(epoch.at("test_accuracy"), record->epochs[i].test_score);
    EXPECT_EQ(epoch.at("worst_margin_bits"), record->epochs[i].worst_margin_bits.value());
  }
}

TEST_F(ResultFolder, ParametersAreThoseOfTheRecord) {
  const auto tensors = readTensors(file("weights.safetensors"));
  EXPECT_EQ(tensors.size(), record->parameters.size() + record->weights.size());
  for (const NamedTensor& tensor : record->parameters) {
    EXPECT_EQ(tensors.at(tensor.name).type, "F32");
    EXPECT_EQ(tensors.at(tensor.name).shape, tensor.shape);
    EXPECT_EQ(tensors.at(tensor.name).floats(), parameter(*record, tensor.name)) << tensor.name;
  }
}

// Whoever has the folder alone can check the promise: specification and integer weights suffice.
TEST_F(ResultFolder, CertificateFollowsFromTheFilesAlone) {
  const auto experiment = readExperiment(file("spec.toml"));
  ASSERT_TRUE(experiment);
  const auto graph = inferShapes(experiment->network);
  ASSERT_TRUE(graph);
  const auto plan = planQuantization(experiment->network, *graph, experiment->quant);
  ASSERT_TRUE(plan);
  const auto tensors = readTensors(file("weights.safetensors"));
  std::vector<IntegerWeights> layers;
  for (const WeightPlan& weights : plan->weights) {
    const std::string& name = experiment->network.layers[graph->nodes[weights.node].layer].name;
    const StoredTensor& stored = tensors.at(name + ".q");
    EXPECT_EQ(stored.type, "I32");
    EXPECT_EQ(stored.shape, (std::vector<std::int64_t>{weights.channels, weights.k}));
    layers.push_back({name, weights.channels, weights.k, weights.weight_bits, weights.input_format,
                      weights.input_range, weights.accumulator, weights.rule, stored.integers()});
  }
  const Certificate fresh = certify(layers);
  EXPECT_TRUE(fresh.safe());
  EXPECT_EQ(certificateJson(fresh), contentOf(file("certificate.json")));
}

TEST_F(ResultFolder, CertificateNamesEveryChannel) {
  const json document = json::parse(contentOf(file("certificate.json")));
  EXPECT_EQ(document.at("schema"), "a2q-certificate-2");
  EXPECT_EQ(document.at("safe"), true);
  ASSERT_EQ(document.at("layers").size(), record->weights.size());
  for (std::size_t i = 0; i < record->weights.size(); ++i) {
    const json& layer = document.at("layers").at(i);
    EXPECT_EQ(layer.at("layer"), record->weights[i].layer);
    EXPECT_EQ(layer.at("K"), record->weights[i].k);
    EXPECT_EQ(layer.at("channels").size(), static_cast<std::size_t>(record->weights[i].channels));
  }
  EXPECT_TRUE(document.at("layers").at(0).at("P").is_null());
  EXPECT_EQ(document.at("layers").at(1).at("P"), 12);
}

TEST(CertificateJson, ZeroWeightsHaveAnInfiniteMarginAndNothingIsNotSafe) {
  IntegerWeights zeros{"c", 1, 2, BitWidth{4}, {}, {0, 15}, BitWidth{8}, L1Rule::kA2q, {0, 0}};
  zeros.input_format = IntegerFormat{{4}, Signedness::kUnsigned};
  const json document = json::parse(certificateJson(certify(std::vector{zeros})));
  EXPECT_EQ(document.at("layers").at(0).at("margin_bits"), "inf");
  EXPECT_EQ(document.at("safe"), true);
  EXPECT_TRUE(json::parse(certificateJson({})).at("safe").is_null());
}

TEST(WriteResultFolder, OddTextDoesNotLoseATraining) {
  const test::TemporaryFolder folder;
  RunRecord record;
  record.experiment = tinyExperiment();
  record.data_source = "folder \xff\xfe \"quoted\"\n";
  record.state = RunState::kDiverged;
  record.state_cause = "the loss is not finite";
  record.epochs.push_back({});
  record.epochs.back().train_loss = std::numeric_limits<double>::quiet_NaN();
  record.epochs.back().worst_margin_bits = std::numeric_limits<double>::infinity();
  const Status written = writeResultFolder(folder.path(), record);
  ASSERT_TRUE(written) << describe(written.error());
  const json document = json::parse(contentOf(folder.path() / "metrics.json"));
  EXPECT_EQ(document.at("state"), "diverged");
  EXPECT_EQ(document.at("state_cause"), "the loss is not finite");
  EXPECT_TRUE(document.at("epochs").at(0).at("train_loss").is_null());
  EXPECT_EQ(document.at("epochs").at(0).at("worst_margin_bits"), "inf");
}

TEST(PrepareResultFolder, MakesParentsAndLeavesNothingInside) {
  const test::TemporaryFolder folder;
  const fs::path inner = folder.path() / "mit Umlaut ö" / "b";
  ASSERT_TRUE(prepareResultFolder(inner, Overwrite::kRefuse));
  EXPECT_TRUE(fs::is_empty(inner));
  EXPECT_TRUE(prepareResultFolder(inner, Overwrite::kRefuse)) << "an empty folder is free";
}

TEST(PrepareResultFolder, RefusesWhatHoldsSomething) {
  const test::TemporaryFolder folder;
  folder.write("note", {'x'});
  const Status refused = prepareResultFolder(folder.path(), Overwrite::kRefuse);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kExists);
  EXPECT_NE(refused.error().remedy.find("--force"), std::string::npos);
  EXPECT_TRUE(prepareResultFolder(folder.path(), Overwrite::kAllow));
  EXPECT_EQ(contentOf(folder.path() / "note"), "x") << "what is not a result stays";
}

TEST(PrepareResultFolder, NamesWhatIsInTheWay) {
  const test::TemporaryFolder folder;
  const fs::path file = folder.write("file", {'x'});
  for (const fs::path& place : {file, file / "inside", fs::path("/proc/nowhere"), fs::path()}) {
    const Status refused = prepareResultFolder(place, Overwrite::kAllow);
    ASSERT_FALSE(refused) << place;
    EXPECT_EQ(refused.error().code, ErrorCode::kWriteFailed) << place;
    EXPECT_NE(refused.error().message.find("'" + place.string() + "'"), std::string::npos);
    EXPECT_FALSE(refused.error().cause.empty()) << place;
  }
  EXPECT_EQ(contentOf(file), "x");
}

}  // namespace
}  // namespace a2q::testing
