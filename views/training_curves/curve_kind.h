// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>

#include "core/training/run_record.h"

namespace a2q::views {

/// What can be drawn over a training, a plot each.
enum class CurveKind { kLoss, kScore, kLearningRate, kPenalty, kMargin, kSparsity, kThroughput };

inline constexpr std::array kCurveKinds{
    CurveKind::kLoss,   CurveKind::kScore,    CurveKind::kLearningRate, CurveKind::kPenalty,
    CurveKind::kMargin, CurveKind::kSparsity, CurveKind::kThroughput};

/// What the plots run along.
enum class KeyUnit { kStep, kEpoch, kSeconds };

/// "loss", "accuracy in %": the label of the value axis.
[[nodiscard]] QString curveLabel(CurveKind kind, Metric metric);
/// "batch_loss": for files.
[[nodiscard]] QString curveKey(CurveKind kind, Metric metric);
/// "0.2314 [measured]", with the unit and where the number comes from.
[[nodiscard]] QString curveValue(CurveKind kind, Metric metric, double value);
/// What the number is and how it is computed.
[[nodiscard]] QString curveExplanation(CurveKind kind, Metric metric);

/// Whether its values jump from batch to batch, so that smoothing helps.
[[nodiscard]] bool isNoisy(CurveKind kind);
/// Whether it is measured on the test part after each epoch as well.
[[nodiscard]] bool isTested(CurveKind kind);
/// Whether its axis starts logarithmic.
[[nodiscard]] bool startsLogarithmic(CurveKind kind);

/// "step (one batch each)", "epoch", "seconds of training".
[[nodiscard]] QString keyLabel(KeyUnit unit);
/// "step", "epoch", "seconds": for files.
[[nodiscard]] QString keyName(KeyUnit unit);
/// "step 1 200", "epoch 3.40", "3:05 min".
[[nodiscard]] QString keyValue(KeyUnit unit, double key);

}  // namespace a2q::views
