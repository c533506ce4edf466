// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/integer/exchange/export_network.h"
#include "core/integer/exchange/network_text.h"
#include "core/integer/exchange/node_names.h"
#include "core/integer/exchange/npy_array.h"
#include "tests/core/integer/export_networks.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(NpyArray, HeaderIsAlignedAndNamesTypeAndShape) {
  const std::string npy =
      npyOfIntegers(std::vector<std::int64_t>{1, -2, 3, 127}, {2, 2}, NumberType::kInt8);
  EXPECT_THAT(npy, StartsWith(std::string_view("\x93NUMPY\x01\x00", 8)));
  const auto length = static_cast<unsigned char>(npy[8]) + 256 * static_cast<unsigned char>(npy[9]);
  EXPECT_EQ((10 + length) % 64, 0);
  EXPECT_EQ(npy.size(), 10U + length + 4);
  EXPECT_THAT(npy, HasSubstr("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2), }"));
  EXPECT_EQ(npy[9U + length], '\n');
  EXPECT_EQ(npy.substr(10U + length), std::string("\x01\xfe\x03\x7f", 4));
}

TEST(NpyArray, ShapesAreTuples) {
  EXPECT_THAT(npyOfNumber(0.5), HasSubstr("'<f8', 'fortran_order': False, 'shape': (), }"));
  EXPECT_THAT(npyOfIntegers(std::vector<std::int64_t>{7}, {1}, NumberType::kInt64),
              HasSubstr("'<i8', 'fortran_order': False, 'shape': (1,), }"));
}

TEST(NpyArray, SmallestTypeHoldsBothEnds) {
  using Values = std::vector<std::int64_t>;
  EXPECT_EQ(smallestType(Values{-128, 127}), NumberType::kInt8);
  EXPECT_EQ(smallestType(Values{128}), NumberType::kInt16);
  EXPECT_EQ(smallestType(Values{-32'769}), NumberType::kInt32);
  EXPECT_EQ(smallestType(Values{std::int64_t{1} << 31}), NumberType::kInt64);
  EXPECT_EQ(smallestType(Values{1}, NumberType::kInt32), NumberType::kInt32);
  EXPECT_EQ(smallestType(Values{}), NumberType::kInt8);
}

TEST(NodeNames, AreUnique) {
  const IntegerNetwork network = exportImageNetwork();
  std::vector<std::string> names = nodeNames(network);
  EXPECT_THAT(names, ::testing::Contains("conv_2"));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(NetworkText, DescribesEveryNode) {
  const IntegerNetwork network = exportClassifier();
  const auto text = nlohmann::json::parse(networkText(network));
  EXPECT_EQ(text["schema"], "a2q-integer-network-1");
  ASSERT_EQ(text["nodes"].size(), network.nodes.size());
  for (const auto& node : text["nodes"]) {
    EXPECT_TRUE(text["operations"].contains(node["operation"])) << node;
  }
  const auto& conv = text["nodes"][1];
  EXPECT_EQ(conv["inputs"], nlohmann::json({"input"}));
  EXPECT_EQ(conv["stride"], nlohmann::json({1, 2}));
  EXPECT_EQ(conv["accumulator_bits"], conv["safe_accumulator_bits"].get<int>() + 1);
  EXPECT_EQ(conv["weights"], "conv1.weights");
}

TEST(ExportNpz, ArraysHaveTheShapesOfTheirLayers) {
  const auto file = exportNetwork(exportClassifier(), ExportFormat::kNpz);
  ASSERT_TRUE(file.has_value());
  const auto find = [&](const std::string& name) {
    const auto found = std::find_if(file->arrays.begin(), file->arrays.end(),
                                    [&](const ExportedArray& array) { return array.name == name; });
    return found == file->arrays.end()
               ? "none"
               : fmt::format("{} {}", found->type, fmt::join(found->shape, "x"));
  };
  EXPECT_EQ(find("conv1.weights"), "int8 6x2x3x2");
  EXPECT_EQ(find("depthwise.weights"), "int8 6x1x3x3");
  EXPECT_EQ(find("grouped.weights"), "int8 8x3x1x1");
  EXPECT_EQ(find("relu1.thresholds"), "int32 6x15");
  EXPECT_EQ(find("sign.thresholds"), "int32 6x1");
  EXPECT_EQ(find("output.multipliers"), "int64 5");
  EXPECT_EQ(find("input.scale"), "float64 ");
  EXPECT_EQ(find("conv1.scale"), "none");
  for (const ExportedArray& array : file->arrays) {
    EXPECT_THAT(file->bytes, HasSubstr(array.name + ".npy"));
  }
}

TEST(ExportNpz, EqualNetworksGiveEqualBytes) {
  const auto once = exportNetwork(exportImageNetwork(), ExportFormat::kNpz);
  const auto again = exportNetwork(exportImageNetwork(), ExportFormat::kNpz);
  ASSERT_TRUE(once.has_value() && again.has_value());
  EXPECT_EQ(once->bytes, again->bytes);
}

}  // namespace
}  // namespace a2q::testing
