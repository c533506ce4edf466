// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_file.h"

#include <gtest/gtest.h>

#include <span>

#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"

namespace a2q::testing {
namespace {

template <class T>
NamedTensor tensor(const std::string& name, TensorType type, std::vector<std::int64_t> shape,
                   const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  return {name, type, std::move(shape), {bytes.begin(), bytes.end()}};
}

TEST(TensorFile, HoldsNamesTypesShapesAndNumbers) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "t.safetensors";
  const std::vector<NamedTensor> tensors = {
      tensor<float>("größe.v", TensorType::kFloat32, {2, 3}, {0, -1.5F, 2, 3e30F, -0.0F, 5}),
      tensor<std::int32_t>("c\"1\".q", TensorType::kInt32, {3}, {-8, 0, 7}),
      tensor<float>("scalar", TensorType::kFloat32, {}, {1}),
      tensor<float>("empty", TensorType::kFloat32, {0, 4}, {}),
  };
  ASSERT_TRUE(writeTensorFile(path, tensors));
  const auto read = readTensors(path);
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read.at("größe.v").shape, (std::vector<std::int64_t>{2, 3}));
  EXPECT_EQ(read.at("größe.v").floats(), (std::vector<float>{0, -1.5F, 2, 3e30F, -0.0F, 5}));
  EXPECT_EQ(read.at("c\"1\".q").type, "I32");
  EXPECT_EQ(read.at("c\"1\".q").integers(), (std::vector<std::int32_t>{-8, 0, 7}));
  EXPECT_EQ(read.at("scalar").floats(), std::vector<float>{1});
  EXPECT_TRUE(read.at("empty").bytes.empty());
}

TEST(TensorFile, DataStartAlignedAndEqualTensorsGiveEqualBytes) {
  const test::TemporaryFolder folder;
  for (const std::string name : {"a", "ab", "abc", "abcdefgh"}) {
    const std::vector<NamedTensor> tensors = {tensor<float>(name, TensorType::kFloat32, {1}, {4})};
    ASSERT_TRUE(writeTensorFile(folder.path() / "one", tensors));
    ASSERT_TRUE(writeTensorFile(folder.path() / "two", tensors));
    const std::string bytes = contentOf(folder.path() / "one");
    EXPECT_EQ(bytes, contentOf(folder.path() / "two"));
    EXPECT_EQ((bytes.size() - sizeof(float)) % 8, 0U) << name;
  }
}

TEST(TensorFile, NoTensorsIsAFileToo) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(writeTensorFile(folder.path() / "none", {}));
  EXPECT_TRUE(readTensors(folder.path() / "none").empty());
}

TEST(TensorFile, EveryTypeAsItIs) {
  const test::TemporaryFolder folder;
  const std::vector<NamedTensor> tensors = {
      tensor<double>("f64", TensorType::kFloat64, {1}, {1.5}),
      tensor<std::int64_t>("i64", TensorType::kInt64, {1}, {-2}),
      tensor<std::uint8_t>("u8", TensorType::kUint8, {3}, {7, 8, 255}),
  };
  ASSERT_TRUE(writeTensorFile(folder.path() / "t", tensors));
  const auto read = readTensors(folder.path() / "t");
  EXPECT_EQ(read.at("f64").type, "F64");
  EXPECT_EQ(read.at("f64").bytes, std::string("\0\0\0\0\0\0\xf8\x3f", 8));
  EXPECT_EQ(read.at("i64").type, "I64");
  EXPECT_EQ(read.at("i64").bytes, "\xfe" + std::string(7, '\xff'));
  EXPECT_EQ(read.at("u8").type, "U8");
  EXPECT_EQ(read.at("u8").bytes, "\x07\x08\xff");
}

TEST(TensorFile, NamesThatNoFileCanHold) {
  const test::TemporaryFolder folder;
  const auto one = tensor<float>("a", TensorType::kFloat32, {1}, {1});
  auto reserved = one;
  reserved.name = "__metadata__";
  auto no_text = one;
  no_text.name = "\xff";
  for (const auto& tensors : {std::vector{one, one}, {reserved}, {no_text}}) {
    const auto status = writeTensorFile(folder.path() / "t", tensors);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kWriteFailed);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "t"));
  }
}

TEST(TensorFile, PlaceThatCannotBeWritten) {
  const auto status = writeTensorFile("/proc/nowhere/t.safetensors", {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kWriteFailed);
}

}  // namespace
}  // namespace a2q::testing
