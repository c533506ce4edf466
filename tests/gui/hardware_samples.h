// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <memory>

#include "core/network/sample_experiment.h"
#include "views/resources/hardware_story.h"

namespace a2q::views::testing {

/// The sample that ships with the program: LeNet on digits, A2Q for P 16.
inline Experiment sampleExperiment() {
  return parseExperiment(sampleSpecification(), "sample").value();
}

/// The sample on a device as planDesign() sees it, under the narrowest policy, with FINN's model.
inline std::shared_ptr<HardwareStory> hardwareOf(const std::string& place) {
  auto story = std::make_shared<HardwareStory>();
  const DesignNetwork network = designNetwork(sampleExperiment()).value();
  story->place = place;
  story->request.device = findDevice(place).value();
  story->request.model = ModelKind::kFinn;
  story->policy = narrowestPolicy(network);
  const DesignNetwork wide = underPolicy(network, story->policy).value();
  if (auto plan = planDesign(wide, story->request)) {
    story->plan = std::move(*plan);
    story->fits = true;
  } else {
    story->problem = QString::fromStdString(plan.error().remedy);
    story->plan = smallestPlan(wide, story->request).value();
  }
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    story->policies.push_back(
        planPolicy(network, story->request, policy, *story->plan, story->policy));
  }
  return story;
}

}  // namespace a2q::views::testing
