// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/design_estimate.h"

#include <limits>

namespace a2q {
namespace {

void add(std::optional<ResourceVector>& sum, const std::optional<ResourceVector>& more) {
  if (sum && more) {
    *sum += *more;
  } else {
    sum.reset();
  }
}

void add(ResourceEstimate& sum, const ResourceEstimate& more) {
  sum.value += more.value;
  add(sum.low, more.low);
  add(sum.high, more.high);
  sum.larger += more.larger;
  sum.source = more.source;
}

ResourceEstimate nothing() { return {{}, ResourceVector{}, ResourceVector{}, 0, {}}; }

}  // namespace

DesignEstimate estimate(const DataflowDesign& design, const ResourceModel& model) {
  DesignEstimate out{std::vector(design.network.layers.size(), nothing()), nothing()};
  for (const Stage& stage : design.stages) {
    const ResourceEstimate one = estimate(stage.block, model);
    add(out.layers[stage.layer], one);
    add(out.total, one);
  }
  return out;
}

TightestResource tightest(const ResourceVector& use, const ResourceVector& limit) {
  struct Row {
    std::string_view name;
    double use;
    double limit;
  };
  TightestResource worst{"LUT", 0};
  for (const Row& row : {Row{"LUT", use.lut, limit.lut}, Row{"FF", use.ff, limit.ff},
                         Row{"BRAM", use.bram, limit.bram}, Row{"DSP", use.dsp, limit.dsp}}) {
    if (row.use <= 0) continue;
    const double share =
        row.limit > 0 ? row.use / row.limit : std::numeric_limits<double>::infinity();
    if (share > worst.share) worst = {row.name, share};
  }
  return worst;
}

}  // namespace a2q
