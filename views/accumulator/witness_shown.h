// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/integer/witness_answer.h"

namespace a2q::views {

/// The answer to AccumulatorView::witnessWanted().
struct WitnessShown {
  WitnessAnswer answer;
  QString problem;  ///< why there is no answer, for people; empty: there is one
};

}  // namespace a2q::views
