// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "views/common/run_story.h"
#include "views/common/series_pyramid.h"
#include "views/training_curves/curve_kind.h"

namespace a2q::views {

/// How the values of a run become curves.
struct CurveOptions {
  KeyUnit unit = KeyUnit::kStep;
  double smoothing = 0;  ///< weight of the past, 0..1; 0: none
  bool operator==(const CurveOptions&) const = default;
};

/// The mean of the values so far with weights that halve into the past, without the pull to zero
/// that a start at zero gives: s/c with s ← w·s + (1 − w)·x and c ← w·c + (1 − w).
class MovingMean {
 public:
  explicit MovingMean(double weight) : weight_(weight) {}
  /// NaN for NaN, which leaves the mean as it is.
  double next(double value);

 private:
  double weight_;
  double sum_ = 0;
  double total_ = 0;
};

/// Whether the noisy values are kept beside the smoothed ones.
enum class Ghosts { kKept, kLeftOut };

/// The curves of one run, each built when it is first asked for and extended while the run goes
/// on; a story of another run, or one that is no longer than before, starts anew.
class RunCurves {
 public:
  explicit RunCurves(Ghosts ghosts) : ghosts_(ghosts) {}

  /// One curve; `ghost` is the raw one behind a smoothed line, or null.
  struct Curve {
    std::shared_ptr<SeriesPyramid> line;
    std::shared_ptr<SeriesPyramid> ghost;
    std::size_t rows = 0;  ///< of the steps that are in it
    MovingMean mean{0};
  };

  void show(const StoryPointer& story, const CurveOptions& options);

  [[nodiscard]] const StoryPointer& story() const { return story_; }
  [[nodiscard]] const Curve& curve(CurveKind kind);
  /// The values on the test part, at the key of the last step of each epoch.
  [[nodiscard]] std::shared_ptr<const SeriesPyramid> tests(CurveKind kind) const;
  /// Where the float phase ends; none: there was none.
  [[nodiscard]] std::optional<double> floatEnd() const;
  [[nodiscard]] std::size_t steps() const { return story_ ? story_->steps.rows() : 0; }

 private:
  /// Positions of the columns; none: the series lacks it.
  struct Columns {
    std::optional<std::size_t> main_phase, epoch, seconds;
    std::map<CurveKind, std::optional<std::size_t>> values;
  };

  /// Where the values of a curve are, and what they are multiplied by.
  struct Values {
    std::optional<std::size_t> column;
    double unit = 1;
    double samples = 0;  ///< of a batch, when the value is samples / time since the row before
    [[nodiscard]] double at(const ScalarSeries& steps, std::size_t row) const;
  };

  [[nodiscard]] bool extends(const RunStory& story) const;
  void readColumns();
  void readPhases();
  void extend(CurveKind kind, Curve& curve);
  [[nodiscard]] Values valuesOf(CurveKind kind) const;
  [[nodiscard]] double keyAt(std::size_t row) const;
  [[nodiscard]] double stepsPerEpoch() const;

  Ghosts ghosts_;
  StoryPointer story_;
  CurveOptions options_;
  Columns columns_;
  std::size_t rows_read_ = 0;            ///< by readPhases()
  std::vector<std::size_t> epoch_ends_;  ///< rows before the next epoch, where that has begun
  std::size_t float_rows_ = 0;
  std::map<CurveKind, Curve> curves_;
};

}  // namespace a2q::views
