// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace a2q {
namespace {

Result<FoldingSolution> solutionOf(const DesignNetwork& network, const PlanRequest& request,
                                   const ResourceModel& model) {
  auto solver = FoldingSolver::make(
      network, [&model](const Block& block) { return estimate(block, model).value; },
      request.overrides);
  if (!solver) return forward(std::move(solver));
  FoldingRequest asked{request.utilisation * request.device->totals, {}};
  if (request.frames) {
    asked.interval = static_cast<std::int64_t>(std::floor(clockOf(request) / *request.frames));
  }
  return solver->solve(asked);
}

/// The smallest device by look-up tables, other than that of the request, that holds the design.
const Device* deviceThatFits(const DesignNetwork& network, PlanRequest request) {
  std::vector<const Device*> larger;
  for (const Device& device : devices()) {
    if (&device != request.device) larger.push_back(&device);
  }
  std::ranges::sort(larger, {}, [](const Device* device) { return device->totals.lut; });
  request.clock_hz = clockOf(request);
  for (const Device* device : larger) {
    request.device = device;
    const auto model = resourceModel(request.model, *device->family);
    if (model && solutionOf(network, request, *model)) return device;
  }
  return nullptr;
}

/// What would help, in place of the table's remedy.
std::string remedyFor(const DesignNetwork& network, PlanRequest request,
                      const ResourceModel& model) {
  std::string text;
  if (const Device* device = deviceThatFits(network, request)) {
    text = fmt::format("The smallest device that holds it is {}. ", device->name);
  } else {
    text = "No device known here holds it. ";
  }
  const double clock = clockOf(request);
  if (request.frames) {
    request.frames.reset();
    if (const auto slower = solutionOf(network, request, model)) {
      text += fmt::format("Here the highest rate is {:.4g} samples/s. ",
                          clock / static_cast<double>(slower->design.interval));
    }
  }
  return text + "Narrower accumulators, weights or activations make it smaller.";
}

}  // namespace

double clockOf(const PlanRequest& request) {
  return request.clock_hz.value_or((request.device->clock_low_hz + request.device->clock_high_hz) /
                                   2);
}

Result<DesignPlan> planDesign(const DesignNetwork& network, const PlanRequest& request) {
  const auto model = resourceModel(request.model, *request.device->family);
  if (!model) return tl::make_unexpected(model.error());
  auto solution = solutionOf(network, request, *model);
  if (!solution) {
    Error error = std::move(solution).error();
    if (error.code == ErrorCode::kDoesNotFit) {
      error.message +=
          fmt::format(" on {} at {:.0f} % of it", request.device->part, 100 * request.utilisation);
      error.remedy = remedyFor(network, request, *model);
    }
    return tl::make_unexpected(std::move(error));
  }
  DesignEstimate total = estimate(solution->design, *model);
  return DesignPlan{std::move(solution->design), std::move(total), request.device, clockOf(request),
                    solution->proven};
}

Result<DesignPlan> withAccumulators(const DesignPlan& plan, const DesignNetwork& network,
                                    ModelKind kind) {
  const auto model = resourceModel(kind, *plan.device->family);
  if (!model) return tl::make_unexpected(model.error());
  auto design = fold(network, plan.design.folding);
  if (!design) return forward(std::move(design));
  DesignEstimate total = estimate(*design, *model);
  return DesignPlan{std::move(*design), std::move(total), plan.device, plan.clock_hz, true};
}

}  // namespace a2q
