// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "hw_backend/design/block.h"
#include "hw_backend/device/device.h"

namespace a2q {

/// How resources are estimated: the published analytic model of FINN, or coefficients fitted to
/// synthesis.
enum class ModelKind { kFinn, kCalibrated };

/// "finn", "calibrated".
[[nodiscard]] std::string_view modelName(ModelKind kind);

/// What a block or a design takes, between which values it was ever seen, and where that is from.
struct ResourceEstimate {
  ResourceVector value;
  std::optional<ResourceVector> low;  ///< none: no error is known for that family
  std::optional<ResourceVector> high;
  std::string_view source;
};

/// A model for one family. New kinds are added here and in estimate().
struct ResourceModel {
  ModelKind kind = ModelKind::kFinn;
  const Family* family = nullptr;
};

/// Errors: kNotInLibrary where a family has no calibration.
[[nodiscard]] Result<ResourceModel> resourceModel(ModelKind kind, const Family& family);

[[nodiscard]] ResourceEstimate estimate(const Block& block, const ResourceModel& model);

}  // namespace a2q
