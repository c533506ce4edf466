// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <cstddef>

class QLabel;
class QToolButton;

namespace a2q::views {

enum class SynthesisPhase { kIdle, kRunning, kStopping };

/// How a synthesis of the design stands.
struct SynthesisState {
  SynthesisPhase phase = SynthesisPhase::kIdle;
  std::size_t done = 0;  ///< of `blocks`, while it runs
  std::size_t blocks = 0;
  QString why_not;  ///< it cannot begin, and what to do; empty: it can
  bool operator==(const SynthesisState&) const = default;
};

/// "3 of 7 blocks".
[[nodiscard]] QString blocksText(const SynthesisState& state);

/// A button that begins the synthesis, or stops it, and how far it is.
class SynthesisBox : public QWidget {
  Q_OBJECT

 public:
  explicit SynthesisBox(QWidget* parent = nullptr);

  void showState(const SynthesisState& state);

 Q_SIGNALS:
  void synthesisWanted();
  void stopWanted();

 private:
  QToolButton* button_ = nullptr;
  QLabel* progress_ = nullptr;
  SynthesisState state_;
};

}  // namespace a2q::views
