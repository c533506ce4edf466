// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>

#include "core/training/tensor_file.h"
#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

template <class T>
NamedTensor tensor(const std::string& name, TensorType type, std::vector<std::int64_t> shape,
                   const std::vector<T>& values) {
  const auto bytes = std::as_bytes(std::span(values));
  return {name, type, std::move(shape), {bytes.begin(), bytes.end()}};
}

std::vector<float> floatsOf(const NamedTensor& tensor) {
  std::vector<float> values(tensor.bytes.size() / sizeof(float));
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// A file put together by hand: length, header, data.
std::string fileOf(const std::string& header, const std::string& data = "",
                   std::int64_t more_length = 0) {
  std::uint64_t length = header.size() + static_cast<std::uint64_t>(more_length);
  std::string file;
  for (int i = 0; i < 8; ++i, length >>= 8) file += static_cast<char>(length & 0xff);
  return file + header + data;
}

Result<TensorFile> read(const std::string& bytes) {
  static const test::TemporaryFolder folder;
  return readTensorFile(folder.write("t.safetensors", {bytes.begin(), bytes.end()}));
}

std::string entry(const std::string& type, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

/// Why a file is refused; empty when it is not, or not as a damaged file.
std::string causeOf(const std::string& file) {
  const auto result = read(file);
  if (result || result.error().code != ErrorCode::kFileFormat) return {};
  EXPECT_THAT(result.error().message, HasSubstr("t.safetensors"));
  return result.error().cause;
}

TEST(TensorFileReader, GivesBackWhatWasWritten) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "t.safetensors";
  const std::vector<NamedTensor> tensors = {
      tensor<float>("größe.v", TensorType::kFloat32, {2, 2},
                    {-0.0F, std::numeric_limits<float>::quiet_NaN(), 3e-45F, 5}),
      tensor<double>("d", TensorType::kFloat64, {1}, {0.1}),
      tensor<std::uint8_t>("u", TensorType::kUint8, {3}, {0, 127, 255}),
      tensor<std::int64_t>("i", TensorType::kInt64, {}, {std::int64_t{1} << 62}),
      tensor<float>("empty", TensorType::kFloat32, {0, 4}, {}),
      tensor<std::int32_t>("c\"1\".q", TensorType::kInt32, {1, 2}, {-8, 7}),
  };
  const std::map<std::string, std::string> metadata = {{"format", "a2q"}, {"spec", "a\n\"ü\""}};
  ASSERT_TRUE(writeTensorFile(path, tensors, metadata));
  const auto back = readTensorFile(path);
  ASSERT_TRUE(back) << describe(back.error());
  EXPECT_EQ(back->metadata, metadata);
  ASSERT_EQ(back->tensors.size(), tensors.size());
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    EXPECT_EQ(back->tensors[i].name, tensors[i].name);
    EXPECT_EQ(back->tensors[i].type, tensors[i].type);
    EXPECT_EQ(back->tensors[i].shape, tensors[i].shape);
    EXPECT_EQ(back->tensors[i].bytes, tensors[i].bytes) << tensors[i].name;
  }
}

/// The bytes of an example of the format's description, with spaces and its keys in another order.
TEST(TensorFileReader, ReadsWhatOthersWrite) {
  const auto file =
      read(fileOf(R"({ "b" : {"shape":[2],"data_offsets":[2,4],"dtype":"U8"}, "a":)" +
                      entry("U8", "[1,2]", "[0,2]") + R"(,"__metadata__":{"format":"pt"} }   )",
                  "\1\2\3\4"));
  ASSERT_TRUE(file) << describe(file.error());
  ASSERT_EQ(file->tensors.size(), 2U);
  EXPECT_EQ(file->tensors[0].name, "a") << "in the order of the bytes";
  EXPECT_EQ(file->tensors[0].shape, (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(file->tensors[1].bytes, (std::vector<std::byte>{std::byte{3}, std::byte{4}}));
  EXPECT_EQ(file->metadata.at("format"), "pt");
}

TEST(TensorFileReader, EveryHalfIsExact) {
  std::string data;
  for (int code = 0; code < 65'536; ++code) {
    data += static_cast<char>(code & 0xff);
    data += static_cast<char>(code >> 8);
  }
  const auto half = read(fileOf("{\"h\":" + entry("F16", "[65536]", "[0,131072]") + "}", data));
  const auto brain = read(fileOf("{\"h\":" + entry("BF16", "[65536]", "[0,131072]") + "}", data));
  ASSERT_TRUE(half && brain);
  EXPECT_EQ(half->tensors[0].type, TensorType::kFloat32);
  const std::vector<float> halves = floatsOf(half->tensors[0]);
  const std::vector<float> brains = floatsOf(brain->tensors[0]);
  ASSERT_EQ(halves.size(), 65'536U);
  const auto value = [](int code, int exponent_bits, int mantissa_bits) {
    const int mantissa = code & ((1 << mantissa_bits) - 1);
    const int exponent = code >> mantissa_bits & ((1 << exponent_bits) - 1);
    const int bias = (1 << (exponent_bits - 1)) - 1;
    const double sign = (code & 0x8000) != 0 ? -1 : 1;
    if (exponent == (1 << exponent_bits) - 1) return mantissa == 0 ? sign * INFINITY : NAN;
    const int hidden = exponent == 0 ? 0 : 1 << mantissa_bits;
    return sign * std::ldexp(mantissa + hidden, std::max(exponent, 1) - bias - mantissa_bits);
  };
  const auto same = [](float a, double b) {
    return std::isnan(b) ? std::isnan(a) : a == b && std::signbit(a) == std::signbit(b);
  };
  int wrong = 0;
  for (int code = 0; code < 65'536; ++code) {
    const auto at = static_cast<std::size_t>(code);
    wrong += same(halves[at], value(code, 5, 10)) && same(brains[at], value(code, 8, 7)) ? 0 : 1;
  }
  EXPECT_EQ(wrong, 0);
}

TEST(TensorFileReader, UnknownTypeNamesTheTensor) {
  EXPECT_THAT(causeOf(fileOf(R"({"conv.w":)" + entry("F8_E4M3", "[1]", "[0,1]") + "}", "x")),
              AllOf(HasSubstr("conv.w"), HasSubstr("F8_E4M3")));
}

TEST(TensorFileReader, SizesThatDoNotFit) {
  const auto one = [](const std::string& shape, const std::string& offsets) {
    return fileOf("{\"w\":" + entry("F32", shape, offsets) + "}", std::string(8, 'x'));
  };
  EXPECT_TRUE(read(one("[2]", "[0,8]")));
  EXPECT_THAT(causeOf(one("[3]", "[0,8]")), HasSubstr("tensor 'w' has 8 bytes"));
  EXPECT_THAT(causeOf(one("[2]", "[0,4]")), HasSubstr("tensor 'w' has 4 bytes"));
  EXPECT_THAT(causeOf(one("[1]", "[0,4]")), HasSubstr("4 bytes at the end"));
  EXPECT_THAT(causeOf(one("[1]", "[4,8]")), HasSubstr("expected from 0"));
  EXPECT_THAT(causeOf(one("[3]", "[0,12]")), HasSubstr("up to 8"));
  EXPECT_THAT(causeOf(one("[2]", "[8,0]")), HasSubstr("expected from 0"));
  EXPECT_THAT(causeOf(one("[2]", "[0,9223372036854775807]")), HasSubstr("up to 8"));
  EXPECT_THAT(causeOf(one("[4611686018427387906]", "[0,8]")), HasSubstr("has 8 bytes"));
  EXPECT_THAT(causeOf(one("[4294967296,4294967296,0]", "[0,0]")), HasSubstr("has 0 bytes"));
  EXPECT_THAT(causeOf(one("[2]", "[0,18446744073709551615]")), HasSubstr("over 2^63"));
  EXPECT_THAT(causeOf(one("[2]", "[0,8,8]")), HasSubstr("more than two"));
  EXPECT_THAT(causeOf(one("[2]", "[0]")), HasSubstr("no two"));
  EXPECT_THAT(causeOf(one("[-2]", "[0,8]")), HasSubstr("a negative number"));
  EXPECT_THAT(causeOf(one("[2.0]", "[0,8]")), HasSubstr("the number 2.0"));
}

TEST(TensorFileReader, TensorsThatShareBytes) {
  const std::string a = R"({"a":)" + entry("F32", "[2]", "[0,8]");
  EXPECT_THAT(causeOf(fileOf(a + ",\"b\":" + entry("F32", "[2]", "[4,12]") + "}", "0123456789ab")),
              HasSubstr("tensor 'b' has bytes 4 to 12, expected from 8"));
  EXPECT_THAT(causeOf(fileOf(a + ",\"b\":" + entry("F32", "[2]", "[0,8]") + "}", "01234567")),
              HasSubstr("tensor 'b'"));
  EXPECT_THAT(causeOf(fileOf(a + ",\"a\":" + entry("F32", "[0]", "[8,8]") + "}", "01234567")),
              HasSubstr("'a' comes twice"));
}

TEST(TensorFileReader, HeadersThatAreNone) {
  EXPECT_THAT(causeOf(""), HasSubstr("ends before"));
  EXPECT_THAT(causeOf("1234567"), HasSubstr("ends before"));
  EXPECT_THAT(causeOf(std::string(8, '\0')), HasSubstr("no JSON"));
  EXPECT_THAT(causeOf(std::string(8, '\xff')), HasSubstr("18446744073709551615"));
  EXPECT_THAT(causeOf(fileOf("{}", "", 1)), HasSubstr("3 bytes, the file has 2"));
  EXPECT_THAT(causeOf(fileOf("{} {}")), HasSubstr("no JSON"));
  EXPECT_THAT(causeOf(fileOf("[]")), HasSubstr("a list"));
  EXPECT_THAT(causeOf(fileOf("7")), HasSubstr("a number"));
  EXPECT_THAT(causeOf(fileOf("\"{}\"")), HasSubstr("a text"));
  EXPECT_THAT(causeOf(fileOf("null")), HasSubstr("null"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":true})")), HasSubstr("true or false"));
  EXPECT_THAT(causeOf(fileOf("{\"\xff\":3}")), HasSubstr("no JSON"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{}})")), HasSubstr("tensor 'a' has no dtype"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{"dtype":3}})")), HasSubstr("a number"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{"shape":[[1]]}})")), HasSubstr("a list"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{"shape":{}}})")), HasSubstr("an object"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{"more":1}})")), HasSubstr("unknown key 'more'"));
  EXPECT_THAT(causeOf(fileOf(R"({"a":{"shape":[],"shape":[]}})")), HasSubstr("'shape' twice"));
  EXPECT_THAT(causeOf(fileOf(R"({"__metadata__":{"epoch":3}})")), HasSubstr("a number"));
  EXPECT_THAT(causeOf(fileOf(R"({"__metadata__":{"a":"1","a":"2"}})")), HasSubstr("twice"));
  EXPECT_THAT(causeOf(fileOf(R"({"__metadata__":{},"__metadata__":{}})")), HasSubstr("twice"));
}

TEST(TensorFileReader, DeepAndLongHeadersStayCheap) {
  EXPECT_THAT(causeOf(fileOf(std::string(1 << 20, '['))), HasSubstr("a list"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  EXPECT_THAT(causeOf(fileOf(deep)), HasSubstr("unknown key"));
  std::string sides = "0";
  for (int i = 0; i < 100'000; ++i) sides += ",0";
  EXPECT_THAT(causeOf(fileOf("{\"a\":" + entry("F32", "[" + sides + "]", "[0,0]") + "}")),
              HasSubstr("too many sides"));
}

TEST(TensorFileReader, FileThatIsNotThere) {
  const auto missing = readTensorFile("/nowhere/t.safetensors");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kReadFailed);
}

/// Either an error, or tensors whose bytes fit their shapes.
bool isSound(const Result<TensorFile>& file) {
  if (!file) return file.error().code == ErrorCode::kFileFormat && !file.error().cause.empty();
  for (const NamedTensor& tensor : file->tensors) {
    const bool wide = tensor.type == TensorType::kFloat64 || tensor.type == TensorType::kInt64;
    std::size_t size = tensor.type == TensorType::kUint8 ? 1 : (wide ? 8 : 4);
    for (const std::int64_t side : tensor.shape) size *= static_cast<std::size_t>(side);
    if (size != tensor.bytes.size()) return false;
  }
  return true;
}

TEST(TensorFileReader, DamageIsFoundOrHarmless) {
  const test::TemporaryFolder folder;
  const std::vector<NamedTensor> tensors = {
      tensor<float>("conv.v", TensorType::kFloat32, {2, 2}, {1, 2, 3, 4}),
      tensor<std::uint8_t>("u", TensorType::kUint8, {4}, {1, 2, 3, 4}),
  };
  ASSERT_TRUE(writeTensorFile(folder.path() / "t", tensors, {{"format", "a2q"}}));
  const std::string whole = contentOf(folder.path() / "t");
  ASSERT_TRUE(read(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(causeOf(whole.substr(0, size)).empty()) << "cut to " << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      EXPECT_TRUE(isSound(read(damaged))) << "bit " << bit << " of byte " << at;
    }
  }
}

}  // namespace
}  // namespace a2q::testing
