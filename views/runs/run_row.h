// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "views/runs/run_settings.h"

namespace a2q::views {

/// Whether a run that is said to train is trained by somebody, or was interrupted.
enum class Trained { kNow, kByNobody };

/// What the table shows of a run.
struct RunRow {
  std::string uuid;
  QString name;
  QString state;      ///< as a person reads it
  QString state_key;  ///< "finished", in any language; "interrupted"
  QString cause;      ///< why it ended so
  QString created;
  Metric metric = Metric::kAccuracy;
  std::uint64_t seed = 0;
  qint64 epochs = 0;
  std::optional<double> score;     ///< the best test score: a share 0..1, or dB
  std::optional<double> loss;      ///< test loss after the last epoch
  std::optional<double> margin;    ///< bits, after the last epoch
  std::optional<double> sparsity;  ///< 0..1, after the last epoch
  std::optional<bool> safe;
  double seconds = 0;
  SettingsPointer settings;
  bool operator==(const RunRow&) const = default;
};

[[nodiscard]] RunRow rowOf(const ProjectRun& run, Trained trained, SettingsReader& reader);

}  // namespace a2q::views
