// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hw_backend/estimate/planner.h"

namespace a2q {
namespace {

Result<DesignPlan> planOn(const DesignNetwork& network, const PlanRequest& request) {
  const auto planner = Planner::make(request);
  if (!planner) return tl::make_unexpected(planner.error());
  return planner->plan(network);
}

/// The smallest device by look-up tables, other than that of the request, that holds the design.
const Device* deviceThatFits(const DesignNetwork& network, PlanRequest request) {
  std::vector<const Device*> larger;
  for (const Device& device : devices()) {
    if (&device != request.device) larger.push_back(&device);
  }
  std::ranges::sort(larger, {}, [](const Device* device) { return device->totals.lut; });
  request.frames = request.frames.value_or(kAnyRate);
  for (const Device* device : larger) {
    request.device = device;
    if (planOn(network, request)) return device;
  }
  return nullptr;
}

/// What would help, in place of the table's remedy.
std::string remedyFor(const DesignNetwork& network, PlanRequest request) {
  std::string text;
  constexpr double kNearlyAll = 0.95;
  if (request.utilisation < kNearlyAll) {
    PlanRequest more = request;
    more.utilisation = kNearlyAll;
    more.frames = request.frames.value_or(kAnyRate);
    if (planOn(network, more)) text = "If 95 % of it may be used, it fits. ";
  }
  if (const Device* device = deviceThatFits(network, request)) {
    text += fmt::format("The smallest other device found to hold it is {}. ", device->name);
  } else {
    text += "No other device known here was found to hold it. ";
  }
  if (request.frames) {
    request.frames.reset();
    if (const auto slower = planOn(network, request)) {
      text += fmt::format("Here the highest rate is {:.4g} samples/s. ", slower->rate());
    }
  }
  return text + "Narrower accumulators, weights or activations make it smaller.";
}

}  // namespace

Result<DesignPlan> findPlan(const DesignNetwork& network, const PlanRequest& request) {
  auto plan = planOn(network, request);
  if (plan || plan.error().code != ErrorCode::kDoesNotFit) return plan;
  Error error = std::move(plan).error();
  error.message +=
      fmt::format(" on {} at {:.3g} % of it", request.device->part, 100 * request.utilisation);
  return tl::make_unexpected(std::move(error));
}

Result<DesignPlan> planDesign(const DesignNetwork& network, const PlanRequest& request) {
  auto plan = findPlan(network, request);
  if (plan || plan.error().code != ErrorCode::kDoesNotFit) return plan;
  Error error = std::move(plan).error();
  error.remedy = remedyFor(network, request);
  return tl::make_unexpected(std::move(error));
}

Result<DesignPlan> withAccumulators(const DesignPlan& plan, const DesignNetwork& network,
                                    const PlanRequest& request) {
  const auto planner = Planner::make(request);
  if (!planner) return tl::make_unexpected(planner.error());
  auto design = fold(network, plan.design.folding);
  if (!design) return forward(std::move(design));
  return planner->planOf(std::move(*design), true);
}

}  // namespace a2q
