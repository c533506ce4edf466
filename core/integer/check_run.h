// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/integer/code_verification.h"

namespace a2q {

/// What can be checked about a trained network.
enum class CheckKind {
  kCertificate,  ///< the exact range of every channel fits its target P
  kCodes,        ///< integers equal the trained network, code for code
  kWitnesses,    ///< the worst inputs fit the smallest P in the engine, and overflow one bit less
};

inline constexpr std::array kCheckKinds = {CheckKind::kCertificate, CheckKind::kCodes,
                                           CheckKind::kWitnesses};

/// A check that found nothing to judge, was stopped, or could not be made has not run: its text
/// says why.
enum class CheckState { kNotRun, kRunning, kPassed, kFailed };

/// A check and how it stands.
struct CheckResult {
  CheckKind kind = CheckKind::kCertificate;
  CheckState state = CheckState::kNotRun;
  double progress = 0;  ///< 0..1, of one that runs
  std::string text;     ///< what was found, with numbers; whole sentences
  bool operator==(const CheckResult&) const = default;
};

/// "Certificate (exact integers)", …
[[nodiscard]] std::string_view checkTitle(CheckKind kind);

/// Every check before the first was run.
[[nodiscard]] std::vector<CheckResult> checksNotRun();

/// Receives every change of a check on the thread that runs it.
using CheckReport = std::function<void(const CheckResult& check)>;

/// Makes all checks of a trained network, in the order of kCheckKinds; an error of one is its text.
/// Stops between two batches or channels when the control says so. `job.samples` ≤ 0: as many as
/// usual.
[[nodiscard]] std::vector<CheckResult> runChecks(Trainer& trainer, const VerifyJob& job,
                                                 const EngineMaker& engine,
                                                 const RunControl& control,
                                                 const CheckReport& report = {});

/// The verdict on integers [exact].
[[nodiscard]] CheckResult certificateCheck(const Certificate& certificate);

/// Runs the witness of every channel through the reference engine, at its smallest P and at one bit
/// less. Channels whose smallest P is 1 bit or more than 62 are counted and left out.
[[nodiscard]] CheckResult witnessCheck(const std::vector<IntegerWeights>& layers,
                                       const RunControl& control, const CheckReport& report = {});

}  // namespace a2q
