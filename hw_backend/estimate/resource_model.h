// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"
#include "hw_backend/estimate/calibrated_model.h"
#include "hw_backend/estimate/resource_estimate.h"

namespace a2q {

/// How resources are estimated: the published analytic model of FINN, or coefficients fitted to
/// synthesis.
enum class ModelKind { kFinn, kCalibrated };

/// "finn", "calibrated".
[[nodiscard]] std::string_view modelName(ModelKind kind);

/// Whether a model knows registers; where it does not, ResourceVector::ff is 0 and says nothing.
[[nodiscard]] bool estimatesRegisters(ModelKind kind);

/// A model for one family. New kinds are added here and in estimate().
struct ResourceModel {
  ModelKind kind = ModelKind::kFinn;
  const Family* family = nullptr;
  const CalibratedModel* calibrated = nullptr;  ///< of kCalibrated
};

/// Errors: those of calibratedModel().
[[nodiscard]] Result<ResourceModel> resourceModel(ModelKind kind, const Family& family);

[[nodiscard]] ResourceEstimate estimate(const Block& block, const ResourceModel& model);

}  // namespace a2q
