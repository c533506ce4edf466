// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <vector>

#include "app/workbench/run/run_controller.h"
#include "core/base/result.h"
#include "core/network/experiment.h"

namespace a2q::workbench {

/// What the window is about: a project with its specification, and the last run of it.
class Document {
 public:
  /// Starts with the sample that ships with the program.
  Document();

  /// A new project around a specification; on an error the document stays as it is.
  [[nodiscard]] Status open(const std::filesystem::path& path);
  void openSample();
  /// Changes the specification of the project that is open.
  void setExperiment(const Experiment& experiment, const QString& source);
  /// Takes a project that was opened, with the specification in it.
  [[nodiscard]] Status adopt(const SessionPointer& project);
  /// The specification is saved in the project.
  void markSaved();

  [[nodiscard]] const Experiment& experiment() const { return experiment_; }
  [[nodiscard]] QString name() const;
  /// Where the specification came from, in words.
  [[nodiscard]] QString source() const { return source_; }
  [[nodiscard]] bool isSample() const { return is_sample_; }
  /// "a2q, W4A4, 16-bit accumulators, 5 epochs on digits".
  [[nodiscard]] QString summary() const;

  [[nodiscard]] const SessionPointer& project() const { return project_; }
  /// Whether closing now would lose something: changes, or runs of a project never saved.
  [[nodiscard]] bool isModified() const;

  [[nodiscard]] const RecordPointer& record() const { return record_; }
  void setRecord(RecordPointer record) { record_ = std::move(record); }

  /// The layers before the first batch: formats and budgets, no channels.
  [[nodiscard]] std::vector<LayerSnapshot> plannedLayers() const;

 private:
  void replace(const Experiment& experiment, const QString& source, SessionPointer project);

  Experiment experiment_;
  Experiment saved_experiment_;
  SessionPointer project_;
  QString source_;
  bool is_sample_ = false;
  RecordPointer record_;
};

/// The layers of a run as it ended, exactly those that its certificate judges.
[[nodiscard]] std::vector<LayerSnapshot> finalLayers(const RunRecord& record);

}  // namespace a2q::workbench
