// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/live_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/cli/run_report.h"

namespace a2q::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t widthOf(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

StepReport step() {
  StepReport report;
  report.epoch = 2;
  report.epochs = 5;
  report.batch = 47;
  report.batches = 94;
  report.loss = 0.12345;
  report.score = 0.9781;
  report.worst_margin_bits = 1.756;
  report.sparsity = 0.36;
  report.seconds = 12;
  report.seconds_left = 83.4;
  return report;
}

TEST(LiveLine, SaysEverythingOnAWideTerminal) {
  EXPECT_EQ(stepText(step(), 160),
            "epoch 2/5   50 %  loss 0.1235  accuracy 97.81 %  margin +1.76 bit  sparsity 36.0 %  "
            "1:23 min left");
}

TEST(LiveLine, FitsEightyColumns) {
  const std::string text = stepText(step(), 80);
  EXPECT_EQ(text, "epoch 2/5 50%  loss 0.123  97.81 %  margin +1.76  sparse 36%  1:23 min left");
  EXPECT_LT(widthOf(text), 80U);
}

TEST(LiveLine, SaysWhichPhaseAndMetric) {
  StepReport report = step();
  report.phase = TrainPhase::kFloat;
  report.metric = Metric::kPsnr;
  report.score = 27.254;
  EXPECT_THAT(stepText(report, 160),
              AllOf(HasSubstr("float epoch 2/5"), HasSubstr("PSNR 27.25 dB")));
  report.worst_margin_bits.reset();
  report.sparsity.reset();
  EXPECT_LT(widthOf(stepText(report, 80)), 80U);
  EpochRecord epoch;
  epoch.phase = TrainPhase::kFloat;
  epoch.epoch = 3;
  EXPECT_THAT(epochText(epoch), HasSubstr("float epoch 3: loss"));
}

TEST(LiveLine, UnknownNumbersAreDashes) {
  StepReport report = step();
  report.worst_margin_bits.reset();
  report.sparsity.reset();
  report.seconds_left.reset();
  for (const int columns : {80, 160}) {
    EXPECT_THAT(stepText(report, columns), AllOf(HasSubstr("margin –"), HasSubstr("– left")));
  }
}

RunRecord certified() {
  RunRecord record;
  record.weights.push_back({"conv1",
                            1,
                            2,
                            BitWidth{4},
                            IntegerFormat{{4}, Signedness::kUnsigned},
                            {0, 15},
                            BitWidth{12},
                            L1Rule::kA2q,
                            {3, -4}});
  record.certificate = certify(record.weights);
  return record;
}

TEST(RunReport, OneTableWhereItFits) {
  const std::string text = runText(certified(), "out", 160);
  EXPECT_THAT(text, AllOf(HasSubstr("budget"), HasSubstr("Certified")));
  EXPECT_EQ(text.find("conv1"), text.rfind("conv1"));
}

TEST(RunReport, TwoTablesWhereItDoesNot) {
  const std::string text = runText(certified(), "out", 80);
  EXPECT_NE(text.find("conv1"), text.rfind("conv1"));
  EXPECT_THAT(text, HasSubstr("\n\nlayer  exact range  smallest P  sparsity\n"));
  std::istringstream lines(text.substr(0, text.find("K dot-product")));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(widthOf(line), 80U) << line;
}

TEST(RunReport, SaysWhyARunEndedEarly) {
  RunRecord record = certified();
  record.state = RunState::kStopped;
  record.state_cause = "stopped on request";
  EXPECT_THAT(runText(record, "out", 160),
              AllOf(HasSubstr("Not finished: stopped on request; whole epochs: 0 of 5."),
                    HasSubstr("Certified")));
  EXPECT_THAT(runText(certified(), "out", 160), Not(HasSubstr("Not finished")));
}

}  // namespace
}  // namespace a2q::cli
