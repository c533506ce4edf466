// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/stored_certificate.h"
#include "app/cli/trained_integers.h"
#include "core/base/atomic_file.h"
#include "core/bounds/certificate_json.h"
#include "core/bounds/certificate_report.h"

namespace a2q::cli {
namespace {

constexpr std::string_view kLongHelp =
    "Recomputes the certificate of a trained network from its integer weights alone, compares it "
    "with the certificate.json of the run (hash and figures), and judges the accumulators:\n\n"
    "a2q: the P each layer was trained for, or the P of --accumulator in every layer that has a "
    "target. minimised: the exact range of the weights. datatype: the bound that holds for any "
    "weights. fixed32: 32 bits. Only a2q and fixed32 can overflow; whole numbers decide.\n\n"
    "Exit code 1: some input makes an accumulator overflow (the channels are named, the worst "
    "first, with the smallest P that is safe), or the stored certificate is not that of the "
    "weights. Channels count from 0.";

struct Findings {
  const TrainedModel& model;
  Certificate certificate;  ///< of what was asked for
  std::vector<AccumulatorPolicy> policies;
  StoredCertificate stored;
};

std::vector<AccumulatorPolicy> policiesOf(const Arguments& arguments) {
  const std::string name = *arguments.text("policy");
  std::vector<AccumulatorPolicy> policies(kAccumulatorPolicies.begin(), kAccumulatorPolicies.end());
  if (name == "all") return policies;
  std::erase_if(policies, [&](AccumulatorPolicy policy) { return policyName(policy) != name; });
  return policies;
}

/// The weights that are judged: one layer or all, with another P where one is given.
Result<std::vector<IntegerWeights>> judgedWeights(const Arguments& arguments,
                                                  const TrainedNetwork& network) {
  std::vector<IntegerWeights> weights = integerWeights(network);
  if (const auto name = arguments.text("layer")) {
    const auto index = findLayer(network, *name);
    if (!index) return tl::make_unexpected(index.error());
    weights = {weights[*index]};
  }
  if (const auto bits = arguments.integer("accumulator")) {
    for (IntegerWeights& layer : weights) {
      if (layer.accumulator) layer.accumulator = BitWidth{static_cast<int>(*bits)};
    }
  }
  return weights;
}

std::string reportOf(const Arguments& arguments, const Findings& findings) {
  ReportRequest request;
  request.title =
      fmt::format("Certificate of {}, {}: {}", findings.model.experiment.network.name,
                  methodName(findings.model.experiment.quant.method), findings.model.path.string());
  request.policies = findings.policies;
  if (arguments.has("channels")) request.channels = ChannelRows::kShown;
  return certificateReport(findings.certificate, request);
}

nlohmann::ordered_json overflowJson(const Certificate& certificate,
                                    const OverflowingChannel& found) {
  return {{"layer", certificate.layers[found.layer].layer},
          {"channel", found.channel},
          {"P", found.accumulator.bits},
          {"smallest_safe_P", found.smallest.bits},
          {"end", found.side == WitnessSide::kHigh ? "high" : "low"},
          {"excess", jsonInteger(found.excess)}};
}

nlohmann::ordered_json documentOf(const Arguments& arguments, const Findings& findings) {
  nlohmann::ordered_json out;
  out["schema"] = "a2q-certify-1";
  out["network"] = findings.model.experiment.network.name;
  out["method"] = methodName(findings.model.experiment.quant.method);
  out["file"] = findings.model.path.string();
  if (const auto bits = arguments.integer("accumulator")) out["accumulator"] = *bits;
  for (const AccumulatorPolicy policy : findings.policies) {
    const PolicyVerdict verdict = judge(findings.certificate, policy);
    nlohmann::ordered_json row;
    row["policy"] = policyName(policy);
    row["safe"] = verdict.safe() ? nlohmann::ordered_json(*verdict.safe()) : nullptr;
    row["channels"] = verdict.channels;
    row["overflowing"] = nlohmann::ordered_json::array();
    for (const OverflowingChannel& found : verdict.overflowing) {
      row["overflowing"].push_back(overflowJson(findings.certificate, found));
    }
    out["verdicts"].push_back(std::move(row));
  }
  out["stored_certificate"] = storedJson(findings.stored);
  out["certificate"] = nlohmann::ordered_json::parse(certificateJson(findings.certificate));
  return out;
}

Status writeOutput(const Arguments& arguments, const Findings& findings) {
  const auto name = arguments.text("output");
  if (!name) return {};
  const std::filesystem::path path = *name;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !arguments.has("force")) {
    return fail(ErrorCode::kExists, fmt::format("'{}' is there already", path.string()));
  }
  return writeFileAtomically(path, path.extension() == ".json"
                                       ? certificateJson(findings.certificate)
                                       : reportOf(arguments, findings));
}

/// What was found as the way the program ends; a certificate that is not of these weights first.
Result<ExitCode> verdictOf(const Findings& findings) {
  if (findings.stored.state == StoredState::kDiffers) {
    return fail(
        ErrorCode::kMismatch,
        fmt::format("{} is not the certificate of these weights", findings.stored.path.string()),
        fmt::format("{} differs first", findings.stored.differences.front().where),
        "Restore weights and certificate from one copy, or write the certificate again "
        "with -o FILE.json.");
  }
  std::int64_t judged = 0;
  for (const AccumulatorPolicy policy : findings.policies) {
    const PolicyVerdict verdict = judge(findings.certificate, policy);
    judged += verdict.channels;
    if (verdict.overflowing.empty()) continue;
    return fail(ErrorCode::kOverflowPossible,
                fmt::format("overflow possible in {} of {} channels under policy {}",
                            verdict.overflowing.size(), verdict.channels, policyName(policy)),
                overflowText(findings.certificate, verdict.overflowing.front()));
  }
  if (judged > 0) return ExitCode::kOk;
  return fail(ErrorCode::kUsage, "no layer that was asked about has an accumulator target",
              "nothing was promised, so nothing can be judged",
              "Choose --policy minimised, datatype or fixed32.");
}

Result<ExitCode> run(const Arguments& arguments) {
  const auto trained = readTrainedIntegers(arguments);
  if (!trained) return tl::make_unexpected(trained.error());
  const auto weights = judgedWeights(arguments, trained->network);
  if (!weights) return tl::make_unexpected(weights.error());
  auto stored = checkStoredCertificate(trained->source, certify(integerWeights(trained->network)));
  if (!stored) return forward(std::move(stored));
  const Findings findings{trained->source.model, certify(*weights), policiesOf(arguments),
                          std::move(*stored)};
  if (Status written = writeOutput(arguments, findings); !written) {
    return forward(std::move(written));
  }
  if (arguments.has("json")) {
    printJson(documentOf(arguments, findings));
  } else {
    printResult(reportOf(arguments, findings) + storedText(findings.stored));
  }
  return verdictOf(findings);
}

}  // namespace

Command certifyCommand() {
  return {
      .name = "certify",
      .summary = "Proves that no accumulator overflows, or names those that can",
      .long_help = kLongHelp,
      .options = {modelRunOption(),
                  {.flags = "--policy",
                   .kind = ValueKind::kText,
                   .value = "POLICY",
                   .help = "How accumulator widths are chosen",
                   .default_value = "a2q",
                   .choices = {"fixed32", "datatype", "minimised", "a2q", "all"}},
                  {.flags = "--accumulator",
                   .kind = ValueKind::kInteger,
                   .value = "P",
                   .help = "P bits in the layers that have a target, instead of those trained for",
                   .lowest = 1,
                   .highest = 126},
                  {.flags = "--layer",
                   .kind = ValueKind::kText,
                   .value = "NAME",
                   .help = "This layer only"},
                  {.flags = "--channels", .help = "A row for every channel"},
                  {.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help =
                       "Write the certificate (FILE.json, schema a2q-certificate-2) or the report"},
                  {.flags = "--force", .help = "Replace FILE where it exists"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-certify-1"}},
      .positionals = {modelPositional()},
      .run = run};
}

}  // namespace a2q::cli
