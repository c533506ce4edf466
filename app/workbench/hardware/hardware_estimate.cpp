// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/hardware/hardware_estimate.h"

#include <QCoreApplication>
#include <algorithm>

#include "hw_backend/design/folding.h"

namespace a2q::workbench {
namespace {

class Words {
  Q_DECLARE_TR_FUNCTIONS(Hardware)
};

QString sentence(const std::string& text) {
  QString out = QString::fromStdString(text);
  if (out.isEmpty()) return out;
  out[0] = out[0].toUpper();
  if (!out.endsWith(QLatin1Char('.'))) out += QLatin1Char('.');
  return out + QLatin1Char(' ');
}

QString problemOf(const Error& error) {
  return (sentence(error.message) + sentence(error.cause) + sentence(error.remedy)).trimmed();
}

QString noModel(const Error& error, const Family& family) {
  return sentence(error.message) + sentence(error.cause) +
         Words::tr("Choose the model finn, or measure them with 'a2q calibrate --family %1'.")
             .arg(QString::fromStdString(family.name));
}

bool canTake(const DesignNetwork& network, const std::string& name, const FoldingOverride& wanted) {
  const auto layer = std::ranges::find(network.layers, name, &DesignLayer::name);
  if (layer == network.layers.end()) return false;
  LayerFolding folding;
  folding.pe = wanted.pe.value_or(1);
  folding.simd = wanted.simd.value_or(1);
  return checkFolding(*layer, folding).has_value();
}

/// A board is what a person chooses; the network may have changed since they folded it by hand.
void leaveOutIllegal(FoldingOverrides& overrides, const DesignNetwork& network) {
  std::erase_if(overrides,
                [&](const auto& one) { return !canTake(network, one.first, one.second); });
}

Result<DesignNetwork> networkOf(const HardwareQuestion& question) {
  auto network = designNetwork(question.experiment);
  if (!network || !question.record) return network;
  return withExactRanges(std::move(*network), question.record->certificate);
}

views::HardwareStory unanswered(const HardwareQuestion& question) {
  views::HardwareStory story;
  story.place = question.place;
  story.request = question.request;
  story.is_preview = question.is_preview;
  return story;
}

/// The plan of the story, and whether it fits.
void plan(views::HardwareStory& story, const DesignNetwork& network) {
  auto fitting = planDesign(network, story.request);
  if (fitting) {
    story.plan = std::move(*fitting);
    story.fits = true;
    return;
  }
  const Family& family = *story.request.device->family;
  const bool has_model = resourceModel(story.request.model, family).has_value();
  story.problem = has_model ? problemOf(fitting.error()) : noModel(fitting.error(), family);
  if (fitting.error().code != ErrorCode::kDoesNotFit) return;
  auto smallest = smallestPlan(network, story.request);
  if (!smallest) return;
  story.plan = std::move(*smallest);
  // By how much it does not fit, the plan itself says.
  story.problem = sentence(fitting.error().remedy).trimmed();
}

}  // namespace

views::HardwareStory failedStory(const HardwareQuestion& question, const Error& error) {
  views::HardwareStory story = unanswered(question);
  story.problem = problemOf(error);
  return story;
}

bool hasWeightsOf(const RunRecord& record, const Experiment& experiment) {
  return !record.certificate.layers.empty() && record.experiment.network == experiment.network &&
         record.experiment.quant == experiment.quant;
}

std::optional<views::HardwareStory> estimateHardware(const HardwareQuestion& question,
                                                     const std::stop_token& stop) {
  views::HardwareStory story = unanswered(question);
  const auto network = networkOf(question);
  if (!network) {
    story.problem = problemOf(network.error());
    return story;
  }
  story.trained = network->trained;
  leaveOutIllegal(story.request.overrides, *network);
  story.policy = question.policy && underPolicy(*network, *question.policy)
                     ? *question.policy
                     : narrowestPolicy(*network);
  plan(story, *underPolicy(*network, story.policy));
  if (!story.plan) return story;
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    if (stop.stop_requested()) return std::nullopt;
    story.policies.push_back(
        planPolicy(*network, story.request, policy, *story.plan, story.policy));
    // What does not fit has no folding that is best within the device.
    if (policy == story.policy && !story.fits) story.policies.back().own_folding.reset();
  }
  return story;
}

}  // namespace a2q::workbench
