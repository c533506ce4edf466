// SPDX-License-Identifier: GPL-3.0-or-later
// The fixtures and how they were made: data/make_state_dicts.py. LibTorch's own writer and reader
// stand against this program's reader and against the fixtures.
#include "core/training/torch/state_dict.h"

#include <gmock/gmock.h>
#include <torch/serialize.h>
#include <torch/types.h>

#include <algorithm>
#include <cstring>

#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Sides = std::vector<std::int64_t>;
using Tensors = std::vector<NamedTensor>;

std::filesystem::path fixture(const std::string& name) {
  return std::filesystem::path(A2Q_STATE_DICTS) / name;
}

Tensors readFixture(const std::string& name) {
  auto tensors = readStateDict(fixture(name));
  EXPECT_TRUE(tensors) << describe(tensors.error());
  return tensors ? *tensors : Tensors();
}

std::vector<std::string> namesOf(const Tensors& tensors) {
  std::vector<std::string> names;
  for (const NamedTensor& tensor : tensors) names.push_back(tensor.name);
  return names;
}

const NamedTensor& named(const Tensors& tensors, const std::string& name) {
  static const NamedTensor none;
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const NamedTensor& one) { return one.name == name; });
  if (found != tensors.end()) return *found;
  ADD_FAILURE() << "no tensor " << name;
  return none;
}

template <class T>
std::vector<T> valuesOf(const NamedTensor& tensor) {
  std::vector<T> values(tensor.bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// floats() of the generator: first, first + 1/4, first + 1/2, ...
std::vector<float> quarters(int count, float first) {
  std::vector<float> values(static_cast<std::size_t>(count), first);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += static_cast<float>(i) / 4;
  return values;
}

void expectModel(const Tensors& tensors) {
  EXPECT_THAT(namesOf(tensors),
              ElementsAre("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean",
                          "1.running_var", "1.num_batches_tracked"));
  EXPECT_EQ(named(tensors, "0.weight").shape, (Sides{2, 3}));
  EXPECT_EQ(valuesOf<float>(named(tensors, "0.weight")), quarters(6, 1));
  EXPECT_EQ(valuesOf<float>(named(tensors, "0.bias")), quarters(2, -1));
  EXPECT_EQ(valuesOf<float>(named(tensors, "1.running_var")), quarters(2, 40));
  EXPECT_EQ(named(tensors, "1.num_batches_tracked").type, TensorType::kInt64);
  EXPECT_EQ(valuesOf<std::int64_t>(named(tensors, "1.num_batches_tracked")),
            std::vector<std::int64_t>{300});
}

TEST(StateDict, OfAModule) { expectModel(readFixture("state_dict.pt")); }

TEST(StateDict, AsAPlainDictionary) { expectModel(readFixture("plain_dict.pt")); }

TEST(StateDict, InACheckpoint) { expectModel(readFixture("checkpoint.pt")); }

TEST(StateDict, ViewsAndTypes) {
  const Tensors tensors = readFixture("views.pt");
  const auto floats = [&](const char* name) { return valuesOf<float>(named(tensors, name)); };
  EXPECT_EQ(floats("plain"), quarters(24, 0));
  EXPECT_EQ(named(tensors, "transposed").shape, (Sides{6, 4}));
  std::vector<float> transposed;
  for (int row = 0; row < 6; ++row) {
    for (int column = 0; column < 4; ++column) {
      transposed.push_back(static_cast<float>(column * 6 + row) / 4);
    }
  }
  EXPECT_EQ(floats("transposed"), transposed);
  EXPECT_THAT(floats("corner"), ElementsAre(2, 2.25, 3.5, 3.75));
  EXPECT_EQ(named(tensors, "channels_last").shape, (Sides{1, 2, 3, 4}));
  for (int channel = 0; channel < 2; ++channel) {
    for (int pixel = 0; pixel < 12; ++pixel) {
      EXPECT_EQ(floats("channels_last")[static_cast<std::size_t>(channel * 12 + pixel)],
                static_cast<float>(pixel * 2 + channel) / 4);
    }
  }
  EXPECT_THAT(floats("expanded"), ElementsAre(0.25, 0.5, 0.25, 0.5, 0.25, 0.5));
  EXPECT_THAT(floats("far"), ElementsAre(298, 299));
  EXPECT_EQ(named(tensors, "empty").shape, (Sides{0, 3}));
  EXPECT_THAT(floats("half"), ElementsAre(1.5, -2, 0x1p-24F));
  EXPECT_THAT(floats("bfloat16"), ElementsAre(1.5, -3));
  EXPECT_EQ(named(tensors, "half").type, TensorType::kFloat32);
  EXPECT_THAT(valuesOf<double>(named(tensors, "double")), ElementsAre(0.1));
  EXPECT_THAT(valuesOf<std::int32_t>(named(tensors, "int")), ElementsAre(-5, 5));
  EXPECT_THAT(valuesOf<std::uint8_t>(named(tensors, "byte")), ElementsAre(200));
  EXPECT_THAT(valuesOf<std::uint8_t>(named(tensors, "bool")), ElementsAre(1, 0));
  EXPECT_THAT(valuesOf<std::int32_t>(named(tensors, "char")), ElementsAre(-3, 4));
  EXPECT_THAT(valuesOf<std::int32_t>(named(tensors, "short")), ElementsAre(-300));
}

TEST(StateDict, OfParameters) {
  const Tensors tensors = readFixture("parameters.pt");
  EXPECT_THAT(valuesOf<float>(named(tensors, "weight")), ElementsAre(0.5));
}

TEST(StateDict, ForeignClassesAreNamedAndNothingIsExecuted) {
  const std::pair<const char*, const char*> cases[] = {{"evil.pt", "'__builtin__.print'"},
                                                       {"options.pt", "'argparse.Namespace'"}};
  for (const auto& [name, what] : cases) {
    const auto tensors = readStateDict(fixture(name));
    ASSERT_FALSE(tensors);
    EXPECT_EQ(tensors.error().code, ErrorCode::kFileFormat);
    EXPECT_THAT(tensors.error().message, HasSubstr(name));
    EXPECT_THAT(tensors.error().cause, HasSubstr(what));
    EXPECT_THAT(tensors.error().remedy, HasSubstr("torch.save(model.state_dict(), path)"));
  }
}

/// What LibTorch makes of a file, as far as it takes it: it knows no OrderedDict.
TEST(StateDict, LibTorchReadsTheFixturesAlike) {
  for (const char* name : {"plain_dict.pt", "views.pt"}) {
    const std::string content = contentOf(fixture(name));
    const auto value = torch::pickle_load({content.begin(), content.end()});
    const Tensors tensors = readFixture(name);
    ASSERT_EQ(value.toGenericDict().size(), tensors.size());
    for (const auto& entry : value.toGenericDict()) {
      const torch::Tensor expected = entry.value().toTensor();
      const NamedTensor& tensor = named(tensors, entry.key().toStringRef());
      EXPECT_EQ(tensor.shape, expected.sizes().vec()) << tensor.name;
      const bool is_double = tensor.type == TensorType::kFloat64;
      const bool is_float = tensor.type == TensorType::kFloat32;
      const auto flat = expected.to(torch::kFloat64).contiguous();
      std::vector<double> values(flat.data_ptr<double>(), flat.data_ptr<double>() + flat.numel());
      if (is_double) {
        EXPECT_EQ(valuesOf<double>(tensor), values) << tensor.name;
      } else if (is_float) {
        const std::vector<float> read = valuesOf<float>(tensor);
        EXPECT_EQ(std::vector<double>(read.begin(), read.end()), values) << tensor.name;
      }
    }
  }
}

TEST(StateDict, WhatLibTorchWrites) {
  c10::Dict<std::string, torch::Tensor> dictionary;
  const auto weights = torch::arange(60, torch::kFloat32).reshape({3, 4, 5});
  dictionary.insert("weights", weights);
  dictionary.insert("view", weights.permute({2, 0, 1}).slice(0, 1, 5, 2));
  dictionary.insert("half", torch::tensor({0.1, -7.0}, torch::kFloat16));
  const std::vector<char> bytes = torch::pickle_save(dictionary);
  const test::TemporaryFolder folder;
  const auto tensors = readStateDict(folder.write("t.pt", {bytes.begin(), bytes.end()}));
  ASSERT_TRUE(tensors) << describe(tensors.error());
  ASSERT_EQ(tensors->size(), 3U);
  for (const auto& entry : dictionary) {
    const NamedTensor& tensor = named(*tensors, entry.key());
    EXPECT_EQ(tensor.shape, entry.value().sizes().vec());
    const auto flat = entry.value().to(torch::kFloat32).contiguous();
    EXPECT_EQ(valuesOf<float>(tensor),
              std::vector<float>(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()));
  }
}

TEST(StateDict, FileThatIsNotThere) {
  const auto tensors = readStateDict("/nowhere/t.pt");
  ASSERT_FALSE(tensors);
  EXPECT_EQ(tensors.error().code, ErrorCode::kReadFailed);
}

}  // namespace
}  // namespace a2q::testing
