// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/resources/resource_rows.h"

#include <QCoreApplication>
#include <algorithm>
#include <limits>

namespace a2q::views {
namespace {

constexpr QChar kNoBreak(0x00A0);

class Words {
  Q_DECLARE_TR_FUNCTIONS(Resources)
};

std::int64_t cyclesOf(const DataflowDesign& design, std::size_t layer) {
  std::int64_t most = 0;
  for (const Stage& stage : design.stages) {
    if (stage.layer == layer) most = std::max(most, stage.cycles);
  }
  return most;
}

}  // namespace

double amountOf(const ResourceVector& vector, ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kLut: return vector.lut;
    case ResourceKind::kFf: return vector.ff;
    case ResourceKind::kBram: return vector.bram;
    case ResourceKind::kDsp: return vector.dsp;
  }
  return 0;
}

QString unitOf(const Family& family, ResourceKind kind) {
  switch (kind) {
    case ResourceKind::kLut: return QString::fromStdString(family.area_unit);
    case ResourceKind::kFf: return QStringLiteral("FF");
    case ResourceKind::kBram:
      return QString::fromStdString(family.bram_kind).replace(QLatin1Char(' '), kNoBreak);
    case ResourceKind::kDsp: return QStringLiteral("DSP");
  }
  return {};
}

bool isEstimated(ModelKind model, ResourceKind kind) {
  return kind != ResourceKind::kFf || estimatesRegisters(model);
}

double shareOf(double amount, const Device& device, ResourceKind kind) {
  const double all = amountOf(device.totals, kind);
  if (all > 0) return amount / all;
  return amount > 0 ? std::numeric_limits<double>::infinity() : 0;
}

std::vector<ResourceRow> resourceRows(const HardwareStory& story) {
  std::vector<ResourceRow> rows;
  if (!story.plan) return rows;
  const DataflowDesign& design = story.plan->design;
  const auto& synthesis = story.synthesis;
  const std::size_t slowest = design.stages[design.bottleneck].layer;
  for (std::size_t i = 1; i < design.network.layers.size(); ++i) {
    rows.push_back({i, QString::fromStdString(design.network.layers[i].name),
                    story.plan->estimate.layers[i], cyclesOf(design, i), i == slowest,
                    synthesis ? synthesis->layers[i] : std::nullopt});
  }
  rows.push_back({0, Words::tr("total"), story.plan->estimate.total, design.interval, false,
                  synthesis ? synthesis->total : std::nullopt});
  return rows;
}

}  // namespace a2q::views
