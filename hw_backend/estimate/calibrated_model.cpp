// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/estimate/calibrated_model.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <mutex>

#include "hw_backend/calibration/calibration_data.h"
#include "hw_backend/calibration/features.h"

namespace a2q {
namespace {

std::string sourceOf(const MeasurementTable& table) {
  return fmt::format("fitted to {} blocks, {}; {}", table.rows.size(), table.tool,
                     table.file.empty() ? "measurements that the program brings"
                                        : "your own measurements, " + table.file.string());
}

}  // namespace

CalibratedModel::CalibratedModel(const MeasurementTable& table, const Family& family)
    : family_(&family),
      products_(table.products),
      fits_(fitBlocks(table, family)),
      source_(sourceOf(table)) {}

ResourceEstimate CalibratedModel::estimate(const Block& block) const {
  const auto& fit = fits_[block.index()];
  ResourceEstimate out;
  out.source = source_;
  out.value.bram = blockMemories(block, *family_);
  if (!fit) return out;
  const Features features = featuresOf(block, *family_, products_);
  out.value.lut = fit->lut.estimate(features.lut);
  out.value.ff = fit->ff.estimate(features.ff);
  out.larger = out.value.lut > fit->lut.largest ? 1 : 0;
  out.low = out.high = out.value;
  out.low->lut *= fit->lut.low;
  out.low->ff *= fit->ff.low;
  out.high->lut *= fit->lut.high;
  out.high->ff *= fit->ff.high;
  return out;
}

Result<const CalibratedModel*> calibratedModel(const Family& family) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<const CalibratedModel>> models;
  const std::lock_guard lock(mutex);
  auto& model = models[family.name];
  if (!model) {
    const auto table = calibrationData(family.name);
    if (!table) return tl::make_unexpected(table.error());
    model = std::make_unique<const CalibratedModel>(*table, family);
  }
  return model.get();
}

}  // namespace a2q
