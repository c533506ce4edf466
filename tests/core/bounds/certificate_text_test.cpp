// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/bounds/certificate_diff.h"
#include "core/bounds/certificate_json.h"
#include "core/bounds/certificate_report.h"
#include "core/bounds/weight_hash.h"
#include "tests/core/bounds/two_channels.h"

namespace a2q {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::twoChannels;

Certificate sample() {
  return certify(std::vector{twoChannels(BitWidth{5}, L1Rule::kA2q), twoChannels({})});
}

std::vector<CertificateDifference> differences(const std::string& text) {
  const auto found = certificateDifferences(text, sample());
  if (!found) throw std::runtime_error(describe(found.error()));
  return *found;
}

TEST(CertificateJson, SaysEverythingOfEveryChannel) {
  const json document = json::parse(certificateJson(sample()));
  EXPECT_EQ(document.at("schema"), "a2q-certificate-2");
  EXPECT_EQ(document.at("hash").at("network"), networkHash(sample().layers));
  EXPECT_EQ(document.at("safe"), false);
  EXPECT_EQ(document.at("policies").at("fixed32").at("safe"), true);
  EXPECT_EQ(document.at("policies").at("a2q").at("overflowing_channels"), 1);
  EXPECT_EQ(document.at("policies").at("a2q").at("channels"), 2);
  const json& layer = document.at("layers").at(0);
  EXPECT_EQ(layer.at("rule"), "a2q");
  EXPECT_EQ(layer.at("inputs"), json::parse("[0, 3]"));
  EXPECT_EQ(layer.at("policies").at("minimised").at("P"), 6);
  EXPECT_EQ(layer.at("policies").at("a2q").at("safe"), false);
  EXPECT_EQ(layer.at("channels").at(1),
            json::parse(R"({"l1": 7, "positive": 0, "negative": 7, "range": [-21, 0],
                            "margin_bits": -0.3923174227787603, "smallest_safe_P": 6,
                            "safe": false, "overflows_under": ["a2q"]})"));
  EXPECT_TRUE(document.at("layers").at(1).at("policies").at("a2q").at("safe").is_null());
}

TEST(CertificateJson, IntegersBeyondTwoToThe53AreText) {
  IntegerWeights wide{"w", 1, 1, {32}, {{32}, Signedness::kUnsigned}, {0, 4294967295}, {}, {}, {}};
  wide.values = {2147483647};
  const json document = json::parse(certificateJson(certify(std::vector{wide})));
  EXPECT_EQ(document.at("layers").at(0).at("range"), json::parse(R"([0, "9223372030412324865"])"));
}

TEST(CertificateDifferences, NoneInItsOwnText) {
  EXPECT_TRUE(differences(certificateJson(sample())).empty());
}

TEST(CertificateDifferences, EveryNumberAndWordThatWasChangedIsNamed) {
  json document = json::parse(certificateJson(sample()));
  document["layers"][0]["channels"][1]["range"][0] = -15;
  document["layers"][0]["channels"][1]["safe"] = true;
  document["safe"] = true;
  document["note"] = "trust me";
  document["hash"].erase("network");
  std::vector<std::string> places;
  for (const auto& found : differences(document.dump())) places.push_back(found.where);
  EXPECT_THAT(places, ::testing::UnorderedElementsAre("layer conv, channel 1, range, 0",
                                                      "layer conv, channel 1, safe", "safe", "note",
                                                      "hash, network"));
}

TEST(CertificateDifferences, OtherWeightsHaveAnotherHash) {
  IntegerWeights other = twoChannels(BitWidth{5}, L1Rule::kA2q);
  std::swap(other.values[0], other.values[2]);  // the figures stay the same
  const std::string text = certificateJson(certify(std::vector{other, twoChannels({})}));
  std::vector<std::string> places;
  for (const auto& found : differences(text)) places.push_back(found.where);
  EXPECT_THAT(places,
              ::testing::UnorderedElementsAre("hash, network", "layer conv, weights_sha256"));
}

TEST(CertificateDifferences, OddDocumentsAreDifferentOrNoJson) {
  for (const char* text : {"{}", "[]", "null", "17", R"({"layers": {"a": 1}})",
                           R"({"layers": [[[]], 3, {"channels": 7}]})"}) {
    EXPECT_FALSE(differences(text).empty()) << text;
  }
  for (const char* text : {"", "{", "\xff", R"({"schema": )"}) {
    EXPECT_EQ(certificateDifferences(text, sample()).error().code, ErrorCode::kFileFormat) << text;
  }
}

TEST(CertificateReport, NamesWhatOverflowsAndWhereNumbersComeFrom) {
  ReportRequest request{"Certificate of x", {AccumulatorPolicy::kTarget}};
  EXPECT_THAT(certificateReport(sample(), request),
              AllOf(HasSubstr("# Certificate of x\n"), HasSubstr(networkHash(sample().layers)),
                    HasSubstr("OVERFLOW POSSIBLE"),
                    HasSubstr("conv, channel 1: lo = -21 is below -2^(5-1) = -16 by 5; smallest "
                              "safe P = 6"),
                    HasSubstr("lo = xmin·S⁺ - xmax·S⁻ = (0)·0 - 3·7 = -21 [exact]"),
                    HasSubstr("data-type bound P* = 8: K·2^(N-sgn)·2^(M-1) = 3·2^(2-0)·2^(4-1)"),
                    Not(HasSubstr("## Channels of"))));
  request.channels = ChannelRows::kShown;
  request.policies.assign(kAccumulatorPolicies.begin(), kAccumulatorPolicies.end());
  EXPECT_THAT(certificateReport(sample(), request),
              AllOf(HasSubstr("## Channels of conv"), HasSubstr("| fixed32 "),
                    HasSubstr("| datatype "), HasSubstr("| minimised ")));
  EXPECT_THAT(certificateReport({}, request), HasSubstr("nothing is certified"));
}

TEST(CertificateReport, ManyOverflowsAreCountedNotListed) {
  ReportRequest request{"x", {AccumulatorPolicy::kTarget}};
  request.most_named = 1;
  const Certificate certificate = certify(std::vector{twoChannels(BitWidth{4})});
  EXPECT_THAT(certificateReport(certificate, request), HasSubstr("and 1 more"));
}

}  // namespace
}  // namespace a2q
