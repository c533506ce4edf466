// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "hw_backend/calibration/block_fits.h"
#include "hw_backend/estimate/resource_estimate.h"

namespace a2q {

/// The model fitted to the measurements of a family: a value, and the interval in which 90 % of the
/// measured blocks of that kind lie. Block memories follow from the sizes of the memories.
class CalibratedModel {
 public:
  CalibratedModel(const MeasurementTable& table, const Family& family);

  [[nodiscard]] ResourceEstimate estimate(const Block& block) const;
  [[nodiscard]] const BlockFits& fits() const { return fits_; }

 private:
  const Family* family_;
  ProductTable products_;
  BlockFits fits_;
  std::string source_;
};

/// The model of a family's measurements in use; read and fitted once, lives as long as the program.
/// Errors: those of calibrationData().
[[nodiscard]] Result<const CalibratedModel*> calibratedModel(const Family& family);

}  // namespace a2q
