// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/yosys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/child_output.h"
#include "hw_backend/flow/work_folder.h"
#include "hw_backend/rtl/block_rtl.h"
#include "hw_backend/rtl/example_constants.h"
#include "tests/hw_backend/flow/test_tools.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using flow_test::eventually;
using flow_test::numberIn;
using flow_test::runs;
using flow_test::Variable;
using flow_test::writeScript;
using ::testing::HasSubstr;

SynthesisJob adder() {
  return {{{"t.v",
            "module t(input clk, input [7:0] a, input [7:0] b, output reg [8:0] s);\n"
            "  always @(posedge clk) s <= a + b;\nendmodule\n"}},
          "t",
          "ice40",
          Multipliers::kLogic};
}

class Yosys : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = WorkFolder::make();
    ASSERT_TRUE(made.has_value());
    folder_.emplace(std::move(*made));
    cache_.emplace("XDG_CACHE_HOME", (path() / "cache").string());
  }

  [[nodiscard]] const fs::path& path() const { return folder_->path(); }

  /// A program `yosys` first in PATH, which tells the version given and else does as the script.
  void pretend(const std::string& version, const std::string& script) {
    pretendAll("if [ \"$1\" = -V ]; then echo '" + version + "'; exit 0; fi\n" + script);
  }
  /// The same, whatever it is asked.
  void pretendAll(const std::string& script) {
    writeScript(path() / "yosys", script);
    path_.emplace("PATH", path().string() + ":/usr/bin:/bin");
  }

  std::optional<WorkFolder> folder_;
  std::optional<Variable> cache_;
  std::optional<Variable> path_;
};

/// The same with the real program.
class RealYosys : public Yosys {
 protected:
  void SetUp() override {
    if (!findProgram("yosys")) GTEST_SKIP() << "yosys is not installed: apt install yosys";
    Yosys::SetUp();
  }
};

TEST_F(Yosys, SaysThatItIsMissing) {
  const Variable nowhere("PATH", "");
  const auto report = synthesise(adder());
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::kToolMissing);
  EXPECT_EQ(report.error().message, "yosys is not installed");
  EXPECT_EQ(report.error().remedy, "apt install yosys");
  EXPECT_EQ(errorInfo(report.error().code).exit_code, ExitCode::kExternalTool);
}

TEST_F(Yosys, KnowsFourFamilies) {
  auto job = adder();
  job.family = "stratix";
  const auto report = synthesise(job);
  ASSERT_FALSE(report.has_value());
  EXPECT_THAT(describe(report.error()), HasSubstr("'stratix'"));
}

TEST_F(Yosys, IsStoppedWithAllThatItStarted) {
  pretend("Yosys 1", "echo $$ > \"" + (path() / "first").string() + "\"\nsh -c 'echo $$ > \"" +
                         (path() / "second").string() + "\"; sleep 300' &\nsleep 300\n");
  const auto first = [&] { return numberIn(path() / "first"); };
  const auto second = [&] { return numberIn(path() / "second"); };
  std::stop_source source;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return first() > 0 && second() > 0; }));
    source.request_stop();
  });
  const auto report = synthesise(adder(), source.get_token());
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->has_value());
  EXPECT_TRUE(eventually([&] { return !runs(first()) && !runs(second()); }));
}

TEST_F(Yosys, AskedForItsVersionItIsStopped) {
  pretendAll("echo $$ > \"" + (path() / "asked").string() + "\"\nexec sleep 300\n");
  const auto asked = [&] { return numberIn(path() / "asked"); };
  std::stop_source source;
  std::jthread stopper([&] {
    EXPECT_TRUE(eventually([&] { return asked() > 0; }));
    source.request_stop();
  });
  const auto report = synthesise(adder(), source.get_token());
  ASSERT_TRUE(report.has_value()) << describe(report.error());
  EXPECT_FALSE(report->has_value());
  EXPECT_TRUE(eventually([&] { return !runs(asked()); }));
}

TEST_F(Yosys, WhatItSaysInsteadOfItsVersionIsQuoted) {
  pretendAll("echo 'ERROR: no license'; exit 1\n");
  const auto failed = synthesise(adder());
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, ErrorCode::kToolFailed);
  EXPECT_EQ(failed.error().message, "'yosys -V' ended with code 1");
  EXPECT_THAT(failed.error().cause, HasSubstr("ERROR: no license"));
  pretendAll("exit 0\n");
  const auto silent = synthesise(adder());
  ASSERT_FALSE(silent.has_value());
  EXPECT_EQ(silent.error().message, "yosys does not tell its version");
}

TEST_F(Yosys, WithoutANetlistItHasFailed) {
  for (const char* script : {"echo all is well", "echo all is well; echo garbage > netlist.json",
                             "echo all is well; echo '{}' > netlist.json"}) {
    pretend("Yosys 1", script);
    const auto report = synthesise(adder());
    ASSERT_FALSE(report.has_value()) << script;
    EXPECT_EQ(report.error().code, ErrorCode::kToolFailed) << script;
    EXPECT_THAT(report.error().message, HasSubstr("netlist"));
    EXPECT_THAT(report.error().cause, HasSubstr("Its last lines:\nall is well"));
  }
}

TEST_F(RealYosys, QuotesItsLastLines) {
  auto job = adder();
  job.files["t.v"] = "module t(input a;\nendmodule\n";
  const auto report = synthesise(job);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::kToolFailed);
  EXPECT_EQ(report.error().message, "yosys ended with code 1");
  EXPECT_THAT(report.error().cause, HasSubstr("t.v:1: ERROR: syntax error"));
}

TEST_F(RealYosys, AnswersAKnownJobFromTheCache) {
  const auto version = yosysVersion();
  ASSERT_TRUE(version.has_value() && version->has_value());
  const auto made = synthesise(adder());
  ASSERT_TRUE(made.has_value() && made->has_value());
  EXPECT_EQ((*made)->ff, 9);
  EXPECT_GE((*made)->lut, 8);
  EXPECT_EQ((*made)->tool_version, **version);
  // From here on there is a Yosys that can do nothing.
  pretend(**version, "exit 1");
  EXPECT_EQ(synthesise(adder()).value(), *made);
  auto other = adder();
  other.files["t.v"] += "\n";
  EXPECT_FALSE(synthesise(other).has_value());
  other = adder();
  other.family = "ecp5";
  EXPECT_FALSE(synthesise(other).has_value());
  pretend("Yosys 0", "exit 1");
  EXPECT_FALSE(synthesise(adder()).has_value());
}

TEST_F(RealYosys, MakesABlockForEveryFamily) {
  MvauBlock block{8, 4, 2, 4, {4}, {{4}, Signedness::kUnsigned}, {9}, {}, std::nullopt};
  block.thresholds =
      ThresholdBlock{4, 2, {9}, 3, {{2}, Signedness::kUnsigned}, ThresholdStyle::kParallel};
  for (const char* family : {"ice40", "ecp5", "xc7", "gowin"}) {
    for (const auto memory : {MemoryStyle::kLogic, MemoryStyle::kBlock}) {
      block.memory = memory;
      const auto made = generateBlock(block, exampleConstants(block, 1));
      ASSERT_TRUE(made.has_value());
      const auto report = synthesise({made->files, made->top, family, Multipliers::kLogic});
      ASSERT_TRUE(report.has_value()) << family << ": " << describe(report.error());
      ASSERT_TRUE(report->has_value());
      EXPECT_GT((*report)->lut, 50) << family;
      EXPECT_GT((*report)->ff, 30) << family;
      EXPECT_EQ((*report)->dsp, 0) << family;
      if (memory == MemoryStyle::kBlock) {
        EXPECT_GT((*report)->bram, 0) << family;
      }
    }
  }
}

}  // namespace
}  // namespace a2q
