// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/cli/commands.h"
#include "app/cli/help.h"

namespace a2q::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A command with one option of every kind.
Command sample() {
  return {
      .name = "sample",
      .summary = "A command for tests",
      .options =
          {{.flags = "-o,--output", .kind = ValueKind::kPath, .value = "FILE", .help = "Where to"},
           {.flags = "--set",
            .kind = ValueKind::kText,
            .value = "KEY=VALUE",
            .help = "Change a key",
            .times = Times::kRepeated},
           {.flags = "--rate", .kind = ValueKind::kNumber, .value = "R", .help = "Rate"},
           {.flags = "--epochs",
            .kind = ValueKind::kInteger,
            .value = "N",
            .help = "Epochs",
            .default_value = "10",
            .lowest = 1,
            .highest = 1000},
           {.flags = "--device",
            .kind = ValueKind::kText,
            .value = "DEVICE",
            .help = "Device",
            .choices = {"cpu", "cuda"},
            .group = "Machine"},
           {.flags = "--force", .help = "Overwrite", .group = "Machine"}},
      .positionals = {
          {.name = "project", .help = "Project"},
          {.name = "files", .help = "Files", .need = Need::kOptional, .times = Times::kRepeated}}};
}

Result<Arguments> parse(std::vector<std::string> words) {
  return parseArguments(sample(), std::move(words));
}

TEST(ParseArguments, EveryKindOfValue) {
  const auto got = parse({"-o", "x", "net.a2q", "--set", "a=1", "--rate=1e-3", "--set=b=2",
                          "--epochs", "7", "--device", "cuda", "--force"});
  ASSERT_TRUE(got.has_value()) << describe(got.error());
  EXPECT_EQ(got->text("output"), "x");
  EXPECT_EQ(got->text("project"), "net.a2q");
  EXPECT_THAT(got->texts("set"), ElementsAre("a=1", "b=2"));
  EXPECT_EQ(got->number("rate"), 1e-3);
  EXPECT_EQ(got->integer("epochs"), 7);
  EXPECT_EQ(got->text("device"), "cuda");
  EXPECT_TRUE(got->has("force"));
}

TEST(ParseArguments, DefaultsAndAbsence) {
  const auto got = parse({"net.a2q"});
  ASSERT_TRUE(got.has_value()) << describe(got.error());
  EXPECT_EQ(got->integer("epochs"), 10);
  EXPECT_FALSE(got->has("epochs"));
  EXPECT_FALSE(got->has("force"));
  EXPECT_EQ(got->text("output"), std::nullopt);
  EXPECT_EQ(got->number("rate"), std::nullopt);
  EXPECT_THAT(got->texts("set"), IsEmpty());
  EXPECT_THAT(got->texts("files"), IsEmpty());
}

TEST(ParseArguments, RepeatedOptionsLeavePositionalsAlone) {
  const auto got = parse({"--set", "a=1", "net.a2q", "one", "two", "--", "--three"});
  ASSERT_TRUE(got.has_value()) << describe(got.error());
  EXPECT_THAT(got->texts("set"), ElementsAre("a=1"));
  EXPECT_EQ(got->text("project"), "net.a2q");
  EXPECT_THAT(got->texts("files"), ElementsAre("one", "two", "--three"));
}

TEST(ParseArguments, RefusalsSayWhatIsWrong) {
  const auto message = [](std::vector<std::string> words) {
    const auto got = parse(std::move(words));
    return got ? std::string("accepted") : got.error().message;
  };
  EXPECT_EQ(message({}), "PROJECT is missing");
  EXPECT_EQ(message({"p", "--rate", "fast"}), "--rate cannot be 'fast'");
  EXPECT_EQ(message({"p", "--rate", "nan"}), "--rate cannot be 'nan'");
  EXPECT_EQ(message({"p", "--rate", "inf"}), "--rate cannot be 'inf'");
  EXPECT_EQ(message({"p", "--epochs", "0"}), "--epochs cannot be '0'");
  EXPECT_EQ(message({"p", "--device", "gpu"}), "--device cannot be 'gpu'");
  EXPECT_EQ(message({"p", "-o", "--force"}), "--output lacks its value FILE");
  EXPECT_EQ(message({"p", "--rate", "1", "--rate", "2"}), "--rate is given 2 times");
  EXPECT_EQ(message({"p", "--forec"}), "unknown option '--forec'");
  EXPECT_EQ(message({"p", "--force=no"}), "--force takes no value, not 'no'");
}

TEST(ParseArguments, HelpWinsOverMistakes) {
  const auto got = parse({"--rate", "fast", "--help"});
  ASSERT_TRUE(got.has_value());
  EXPECT_TRUE(got->has("help"));
}

TEST(CommandHelp, ShowsGroupsLimitsChoicesAndDefaults) {
  const std::string help = commandHelp(sample());
  EXPECT_THAT(help, HasSubstr("Usage: a2q sample [options] PROJECT [FILES...]\n"));
  EXPECT_THAT(help,
              HasSubstr("\nMachine:\n  --device DEVICE         Device (one of: cpu, cuda)\n"));
  EXPECT_THAT(help, HasSubstr("Epochs (1 to 1000; default: 10)"));
  EXPECT_THAT(help, HasSubstr("Change a key (may be repeated)"));
  EXPECT_THAT(help, HasSubstr("-o, --output FILE"));
}

TEST(CommandTable, IsComplete) {
  std::set<std::string_view> names;
  for (const Command& command : commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_NE(command.run, nullptr) << command.name;
    EXPECT_EQ(findCommand(command.name), &command);
    std::set<std::string_view> flags = {"-h", "--help"};
    for (const Option& option : command.options) {
      EXPECT_TRUE(flagsOf(option).back().starts_with("--")) << option.flags;
      EXPECT_FALSE(option.help.empty()) << option.flags;
      EXPECT_EQ(option.value.empty(), option.kind == ValueKind::kSwitch) << option.flags;
      for (const std::string_view flag : flagsOf(option)) {
        EXPECT_TRUE(flags.insert(flag).second) << command.name << " " << flag;
      }
    }
  }
  EXPECT_EQ(findCommand("no such command"), nullptr);
}

}  // namespace
}  // namespace a2q::cli
