// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/resource_model.h"

#include "hw_backend/estimate/finn_model.h"

namespace a2q {

std::string_view modelName(ModelKind kind) {
  return kind == ModelKind::kFinn ? "finn" : "calibrated";
}

bool estimatesRegisters(ModelKind kind) { return kind != ModelKind::kFinn; }

Result<ResourceModel> resourceModel(ModelKind kind, const Family& family) {
  if (kind == ModelKind::kFinn) return ResourceModel{kind, &family, nullptr};
  const auto calibrated = calibratedModel(family);
  if (!calibrated) return tl::make_unexpected(calibrated.error());
  return ResourceModel{kind, &family, *calibrated};
}

ResourceEstimate estimate(const Block& block, const ResourceModel& model) {
  return model.kind == ModelKind::kFinn ? finnEstimate(block, *model.family)
                                        : model.calibrated->estimate(block);
}

}  // namespace a2q
