// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/resource_model.h"

#include <fmt/format.h>

#include "hw_backend/estimate/finn_model.h"

namespace a2q {

std::string_view modelName(ModelKind kind) {
  return kind == ModelKind::kFinn ? "finn" : "calibrated";
}

Result<ResourceModel> resourceModel(ModelKind kind, const Family& family) {
  if (kind == ModelKind::kFinn) return ResourceModel{kind, &family};
  return fail(ErrorCode::kNotInLibrary,
              fmt::format("there is no calibrated model of {} yet", family.title),
              "no coefficients were fitted to synthesis", "Choose --model finn.");
}

ResourceEstimate estimate(const Block& block, const ResourceModel& model) {
  return finnEstimate(block, *model.family);
}

}  // namespace a2q
