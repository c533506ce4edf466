// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <filesystem>
#include <vector>

#include "app/workbench/project/project_session.h"
#include "core/base/result.h"
#include "core/network/experiment.h"
#include "core/training/run_record.h"

namespace a2q::workbench {

/// What the window is about: a project with its specification. A change of the specification swaps
/// the whole value, so that undo and redo are swaps too.
class Document : public QObject {
  Q_OBJECT

 public:
  /// Starts with the sample that ships with the program.
  explicit Document(QObject* parent = nullptr);

  /// A new project around a specification; on an error the document stays as it is.
  [[nodiscard]] Status open(const std::filesystem::path& path);
  void openSample();
  /// A new project around a specification made elsewhere: a template.
  void openExperiment(const Experiment& experiment, const QString& source);
  /// Takes a project that was opened, with the specification in it.
  [[nodiscard]] Status adopt(const SessionPointer& project);
  /// The specification is saved in the project.
  void markSaved();

  /// Changes the specification as one step that can be undone; `what` names it: "P 16 → 12".
  void edit(const Experiment& experiment, const QString& what);
  [[nodiscard]] QUndoStack& undoStack() { return undo_; }

  [[nodiscard]] const Experiment& experiment() const { return experiment_; }
  /// As it was opened or saved last.
  [[nodiscard]] const Experiment& savedExperiment() const { return saved_experiment_; }
  [[nodiscard]] QString name() const;
  /// Where the specification came from, in words.
  [[nodiscard]] QString source() const { return source_; }
  [[nodiscard]] bool isSample() const { return is_sample_; }

  [[nodiscard]] const SessionPointer& project() const { return project_; }
  /// Whether closing now would lose something: changes, or runs of a project never saved.
  [[nodiscard]] bool isModified() const;

 Q_SIGNALS:
  /// Another project is open.
  void replaced();
  /// The specification is another one: edited, undone, or of another project.
  void experimentChanged();

 private:
  friend class SwapExperiment;
  void replace(const Experiment& experiment, const QString& source, SessionPointer project);
  void swapTo(const Experiment& experiment);

  Experiment experiment_;
  Experiment saved_experiment_;
  SessionPointer project_;
  QString source_;
  bool is_sample_ = false;
  QUndoStack undo_;
};

/// "A2Q: M 4, N 4, P 16 bits, 5 epochs on digits."
[[nodiscard]] QString summaryOf(const Experiment& experiment);

/// The layers before the first batch: formats and budgets, no channels.
[[nodiscard]] std::vector<LayerSnapshot> plannedLayers(const Experiment& experiment);

}  // namespace a2q::workbench
