// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/checkpoint.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/training/tensor_checksum.h"
#include "core/training/tensor_file.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kStateKey = "a2q.state";
constexpr std::string_view kOptimizerPrefix = "optimizer/";
constexpr const char* kStepsTensor = "steps";

/// Numbers as hexadecimal floating point: exact, and with words for what JSON cannot say.
std::string exactText(double value) { return fmt::format("{:a}", value); }

double exactNumber(const json& text) {
  const auto word = text.get<std::string>();
  return std::strtod(word.c_str(), nullptr);
}

json optionalText(const std::optional<double>& value) {
  return value ? json(exactText(*value)) : json();
}

std::optional<double> optionalNumber(const json& value) {
  if (value.is_null()) return std::nullopt;
  return exactNumber(value);
}

json epochJson(const EpochRecord& epoch) {
  return {{"phase", phaseName(epoch.phase)},
          {"epoch", epoch.epoch},
          {"metric", metricName(epoch.metric)},
          {"train_loss", exactText(epoch.train_loss)},
          {"train_score", exactText(epoch.train_score)},
          {"test_loss", exactText(epoch.test_loss)},
          {"test_score", exactText(epoch.test_score)},
          {"learning_rate", exactText(epoch.learning_rate)},
          {"penalty", exactText(epoch.penalty)},
          {"worst_margin_bits", optionalText(epoch.worst_margin_bits)},
          {"sparsity", optionalText(epoch.sparsity)},
          {"seconds", exactText(epoch.seconds)}};
}

TrainPhase phaseOf(const json& word) {
  return word.get<std::string>() == phaseName(TrainPhase::kFloat) ? TrainPhase::kFloat
                                                                  : TrainPhase::kMain;
}

EpochRecord epochOf(const json& row) {
  const bool psnr = row.at("metric").get<std::string>() == metricName(Metric::kPsnr);
  return {phaseOf(row.at("phase")),
          row.at("epoch").get<std::int64_t>(),
          psnr ? Metric::kPsnr : Metric::kAccuracy,
          exactNumber(row.at("train_loss")),
          exactNumber(row.at("train_score")),
          exactNumber(row.at("test_loss")),
          exactNumber(row.at("test_score")),
          exactNumber(row.at("learning_rate")),
          exactNumber(row.at("penalty")),
          optionalNumber(row.at("worst_margin_bits")),
          optionalNumber(row.at("sparsity")),
          exactNumber(row.at("seconds"))};
}

json stateJson(const Checkpoint& checkpoint) {
  json state;
  state["phase"] = phaseName(checkpoint.position.phase);
  state["epoch"] = checkpoint.position.epoch;
  state["batch"] = checkpoint.position.batch;
  state["loss"] = exactText(checkpoint.sums.loss);
  state["score"] = exactText(checkpoint.sums.score);
  state["samples"] = exactText(checkpoint.sums.samples);
  state["penalty"] = exactText(checkpoint.sums.penalty);
  state["epoch_seconds"] = exactText(checkpoint.sums.seconds);
  state["seconds"] = exactText(checkpoint.seconds);
  state["step_columns"] = checkpoint.steps.columns();
  state["epochs"] = json::array();
  for (const EpochRecord& epoch : checkpoint.epochs) state["epochs"].push_back(epochJson(epoch));
  return state;
}

void readState(const json& state, Checkpoint& checkpoint) {
  checkpoint.position = {phaseOf(state.at("phase")), state.at("epoch").get<std::int64_t>(),
                         state.at("batch").get<std::int64_t>()};
  checkpoint.sums = {exactNumber(state.at("loss")), exactNumber(state.at("score")),
                     exactNumber(state.at("samples")), exactNumber(state.at("penalty")),
                     exactNumber(state.at("epoch_seconds"))};
  checkpoint.seconds = exactNumber(state.at("seconds"));
  checkpoint.steps = ScalarSeries(state.at("step_columns").get<std::vector<std::string>>());
  for (const json& row : state.at("epochs")) checkpoint.epochs.push_back(epochOf(row));
}

NamedTensor stepsTensor(const ScalarSeries& steps) {
  NamedTensor out{
      kStepsTensor,
      TensorType::kFloat64,
      {static_cast<std::int64_t>(steps.rows()), static_cast<std::int64_t>(steps.columns().size())},
      {}};
  for (std::size_t i = 0; i < steps.rows(); ++i) {
    const auto bytes = std::as_bytes(steps.row(i));
    out.bytes.insert(out.bytes.end(), bytes.begin(), bytes.end());
  }
  return out;
}

Status readSteps(const NamedTensor& tensor, ScalarSeries& steps) {
  const std::size_t width = steps.columns().size();
  const std::size_t row_bytes = width * sizeof(double);
  if (tensor.type != TensorType::kFloat64 || row_bytes == 0 ||
      tensor.bytes.size() % row_bytes != 0) {
    return fail(ErrorCode::kFileFormat, "the checkpoint's steps do not fit their columns");
  }
  std::vector<double> row(width);
  for (std::size_t at = 0; at < tensor.bytes.size(); at += row_bytes) {
    std::memcpy(row.data(), tensor.bytes.data() + at, row_bytes);
    steps.append(row);
  }
  return {};
}

tl::unexpected<Error> notOurs(const fs::path& path, const std::string& why) {
  return fail(ErrorCode::kFileFormat,
              fmt::format("'{}' is no file of a training of this program", path.string()), why,
              "Name a run's folder, its weights.safetensors or a checkpoint; float weights from "
              "elsewhere are taken by 'a2q train SPEC --from FILE'.");
}

/// The number behind the last '-' of a schema of that family; 0 for another family.
int versionOf(std::string_view schema, std::string_view ours) {
  const std::size_t dash = ours.rfind('-') + 1;
  if (schema.substr(0, dash) != ours.substr(0, dash)) return 0;
  int version = 0;
  const std::string_view digits = schema.substr(dash);
  std::from_chars(digits.data(), digits.data() + digits.size(), version);
  return version;
}

Status checkSchema(const fs::path& path, const TensorFile& file,
                   std::initializer_list<std::string_view> known) {
  const auto schema = file.metadata.find(kSchemaKey);
  if (schema == file.metadata.end()) return notOurs(path, "its metadata name no schema");
  for (const std::string_view ours : known) {
    const int version = versionOf(schema->second, ours);
    if (version == 1) return {};
    if (version > 1) {
      return fail(ErrorCode::kFileNewer,
                  fmt::format("'{}' was written by a newer version", path.string()),
                  fmt::format("its schema is {}, this program knows {}", schema->second, ours));
    }
  }
  return notOurs(path, fmt::format("its schema is '{}'", schema->second));
}

/// Whether the file is as it was written.
Status checkSum(const fs::path& path, const TensorFile& file) {
  const auto sum = file.metadata.find(kChecksumKey);
  if (sum == file.metadata.end()) return notOurs(path, "its metadata hold no checksum");
  if (sum->second == tensorChecksum(file.tensors, file.metadata)) return {};
  return fail(ErrorCode::kFileFormat, fmt::format("'{}' is damaged", path.string()),
              "its content does not have the checksum it was written with",
              "Use another checkpoint of the run, or train again.");
}

/// Reads a file of one of the schemas, as it was written.
Result<TensorFile> readOurs(const fs::path& path, std::initializer_list<std::string_view> known) {
  auto file = readTensorFile(path);
  if (!file) return file;
  if (auto right = checkSchema(path, *file, known); !right) return forward(std::move(right));
  if (auto sound = checkSum(path, *file); !sound) return forward(std::move(sound));
  return file;
}

Result<Experiment> specificationOf(const fs::path& path, const TensorFile& file) {
  const auto text = file.metadata.find(kSpecKey);
  if (text == file.metadata.end()) return notOurs(path, "its metadata hold no specification");
  return parseExperiment(text->second, path.string());
}

}  // namespace

const EpochRecord* bestEpoch(const std::vector<EpochRecord>& epochs) {
  const EpochRecord* best = nullptr;
  for (const EpochRecord& epoch : epochs) {
    if (epoch.phase != TrainPhase::kMain) continue;
    if (best == nullptr || epoch.test_score > best->test_score) best = &epoch;
  }
  return best;
}

Status writeCheckpoint(const fs::path& path, const Checkpoint& checkpoint) {
  std::vector<NamedTensor> tensors = checkpoint.parameters;
  for (NamedTensor tensor : checkpoint.optimizer) {
    tensor.name.insert(0, kOptimizerPrefix);
    tensors.push_back(std::move(tensor));
  }
  tensors.push_back(stepsTensor(checkpoint.steps));
  std::map<std::string, std::string> metadata{{kSchemaKey, kCheckpointSchema},
                                              {kSpecKey, writeExperiment(checkpoint.experiment)},
                                              {kStateKey, stateJson(checkpoint).dump()}};
  metadata[kChecksumKey] = tensorChecksum(tensors, metadata);
  return writeTensorFile(path, tensors, metadata);
}

Result<Checkpoint> readCheckpoint(const fs::path& path) {
  auto file = readOurs(path, {kCheckpointSchema});
  if (!file) return forward(std::move(file));
  auto experiment = specificationOf(path, *file);
  if (!experiment) return forward(std::move(experiment));
  Checkpoint checkpoint;
  checkpoint.experiment = std::move(*experiment);
  try {
    readState(json::parse(file->metadata.at(kStateKey)), checkpoint);
  } catch (const std::exception& error) {
    return notOurs(path, fmt::format("its state cannot be read: {}", error.what()));
  }
  for (NamedTensor& tensor : file->tensors) {
    if (tensor.name == kStepsTensor) {
      if (auto read = readSteps(tensor, checkpoint.steps); !read) return forward(std::move(read));
    } else if (tensor.name.starts_with(kOptimizerPrefix)) {
      tensor.name.erase(0, kOptimizerPrefix.size());
      checkpoint.optimizer.push_back(std::move(tensor));
    } else {
      checkpoint.parameters.push_back(std::move(tensor));
    }
  }
  return checkpoint;
}

Result<TrainedModel> readTrainedModel(const fs::path& path) {
  fs::path file_path = path;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    for (const char* name : {kWeightsFile, kBestFile, kCheckpointFile}) {
      file_path = path / name;
      if (fs::exists(file_path, ignored)) break;
    }
    if (!fs::exists(file_path, ignored)) {
      return fail(ErrorCode::kReadFailed,
                  fmt::format("'{}' holds no trained network", path.string()),
                  fmt::format("there is neither {} nor {} nor {}", kWeightsFile, kBestFile,
                              kCheckpointFile),
                  "Name the folder of a run of 'a2q train', or one of its files.");
    }
  }
  auto file = readOurs(file_path, {kWeightsSchema, kCheckpointSchema});
  if (!file) return forward(std::move(file));
  auto experiment = specificationOf(file_path, *file);
  if (!experiment) return forward(std::move(experiment));
  std::erase_if(file->tensors, [](const NamedTensor& tensor) {
    return tensor.name == kStepsTensor || tensor.name.starts_with(kOptimizerPrefix);
  });
  return TrainedModel{std::move(*experiment), std::move(file->tensors), file_path};
}

}  // namespace a2q
