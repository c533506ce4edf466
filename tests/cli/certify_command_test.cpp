// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "tests/cli/train_program.h"

namespace a2q::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Words = std::vector<std::string>;

/// One A2Q and one QAT network, trained once for all tests of the suite.
class Certify : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    program = std::make_unique<TrainProgram>();
    const auto train = [](const Words& more) {
      const ProgramResult result = program->run(TrainProgram::kShort + more);
      if (result.exit_code != 0) throw std::runtime_error(result.err);
    };
    train({"-o", "a2q"});
    train({"-o", "qat", "--method", "qat"});
  }
  static void TearDownTestSuite() { program.reset(); }

  static ProgramResult call(const std::string& command, const Words& words) {
    return runProgram(Words{A2Q_BINARY, command} + words, {.folder = program->path("")});
  }

  static inline std::unique_ptr<TrainProgram> program;
};

TEST_F(Certify, TrainedNetworkIsSafeAndItsCertificateAgrees) {
  const ProgramResult result = call("certify", {"a2q"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, AllOf(HasSubstr("| safe "), HasSubstr("agrees with the weights"),
                                HasSubstr("[exact]"), HasSubstr("[bound]"), HasSubstr("SHA-256")));
}

TEST_F(Certify, QatAtTwelveBitsNamesChannels) {
  const ProgramResult result = call("certify", {"qat", "--accumulator", "12"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, AllOf(HasSubstr("OVERFLOW POSSIBLE"), HasSubstr(", channel "),
                                HasSubstr("smallest safe P = ")));
  EXPECT_THAT(result.err, HasSubstr("A2Q-0101"));
}

TEST_F(Certify, JsonNamesEveryOverflowingChannel) {
  const ProgramResult result =
      call("certify", {"qat", "--accumulator", "12", "--policy", "all", "--json"});
  EXPECT_EQ(result.exit_code, 1);
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-certify-1");
  EXPECT_EQ(document.at("stored_certificate").at("state"), "matches");
  EXPECT_EQ(document.at("certificate").at("schema"), "a2q-certificate-2");
  ASSERT_EQ(document.at("verdicts").size(), 4U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(document.at("verdicts").at(i).at("safe"), true) << i;
  const json& verdict = document.at("verdicts").at(3);
  EXPECT_EQ(verdict.at("safe"), false);
  ASSERT_FALSE(verdict.at("overflowing").empty());
  for (const json& found : verdict.at("overflowing")) {
    EXPECT_EQ(found.at("P"), 12);
    EXPECT_GT(found.at("smallest_safe_P"), 12);
    EXPECT_GT(found.at("excess"), 0);
  }
}

TEST_F(Certify, AlteredCertificateIsNoticed) {
  const std::string good = program->read("a2q/certificate.json");
  json altered = json::parse(good);
  altered["layers"][1]["channels"][3]["positive"] = 1'000'000;
  program->write("a2q/certificate.json", altered.dump());
  const ProgramResult result = call("certify", {"a2q"});
  program->write("a2q/certificate.json", "no JSON");
  const ProgramResult unreadable = call("certify", {"a2q"});
  program->write("a2q/certificate.json", good);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("conv2, channel 3, positive: the file says 1000000"));
  EXPECT_THAT(result.err, HasSubstr("A2Q-0102"));
  EXPECT_EQ(unreadable.exit_code, 3);
}

TEST_F(Certify, OtherWeightsThanTheCertificatesAreNoticed) {
  const std::string own = program->read("a2q/certificate.json");
  program->write("a2q/certificate.json", program->read("qat/certificate.json"));
  const ProgramResult result = call("certify", {"a2q"});
  program->write("a2q/certificate.json", own);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.out, HasSubstr("hash, network"));
}

TEST_F(Certify, FilesAreWrittenAndNeverReplacedUnasked) {
  EXPECT_EQ(call("certify", {"a2q", "-o", "copy.json"}).exit_code, 0);
  EXPECT_EQ(program->read("copy.json"), program->read("a2q/certificate.json"));
  EXPECT_EQ(call("certify", {"a2q", "-o", "copy.json"}).exit_code, 7);
  EXPECT_EQ(call("certify", {"a2q", "-o", "copy.json", "--force"}).exit_code, 0);
  EXPECT_EQ(call("certify", {"a2q", "--channels", "-o", "report.md"}).exit_code, 0);
  EXPECT_THAT(program->read("report.md"), HasSubstr("## Channels of conv2"));
}

TEST_F(Certify, LayersAreNamedAndFreeOnesPromiseNothing) {
  const ProgramResult unknown = call("certify", {"a2q", "--layer", "conv22"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("Did you mean 'conv2'?"));
  EXPECT_EQ(call("certify", {"a2q", "--layer", "conv2"}).exit_code, 0);
  EXPECT_EQ(call("certify", {"a2q", "--layer", "conv1"}).exit_code, 2);
  EXPECT_EQ(call("certify", {"a2q", "--layer", "conv1", "--policy", "minimised"}).exit_code, 0);
}

TEST_F(Certify, WitnessHoldsAtTheSmallestWidthAndNotBelow) {
  const ProgramResult result = call("witness", {"a2q", "conv2", "0", "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("schema"), "a2q-witness-1");
  EXPECT_EQ(document.at("inputs").size(), 400U);
  EXPECT_EQ(document.at("running_sums").size(), 400U);
  const int smallest = document.at("smallest_safe_P");
  for (const json& replayed : document.at("replays")) {
    EXPECT_EQ(replayed.at("overflowed"), replayed.at("P") < smallest);
  }
  EXPECT_EQ(document.at("replays").back().at("P"), smallest - 1);
  const ProgramResult text = call("witness", {"a2q", "conv2", "0", "--low"});
  EXPECT_THAT(text.out, AllOf(HasSubstr("attains lo"), HasSubstr("[0][0][0]"),
                              HasSubstr("... 384 more"), HasSubstr("saturate")));
}

TEST_F(Certify, WitnessOverflowsAGivenWidth) {
  const ProgramResult result = call("witness", {"qat", "conv2", "0", "--accumulator", "8"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("A2Q-0101"));
  EXPECT_EQ(call("witness", {"qat", "conv2", "0", "--accumulator", "32"}).exit_code, 0);
}

TEST_F(Certify, WitnessRefusesUnknownChannelsAndLayers) {
  for (const char* channel : {"9999", "-1", "two", "1.0", "99999999999999999999"}) {
    const ProgramResult result = call("witness", {"a2q", "conv2", "--", channel});
    EXPECT_EQ(result.exit_code, 2) << channel;
  }
  EXPECT_THAT(call("witness", {"a2q", "conv2", "9999"}).err, HasSubstr("its channels are 0 to"));
  EXPECT_THAT(call("witness", {"a2q", "fc11", "0"}).err, HasSubstr("Did you mean 'fc1'?"));
  EXPECT_EQ(call("witness", {"a2q", "conv2", "0", "--low", "--high"}).exit_code, 2);
}

TEST_F(Certify, EstimateKnowsTheExactRanges) {
  const ProgramResult result = call("estimate", {"a2q", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json document = json::parse(result.out);
  EXPECT_EQ(document.at("trained"), true);
  EXPECT_EQ(document.at("policy"), "a2q");
  const json& policies = document.at("policies");
  const auto lut = [&](std::size_t i) {
    return policies.at(i).at("same_folding").at("resources").at("lut").get<double>();
  };
  EXPECT_GT(lut(0), lut(1));
  EXPECT_GT(lut(1), lut(2));
  EXPECT_EQ(lut(2), lut(3));
  // A network that was not trained for its P has no a2q.
  EXPECT_EQ(call("estimate", {"qat", "--policy", "a2q"}).exit_code, 2);
  EXPECT_EQ(call("estimate", {"qat", "--policy", "minimised"}).exit_code, 0);
}

}  // namespace
}  // namespace a2q::testing
