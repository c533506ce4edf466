// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <random>

#include "core/base/atomic_file.h"
#include "tests/core/network/network_builder.h"
#include "tests/core/network/small_spec.h"

namespace a2q {
namespace {

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

ErrorCode codeOf(const std::string& text) {
  const auto experiment = parseExperiment(text, "hostile.toml");
  EXPECT_FALSE(experiment);
  return experiment ? ErrorCode::kInternal : experiment.error().code;
}

TEST(SpecHostile, NestingOfEveryForm) {
  const ErrorCode syntax = ErrorCode::kSpecSyntax;
  EXPECT_EQ(codeOf("a = " + repeated("[", 1'000'000)), syntax);
  EXPECT_EQ(codeOf("a = " + repeated("[", 200) + repeated("]", 200)), syntax);
  EXPECT_EQ(codeOf("a = " + repeated("{a=", 200'000)), syntax);
  EXPECT_EQ(codeOf(repeated("a.", 1'000'000) + "a = 1"), syntax);
  EXPECT_EQ(codeOf("[" + repeated("a.", 1'000'000) + "a]"), syntax);
  EXPECT_EQ(codeOf("[[" + repeated("'a' . ", 1'000'000) + "a]]"), syntax);
  EXPECT_EQ(codeOf("x = \"\"\"\"\"\"\"\"\n" + repeated("a.", 1'000'000) + "a = 1"), syntax);
  EXPECT_EQ(codeOf("x = '#'\n" + repeated("\"a\".", 1'000'000) + "a = 1"), syntax);
}

TEST(SpecHostile, StringsAndCommentsMayHoldBracketsAndDots) {
  const std::string brackets = repeated("[.", 500);
  const std::string text = "# " + brackets + "\n" + testing::kSmallSpec + "[data]\npath = \"" +
                           brackets + "\\\"\"\nset = '''" + brackets + "'''\n";
  const auto experiment = parseExperiment(text, "spec.toml");
  ASSERT_TRUE(experiment) << describe(experiment.error());
  EXPECT_EQ(experiment->data.path, brackets + "\"");
}

TEST(SpecHostile, ValuesOfEveryForm) {
  const ErrorCode syntax = ErrorCode::kSpecSyntax;
  EXPECT_EQ(codeOf("[training]\nepochs = 99999999999999999999999"), syntax);
  EXPECT_EQ(codeOf("[training]\nepochs = 1\nepochs = 2"), syntax);
  EXPECT_EQ(codeOf("[training]\n[training]"), syntax);
  EXPECT_EQ(codeOf("[network]\nname = \"\xff\xfe\""), syntax);
  EXPECT_EQ(codeOf("[network]\nname = \"\xed\xa0\x80\""), syntax);
  EXPECT_EQ(codeOf(std::string("[network]\nname = \"a\0b\"", 22)), syntax);
  EXPECT_EQ(codeOf(std::string("\0", 1)), syntax);
  EXPECT_EQ(codeOf("[network]\nname = \"\x01\""), syntax);
  EXPECT_EQ(codeOf("[training]\nlearning_rate = nan"), ErrorCode::kSpecValue);
  EXPECT_EQ(codeOf(""), ErrorCode::kSpecValue);
  EXPECT_EQ(codeOf("\xef\xbb\xbf"), ErrorCode::kSpecValue);
}

TEST(SpecHostile, LongWordsAreClipped) {
  const auto experiment = parseExperiment(std::string(4'000'000, 'k') + " = 1", "hostile.toml");
  ASSERT_FALSE(experiment);
  EXPECT_LT(describe(experiment.error()).size(), 500u);
}

TEST(SpecHostile, SizesAreBounded) {
  EXPECT_EQ(codeOf(std::string((8 << 20) + 1, '#')), ErrorCode::kSpecValue);
  const std::string layer = "[[layer]]\nname='x'\nkind='flatten'\n";
  const auto many = parseExperiment(repeated(layer, 10'001), "hostile.toml");
  ASSERT_FALSE(many);
  EXPECT_THAT(many.error().message, ::testing::HasSubstr("10001 layers"));
}

TEST(SpecHostile, MissingFilesAndFolders) {
  EXPECT_EQ(readExperiment("/does/not/exist.toml").error().code, ErrorCode::kReadFailed);
  EXPECT_EQ(readExperiment(A2Q_PROJECTS_DIR).error().code, ErrorCode::kReadFailed);
}

TEST(SpecHostile, TruncationsNeverCrash) {
  for (const auto& path : testing::sampleFiles()) {
    const std::string text = readFile(path).value();
    const std::size_t step = std::max<std::size_t>(1, text.size() / 300);
    for (std::size_t size = 0; size < text.size(); size += step) {
      const auto experiment = parseExperiment(text.substr(0, size), "cut.toml");
      EXPECT_TRUE(experiment || !experiment.error().message.empty());
    }
  }
}

TEST(SpecHostile, RandomChangesNeverCrash) {
  std::mt19937 random(7);
  constexpr char kBytes[] = "\0\n\"'[]{}=.,#\\ -0123456789eainftru\x7f\xff\xc3\xa9";
  const std::string alphabet(kBytes, sizeof kBytes - 1);
  for (const auto& path : testing::sampleFiles()) {
    const std::string text = readFile(path).value();
    for (int round = 0; round < 200; ++round) {
      std::string changed = text;
      for (int change = 0; change < 1 + round % 4; ++change) {
        const char byte = round % 2 == 0 ? alphabet[random() % alphabet.size()]
                                         : static_cast<char>(random() % 256);
        changed[random() % changed.size()] = byte;
      }
      const auto experiment = parseExperiment(changed, "changed.toml");
      if (!experiment) continue;
      EXPECT_EQ(parseExperiment(writeExperiment(*experiment), "again.toml"), *experiment);
    }
  }
}

}  // namespace
}  // namespace a2q
