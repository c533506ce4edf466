// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/training_curves/run_curves.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/training/step_series.h"

namespace a2q::views {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr double kPercent = 100;

const char* columnName(CurveKind kind) {
  switch (kind) {
    case CurveKind::kLoss: return "batch_loss";
    case CurveKind::kScore: return "batch_score";
    case CurveKind::kLearningRate: return "learning_rate";
    case CurveKind::kPenalty: return "penalty";
    case CurveKind::kMargin: return "worst_margin_bits";
    case CurveKind::kSparsity: return "sparsity";
    case CurveKind::kThroughput: break;
  }
  return "seconds";
}

/// What a stored value is multiplied by to be drawn.
double unitOf(CurveKind kind, Metric metric) {
  const bool share =
      kind == CurveKind::kSparsity || (kind == CurveKind::kScore && metric == Metric::kAccuracy);
  return share ? kPercent : 1;
}

/// Equal to the bit: NaN equals NaN.
bool sameRow(const ScalarSeries& a, const ScalarSeries& b, std::size_t row) {
  const auto left = a.row(row);
  const auto right = b.row(row);
  return left.size() == right.size() &&
         std::memcmp(left.data(), right.data(), left.size_bytes()) == 0;
}

}  // namespace

double MovingMean::next(double value) {
  if (!std::isfinite(value) || weight_ <= 0) return value;
  sum_ = weight_ * sum_ + (1 - weight_) * value;
  total_ = weight_ * total_ + (1 - weight_);
  return sum_ / total_;
}

bool RunCurves::extends(const RunStory& story) const {
  if (!story_ || story_->uuid != story.uuid || story_->name != story.name) return false;
  const std::size_t known = story_->steps.rows();
  if (story.steps.rows() < known || story_->metric != story.metric) return false;
  if (story.steps.columns() != story_->steps.columns()) return known == 0;
  return known == 0 ||
         (sameRow(story_->steps, story.steps, 0) && sameRow(story_->steps, story.steps, known - 1));
}

void RunCurves::show(const StoryPointer& story, const CurveOptions& options) {
  const bool go_on = options == options_ && extends(*story);
  if (!go_on) {
    curves_.clear();
    epoch_ends_.clear();
    rows_read_ = float_rows_ = 0;
  }
  story_ = story;
  options_ = options;
  readColumns();
  readPhases();
  for (auto& [kind, curve] : curves_) extend(kind, curve);
}

void RunCurves::readColumns() {
  columns_.main_phase = columnOf(story_->steps, "main_phase");
  columns_.epoch = columnOf(story_->steps, "epoch");
  columns_.seconds = columnOf(story_->steps, "seconds");
  for (const CurveKind kind : kCurveKinds) {
    columns_.values[kind] = columnOf(story_->steps, columnName(kind));
  }
}

void RunCurves::readPhases() {
  const std::size_t rows = steps();
  double epoch_before = 0;
  double main_before = 0;
  const auto read = [&](std::size_t at, double& epoch, double& main) {
    const auto row = story_->steps.row(at);
    epoch = columns_.epoch ? row[*columns_.epoch] : 1;
    main = columns_.main_phase ? row[*columns_.main_phase] : 1;
  };
  if (rows_read_ > 0 && rows_read_ < rows) read(rows_read_ - 1, epoch_before, main_before);
  for (; rows_read_ < rows; ++rows_read_) {
    double epoch = 1;
    double main = 1;
    read(rows_read_, epoch, main);
    if (main < 0.5) float_rows_ = rows_read_ + 1;
    const bool begins = epoch != epoch_before || main != main_before;
    if (rows_read_ > 0 && begins) epoch_ends_.push_back(rows_read_);
    epoch_before = epoch;
    main_before = main;
  }
}

double RunCurves::stepsPerEpoch() const {
  // Of the first epoch only its steps so far are known.
  return static_cast<double>(epoch_ends_.empty() ? std::max<std::size_t>(steps(), 1)
                                                 : epoch_ends_.front());
}

double RunCurves::keyAt(std::size_t row) const {
  const auto step = static_cast<double>(row + 1);
  switch (options_.unit) {
    case KeyUnit::kStep: return step;
    case KeyUnit::kEpoch: return step / stepsPerEpoch();
    case KeyUnit::kSeconds: break;
  }
  return columns_.seconds ? story_->steps.row(row)[*columns_.seconds] : step;
}

const RunCurves::Curve& RunCurves::curve(CurveKind kind) {
  const auto found = curves_.find(kind);
  if (found != curves_.end()) return found->second;
  Curve& curve = curves_[kind];
  const bool smoothed = isNoisy(kind) && options_.smoothing > 0;
  curve.line = std::make_shared<SeriesPyramid>();
  if (smoothed && ghosts_ == Ghosts::kKept) curve.ghost = std::make_shared<SeriesPyramid>();
  curve.mean = MovingMean(smoothed ? options_.smoothing : 0);
  if (story_) extend(kind, curve);
  return curve;
}

RunCurves::Values RunCurves::valuesOf(CurveKind kind) const {
  return {columns_.values.at(kind), unitOf(kind, story_->metric),
          kind == CurveKind::kThroughput
              ? static_cast<double>(story_->experiment.training.batch_size)
              : 0};
}

double RunCurves::Values::at(const ScalarSeries& steps, std::size_t row) const {
  if (!column) return kAbsent;
  const double value = steps.row(row)[*column];
  if (samples == 0) return value * unit;
  if (row == 0) return kAbsent;
  const double taken = value - steps.row(row - 1)[*column];
  return taken > 0 ? samples / taken : kAbsent;
}

void RunCurves::extend(CurveKind kind, Curve& curve) {
  const Values values = valuesOf(kind);
  const bool own_keys = options_.unit == KeyUnit::kSeconds;
  const auto append = [&](SeriesPyramid& series, double value) {
    own_keys ? series.append(keyAt(curve.rows), value) : series.append(value);
  };
  for (const std::size_t rows = steps(); curve.rows < rows; ++curve.rows) {
    const double value = values.at(story_->steps, curve.rows);
    append(*curve.line, curve.mean.next(value));
    if (curve.ghost) append(*curve.ghost, value);
  }
  const double distance = options_.unit == KeyUnit::kEpoch ? 1 / stepsPerEpoch() : 1;
  curve.line->setEvenKeys(distance, distance);
  if (curve.ghost) curve.ghost->setEvenKeys(distance, distance);
}

std::shared_ptr<const SeriesPyramid> RunCurves::tests(CurveKind kind) const {
  auto series = std::make_shared<SeriesPyramid>();
  if (!story_ || !isTested(kind) || steps() == 0) return series;
  for (std::size_t i = 0; i < story_->epochs.size() && i <= epoch_ends_.size(); ++i) {
    const EpochRecord& epoch = story_->epochs[i];
    const std::size_t end = i < epoch_ends_.size() ? epoch_ends_[i] : steps();
    series->append(keyAt(end - 1), kind == CurveKind::kLoss
                                       ? epoch.test_loss
                                       : epoch.test_score * unitOf(kind, story_->metric));
  }
  return series;
}

std::optional<double> RunCurves::floatEnd() const {
  if (float_rows_ == 0) return std::nullopt;
  return keyAt(float_rows_ - 1);
}

}  // namespace a2q::views
