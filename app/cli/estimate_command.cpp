// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/design_source.h"
#include "app/cli/estimate_report.h"
#include "app/cli/estimate_request.h"
#include "app/cli/estimate_verify.h"
#include "app/cli/model_source.h"
#include "app/cli/output.h"
#include "app/cli/progress_line.h"
#include "app/cli/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/parallel.h"
#include "hw_backend/design/folding_file.h"
#include "hw_backend/design/folding_override.h"
#include "hw_backend/estimate/design_synthesis.h"

namespace a2q::cli {
namespace {

constexpr std::string_view kLongHelp =
    "Estimates a network as a streaming accelerator on an FPGA: look-up tables and block memories "
    "per layer, the bottleneck, samples per second, latency, and what each accumulator policy "
    "costs.\n\n"
    "PE and SIMD of every layer are chosen: for the highest rate that fits the device at "
    "--utilisation, or with --fps for the least area at that rate. --set-folding and --folding "
    "decide for some layers. The rate is that of cycles and clock together, area the sum of the "
    "shares of each resource that may be used. The search is exact for the model; only where two "
    "resources bind at once a better folding may exist, and then it says so.\n\n"
    "Policies: fixed32 really pays for 32 bits; datatype takes the bound of K, M and N; minimised "
    "the exact range of trained weights; a2q the P that was trained for, or less where the weights "
    "allow it. A specification without weights has no minimised.\n\n"
    "The model calibrated is fitted to syntheses of the Verilog library ('a2q calibrate' measures "
    "anew and tells its errors); on iCE40 its LUT are logic cells. finn is the published one: for "
    "six-input look-up tables its error is known and printed; for other families it only compares. "
    "The clock follows from the slowest path of the design; the delays of iCE40 are fitted to "
    "placed "
    "blocks ('a2q calibrate --clocks'), those of other families are not checked by placement.\n\n"
    "--verify synthesises each block of the design on its own. Exit code 1: the design does not "
    "fit.";

AccumulatorPolicy policyOf(std::string_view name) {
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    if (policyName(policy) == name) return policy;
  }
  return AccumulatorPolicy::kTarget;
}

Result<EstimateReport> reportOf(const Arguments& arguments, const DesignNetwork& network,
                                PlanRequest request) {
  EstimateReport report;
  const bool all = *arguments.text("policy") == "all";
  report.policy = all ? narrowestPolicy(network) : policyOf(*arguments.text("policy"));
  report.trained = network.trained;
  report.request = std::move(request);
  if (Status memories = checkMemories(network, report.request.overrides); !memories) {
    return forward(std::move(memories));
  }
  const auto wide = underPolicy(network, report.policy);
  if (!wide) return tl::make_unexpected(wide.error());
  auto plan = planDesign(*wide, report.request);
  if (!plan) return forward(std::move(plan));
  report.plan = std::move(*plan);
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    if (all || policy == report.policy) {
      report.policies.push_back(
          planPolicy(network, report.request, policy, report.plan, report.policy));
    }
  }
  return report;
}

Status writeFolding(const Arguments& arguments, const DataflowDesign& design) {
  const auto name = arguments.text("output");
  if (!name) return {};
  std::error_code ignored;
  if (std::filesystem::exists(*name, ignored) && !arguments.has("force")) {
    return fail(ErrorCode::kExists, fmt::format("'{}' is there already", *name));
  }
  return writeFileAtomically(*name, foldingText(design.network, design.folding));
}

Result<ExitCode> run(const Arguments& arguments) {
  auto request = requestOf(arguments);
  if (!request) return forward(std::move(request));
  const auto network = designOf(arguments);
  if (!network) return tl::make_unexpected(network.error());
  const auto report = reportOf(arguments, *network, std::move(*request));
  if (!report) return tl::make_unexpected(report.error());
  if (Status written = writeFolding(arguments, report->plan.design); !written) {
    return forward(std::move(written));
  }
  std::optional<DesignSynthesis> synthesis;
  if (arguments.has("verify")) {
    const auto given = arguments.integer("jobs");
    const int jobs = given ? static_cast<int>(*given) : allowedProcessors();
    const SignalStop signals;
    ProgressLine progress(Verbosity::kNormal);
    auto done = synthesiseDesign(report->plan, jobs, progress, signals.token());
    if (!done) return forward(std::move(done));
    if (!*done) return signals.exitCode();
    synthesis = std::move(*done);
  }
  if (arguments.has("json")) {
    auto document = estimateJson(*report);
    if (synthesis) document["synthesis"] = synthesisJson(*report, *synthesis);
    printJson(document);
  } else {
    printResult(estimateText(*report));
    if (synthesis) printResult(synthesisText(*report, *synthesis));
  }
  return ExitCode::kOk;
}

}  // namespace

Command estimateCommand() {
  return {
      .name = "estimate",
      .summary = "Area, rate and latency on an FPGA, per layer and policy",
      .long_help = kLongHelp,
      .options = {modelRunOption(),
                  {.flags = "--device",
                   .kind = ValueKind::kText,
                   .value = "NAME",
                   .help = "Device, or the one of a board: 'a2q devices' lists them",
                   .default_value = "pynq-z2"},
                  {.flags = "--model",
                   .kind = ValueKind::kText,
                   .value = "MODEL",
                   .help = "How resources are estimated",
                   .default_value = "calibrated",
                   .choices = {"calibrated", "finn"}},
                  {.flags = "--policy",
                   .kind = ValueKind::kText,
                   .value = "POLICY",
                   .help = "How accumulator widths are chosen",
                   .default_value = "all",
                   .choices = {"fixed32", "datatype", "minimised", "a2q", "all"}},
                  {.flags = "--fps",
                   .kind = ValueKind::kNumber,
                   .value = "R",
                   .help = "Least area for R samples per second, instead of the highest rate"},
                  {.flags = "--utilisation",
                   .kind = ValueKind::kNumber,
                   .value = "U",
                   .help = "Per cent of each resource that may be used",
                   .default_value = "70"},
                  {.flags = "--clock",
                   .kind = ValueKind::kNumber,
                   .value = "MHZ",
                   .help =
                       "Clock in MHz (default: the highest that the design is estimated to reach)"},
                  {.flags = "--folding",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help = "TOML with a table [layer.NAME] of pe, simd, weights, thresholds"},
                  {.flags = "--set-folding",
                   .kind = ValueKind::kText,
                   .value = "LAYER=PE[,SIMD]",
                   .help = "Folding of one layer",
                   .times = Times::kRepeated},
                  {.flags = "-o,--output",
                   .kind = ValueKind::kPath,
                   .value = "FILE",
                   .help = "Write the folding, as --folding reads it"},
                  {.flags = "--verify",
                   .help = "Synthesise every block with Yosys and print the difference"},
                  {.flags = "--jobs",
                   .kind = ValueKind::kInteger,
                   .value = "N",
                   .help = "Syntheses at a time, of --verify (default: the processors)",
                   .lowest = 1,
                   .highest = 256},
                  {.flags = "--force", .help = "Replace FILE where it exists"},
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-estimate-1"}},
      .positionals = {designPositional()},
      .run = run};
}

}  // namespace a2q::cli
