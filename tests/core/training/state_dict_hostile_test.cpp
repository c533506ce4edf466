// SPDX-License-Identifier: GPL-3.0-or-later
// Files of torch.save as an enemy or a bad disk makes them.
#include <gmock/gmock.h>

#include "core/training/torch/state_dict.h"
#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"
#include "tests/core/training/torch_archive.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

Result<std::vector<NamedTensor>> read(const std::string& bytes) {
  static const test::TemporaryFolder folder;
  return readStateDict(folder.write("t.pt", {bytes.begin(), bytes.end()}));
}

/// Why a file is refused; empty when it is not, or not as a damaged file.
std::string causeOf(const std::string& file) {
  const auto result = read(file);
  if (result || result.error().code != ErrorCode::kFileFormat) return {};
  return result.error().cause;
}

/// Why an archive with this pickle and a storage "0" of 16 bytes is refused.
std::string causeOfPickle(const std::string& pickle) {
  return causeOf(torchArchive(pickle, {{"0", std::string(16, '\1')}}));
}

const std::string kTwo = "K\2\x85";  // (2,)
const std::string kOne = "K\1\x85";  // (1,)

std::string oneTensor(std::int64_t offset, const std::string& sizes, const std::string& strides,
                      const std::string& key = "0") {
  return "}" + text("w") + rebuiltTensor("FloatStorage", key, offset, sizes, strides) + "s.";
}

std::string tuple(std::int64_t value) { return integer(value) + "\x85"; }

std::string tuple(std::int64_t first, std::int64_t second) {
  return integer(first) + integer(second) + "\x86";
}

TEST(StateDictHostile, SoundArchiveIsRead) {
  const auto tensors = read(torchArchive(oneTensor(1, kTwo, kOne), {{"0", std::string(16, '\1')}}));
  ASSERT_TRUE(tensors) << describe(tensors.error());
  EXPECT_EQ(tensors->at(0).bytes.size(), 8U);
}

TEST(StateDictHostile, ElementsOutsideTheStorage) {
  constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
  const std::pair<std::string, std::string> sizes_and_strides[] = {
      {tuple(5), tuple(1)},  {tuple(2), tuple(4)},           {tuple(2), tuple(kHuge)},
      {tuple(2), tuple(-1)}, {tuple(3, 2), tuple(kHuge, 1)}, {tuple(2, 2), tuple(kHuge, kHuge)},
  };
  for (const auto& [sizes, strides] : sizes_and_strides) {
    EXPECT_THAT(causeOfPickle(oneTensor(0, sizes, strides)), HasSubstr("tensor 'w'"));
  }
  for (const std::int64_t offset : {std::int64_t{3}, std::int64_t{-1}, kHuge}) {
    EXPECT_THAT(causeOfPickle(oneTensor(offset, kTwo, kOne)), HasSubstr("outside its storage"));
  }
  const auto lone = read(
      torchArchive(oneTensor(3, tuple(1, 1), tuple(kHuge, kHuge)), {{"0", std::string(16, '\1')}}));
  EXPECT_TRUE(lone) << "the stride of a side of 1 may be anything";
}

TEST(StateDictHostile, ImpossibleSizes) {
  EXPECT_THAT(causeOfPickle(oneTensor(0, tuple(-2), kOne)), HasSubstr("impossible sizes"));
  EXPECT_THAT(causeOfPickle(oneTensor(0, tuple(1LL << 40, 1LL << 40), tuple(0, 0))),
              HasSubstr("impossible sizes"));
  EXPECT_THAT(causeOfPickle(oneTensor(0, tuple(1 << 30), tuple(0))),
              HasSubstr("far larger than its file"));
  EXPECT_THAT(causeOfPickle(oneTensor(0, kTwo, ")")), HasSubstr("do not belong together"));
  EXPECT_THAT(causeOfPickle(oneTensor(0, text("2"), kOne)), HasSubstr("unknown way"));
  EXPECT_THAT(causeOfPickle(oneTensor(0, kTwo, kOne, "7")), HasSubstr("unknown way"));
}

TEST(StateDictHostile, ManyLargeTensorsOfOneByte) {
  std::string pickle = "}(";
  for (int i = 0; i < 100; ++i) {
    pickle += text("w" + std::to_string(i));
    pickle += rebuiltTensor("ByteStorage", "0", 0, tuple(500'000), tuple(0));
  }
  EXPECT_THAT(causeOfPickle(pickle + "u."), HasSubstr("far larger than its file"));
}

TEST(StateDictHostile, OtherTypes) {
  const std::string tensor = rebuiltTensor("ComplexFloatStorage", "0", 0, kOne, kOne);
  EXPECT_THAT(causeOfPickle("}" + text("w") + tensor + "s."),
              HasSubstr("tensor 'w' is a torch.ComplexFloatStorage"));
}

TEST(StateDictHostile, BrokenPickles) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "ends early"},
      {"}", "ends early"},
      {".", "one value"},
      {"}}.", "one value"},
      {"N.", "no dictionary of tensors"},
      {"}.", "no dictionary of tensors"},
      {"u.", "a mark is missing"},
      {"(u.", "no container"},
      {"}(Nu.", "a key without a value"},
      {"}(NNNe.", "no container"},
      {"N\x85s.", "a value is missing"},
      {"}(N\x86.", "a value is missing"},
      {"q\1.", "a value is missing"},
      {"h\1.", "never kept"},
      {"j\xff\xff\xff\xff.", "never kept"},
      {"X\xff\xff\xff\xff.", "ends early"},
      {"\x8a\x09"
       "123456789.",
       "more than 64 bits"},
      {"cos\nsystem\n" + text("id") + "\x85R.", "'os.system'"},
      {"ctorch\nFloatStorage\n)R.", "called in an unknown way"},
      {"ctorch._utils\n_rebuild_tensor_v2\n)R.", "called in an unknown way"},
      {"ctorch._utils\n_rebuild_parameter\n)R.", "called in an unknown way"},
      {"NNR.", "cannot be called"},
      {"N)b.", "no dictionary"},
      {"NQ.", "persistent id"},
      {text("x") + "Q.", "persistent id"},
      {"(NNNNNtQ.", "persistent id"},
      {"}N\x81.", "unknown instruction 0x81"},
      {std::string("\0.", 2), "unknown instruction 0x00"},
  };
  for (const auto& [pickle, cause] : cases) {
    EXPECT_THAT(causeOfPickle(pickle), HasSubstr(cause)) << pickle;
  }
  EXPECT_THAT(causeOf(zipOf({{"a/data.pkl", "\x80\4."}})), HasSubstr("protocol 2"));
}

TEST(StateDictHostile, CirclesAndTowersEnd) {
  // A dictionary that holds itself under every key, by the memory of the pickle.
  std::string circle = "}q\1(";
  for (int i = 0; i < 1000; ++i) circle += text(std::to_string(i)) + "h\1";
  EXPECT_THAT(causeOfPickle(circle + "u."), HasSubstr("no dictionary of tensors"));
  std::string tower = "}";
  for (int i = 0; i < 100'000; ++i) tower += text("d") + "}";
  for (int i = 0; i < 100'000; ++i) tower += "s";
  EXPECT_THAT(causeOfPickle(tower + "."), HasSubstr("no dictionary of tensors"));
  EXPECT_THAT(causeOfPickle(std::string(2'000'000, '}')), HasSubstr("too many values"));
  EXPECT_THAT(causeOfPickle(std::string(2'000'000, 'N')), HasSubstr("too many values"));
}

TEST(StateDictHostile, TwoModelsAreNotGuessed) {
  const std::string model =
      "}" + text("w") + rebuiltTensor("FloatStorage", "0", 0, kTwo, kOne) + "s";
  EXPECT_THAT(causeOfPickle("}(" + text("left") + model + text("right") + model + "u."),
              HasSubstr("both 'left' and 'right' hold tensors"));
}

TEST(StateDictHostile, OtherFiles) {
  EXPECT_THAT(causeOf(""), HasSubstr("no ZIP archive"));
  EXPECT_THAT(causeOf("\x80\2\x8a\nl\xfc\x9c"
                      "F\xf9 j\xa8P\x19."),
              HasSubstr("no ZIP archive"))
      << "torch.save before 1.6";
  EXPECT_THAT(causeOf(zipOf({})), HasSubstr("no data.pkl"));
  EXPECT_THAT(causeOf(zipOf({{"word/document.xml", "<x/>"}})), HasSubstr("no data.pkl"));
  EXPECT_THAT(causeOf(zipOf({{"a/data.pkl", "\x80\2}."}}, 8)),
              HasSubstr("'a/data.pkl' is compressed"));
  EXPECT_THAT(causeOf(zipOf({{"a/data.pkl", "\x80\2}."}, {"a/byteorder", "big"}})),
              HasSubstr("big-endian"));
}

TEST(StateDictHostile, DamageIsFoundOrHarmless) {
  const std::string whole = contentOf(std::filesystem::path(A2Q_STATE_DICTS) / "state_dict.pt");
  const auto sound = read(whole);
  ASSERT_TRUE(sound);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(causeOf(whole.substr(0, size)).empty()) << "cut to " << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int mask : {0x01, 0x40, 0x80, 0xff}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ mask);
      const auto result = read(damaged);
      if (!result) continue;
      // The checksums leave only what says nothing: dates, names of the second kind, versions.
      ASSERT_EQ(result->size(), sound->size()) << "mask " << mask << " of byte " << at;
      for (std::size_t i = 0; i < sound->size(); ++i) {
        EXPECT_EQ(result->at(i).bytes, sound->at(i).bytes) << "mask " << mask << " of byte " << at;
      }
    }
  }
}

}  // namespace
}  // namespace a2q::testing
