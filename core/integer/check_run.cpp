// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/integer/check_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/network/graph.h"
#include "core/training/data_fit.h"

namespace a2q {
namespace {

/// Tells of a check that runs.
class Reporter {
 public:
  Reporter(CheckKind kind, const CheckReport& report) : kind_(kind), report_(report) {}
  void running(double progress) const {
    if (report_) report_({kind_, CheckState::kRunning, progress, {}});
  }
  [[nodiscard]] CheckResult end(CheckState state, std::string text) const {
    CheckResult result{kind_, state, 0, std::move(text)};
    if (report_) report_(result);
    return result;
  }

 private:
  CheckKind kind_;
  const CheckReport& report_;
};

Result<Verification> compared(Trainer& trainer, VerifyJob job, const EngineMaker& engine,
                              const RunControl& control, const Reporter& reporter) {
  const auto graph = inferShapes(job.experiment.network);
  if (!graph) return tl::make_unexpected(graph.error());
  if (auto fits = checkFit(job.experiment.network, *graph, job.data, job.part); !fits) {
    return forward(std::move(fits));
  }
  const std::int64_t usual = usualSamples(job.data, job.part);
  job.samples = job.samples > 0 ? std::min(job.samples, usual) : usual;
  const double all = static_cast<double>(std::max<std::int64_t>(job.samples, 1));
  return verifyCodes(trainer, job, engine, control,
                     [&](std::int64_t done) { reporter.running(static_cast<double>(done) / all); });
}

std::string codesText(const Verification& result) {
  std::int64_t codes = 0;
  std::int64_t mismatches = 0;
  for (const LayerAgreement& layer : result.layers) {
    codes += layer.codes;
    mismatches += layer.mismatches;
  }
  if (result.first) {
    return fmt::format("{} of {} codes differ on {} samples. {}", mismatches, codes, result.samples,
                       mismatchText(*result.first));
  }
  if (!result.holds()) {
    return "All codes agree, but single precision rounds some otherwise, farther from a tie than "
           "rounding explains.";
  }
  return fmt::format("{} codes in {} layers agree on {} samples [exact].", codes,
                     result.layers.size(), result.samples);
}

CheckResult codesCheck(Trainer& trainer, const VerifyJob& job, const EngineMaker& engine,
                       const RunControl& control, const CheckReport& report) {
  const Reporter reporter(CheckKind::kCodes, report);
  reporter.running(0);
  const auto result = compared(trainer, job, engine, control, reporter);
  if (!result) return reporter.end(CheckState::kNotRun, describe(result.error()));
  if (result->first) return reporter.end(CheckState::kFailed, codesText(*result));
  if (control.stop.stop_requested()) {
    return reporter.end(CheckState::kNotRun, fmt::format("Stopped after {} samples; no code "
                                                         "differed until then.",
                                                         result->samples));
  }
  return reporter.end(result->holds() ? CheckState::kPassed : CheckState::kFailed,
                      codesText(*result));
}

}  // namespace

std::string_view checkTitle(CheckKind kind) {
  switch (kind) {
    case CheckKind::kCertificate: return "Certificate (exact integers)";
    case CheckKind::kCodes: return "Integers equal the trained network, code for code";
    case CheckKind::kWitnesses: return "Witnesses replayed at smallest P and P−1";
  }
  return {};
}

std::vector<CheckResult> checksNotRun() {
  std::vector<CheckResult> out;
  out.reserve(kCheckKinds.size());
  for (const CheckKind kind : kCheckKinds) out.push_back({kind, CheckState::kNotRun, 0, {}});
  return out;
}

std::vector<CheckResult> runChecks(Trainer& trainer, const VerifyJob& job,
                                   const EngineMaker& engine, const RunControl& control,
                                   const CheckReport& report) {
  auto trained = trainer.integers(job.experiment, job.parameters);
  if (!trained) {
    std::vector<CheckResult> out;
    out.reserve(kCheckKinds.size());
    for (const CheckKind kind : kCheckKinds) {
      out.push_back(Reporter(kind, report).end(CheckState::kNotRun, describe(trained.error())));
    }
    return out;
  }
  std::vector<IntegerWeights> layers;
  layers.reserve(trained->weights.size());
  for (TrainedWeights& layer : trained->weights) layers.push_back(std::move(layer.integers));
  CheckResult certificate = certificateCheck(certify(layers));
  if (report) report(certificate);
  CheckResult codes = codesCheck(trainer, job, engine, control, report);
  return {std::move(certificate), std::move(codes), witnessCheck(layers, control, report)};
}

}  // namespace a2q
