// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/training/run_record.h"

namespace a2q::views {

enum class Verdict { kCertified, kOverflowPossible, kNothingToCertify };

[[nodiscard]] Verdict verdictOf(const Certificate& certificate);

/// The verdict on a run in words: what holds, in how many channels, and how it was decided.
[[nodiscard]] QString verdictText(const RunRecord& record);

}  // namespace a2q::views
