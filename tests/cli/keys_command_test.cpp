// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/network/known_keys.h"
#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(KeysCommand, JsonIsEveryKnownKey) {
  const ProgramResult result = runProgram({A2Q_BINARY, "keys", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto document = nlohmann::json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-keys-1");
  const auto keys = knownKeys();
  const auto& rows = document.at("keys");
  ASSERT_EQ(rows.size(), keys.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].at("table"), keys[i].table);
    EXPECT_EQ(rows[i].at("key"), keys[i].key);
    EXPECT_EQ(rows[i].at("expected"), keys[i].expected);
    EXPECT_EQ(rows[i].at("required"), keys[i].required);
    EXPECT_EQ(rows[i].at("meaning"), keys[i].meaning);
    EXPECT_EQ(rows[i].at("kind").is_null(), keys[i].kind.empty());
    EXPECT_EQ(rows[i].at("default").is_null(), keys[i].default_value.empty());
  }
}

TEST(KeysCommand, TextGroupsKeysByTable) {
  const ProgramResult result = runProgram({A2Q_BINARY, "keys"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("\n[training]\n  epochs "), HasSubstr("\n[training.schedule]\n"),
                    HasSubstr("\n[[layer]] of kind conv2d\n  filters "),
                    HasSubstr("\n[quant.layers.NAME]\n"), HasSubstr("(required)"),
                    HasSubstr("(default: 128)")));
  for (const KeyInfo& info : knownKeys()) {
    EXPECT_THAT(result.out, HasSubstr("\n  " + info.key + " ")) << info.table;
  }
}

TEST(KeysCommand, TextFitsEightyColumns) {
  const ProgramResult result = runProgram({A2Q_BINARY, "keys"});
  for (std::size_t at = 0; at < result.out.size();) {
    const std::size_t end = result.out.find('\n', at);
    EXPECT_LE(end - at, 80U) << result.out.substr(at, end - at);
    at = end + 1;
  }
}

// The remedy of an unknown setting sends its reader here.
TEST(KeysCommand, IsWhatTheRemedyNames) {
  const ProgramResult result = runProgram({A2Q_BINARY, "train", "--set", "a.b=c"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("'a2q keys'"));
  EXPECT_THAT(result.err, Not(HasSubstr("did you mean")));
}

}  // namespace
}  // namespace a2q::testing
