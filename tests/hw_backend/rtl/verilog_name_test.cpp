// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/verilog_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw_backend/rtl/design_rtl.h"

namespace a2q {
namespace {

using ::testing::HasSubstr;

void expectRefused(const std::string& name, const std::string& cause) {
  const Status status = checkModuleName(name);
  ASSERT_FALSE(status.has_value()) << name;
  EXPECT_EQ(status.error().code, ErrorCode::kModuleName);
  EXPECT_THAT(status.error().message, HasSubstr("'" + name + "'"));
  EXPECT_THAT(status.error().cause, HasSubstr(cause));
  EXPECT_FALSE(status.error().remedy.empty());
}

TEST(VerilogName, LettersDigitsAndUnderscores) {
  for (const char* name : {"top", "_", "x1", "Lenet_5", "Module", "layer_b0", "modules", "a2q"})
    EXPECT_TRUE(checkModuleName(name).has_value()) << name;
  expectRefused("", "empty");
  for (const char* name : {"5x", "$top", "-a", "\\top "}) expectRefused(name, "begin");
  for (const char* name : {"a-b", "a b", "a.b", "a$b", "caf\xc3\xa9", "top;endmodule", "a\n"})
    expectRefused(name, "other than");
}

TEST(VerilogName, IsNoKeywordOfEitherLanguage) {
  // Verilog-2005 alone, and those that SystemVerilog adds.
  for (const char* name : {"module", "reg", "wire", "tri1", "xnor", "and", "uwire", "ifnone"})
    expectRefused(name, "keyword");
  for (const char* name : {"logic", "bit", "interface", "unique0", "checker", "accept_on", "xor"})
    expectRefused(name, "keyword");
}

TEST(VerilogName, IsNoneOfTheLibrary) { expectRefused("a2q_mvau", "library"); }

TEST(VerilogName, IsCheckedBeforeAnythingIsWritten) {
  const auto block = generateBlock(ForkBlock{4}, {}, {.name = "fork"});
  ASSERT_FALSE(block.has_value());
  EXPECT_EQ(block.error().code, ErrorCode::kModuleName);
  const auto design = generateDesign({}, {}, {.name = "2nd"});
  ASSERT_FALSE(design.has_value());
  EXPECT_EQ(design.error().code, ErrorCode::kModuleName);
}

}  // namespace
}  // namespace a2q
