// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/project/facts.h"

namespace a2q::views {

/// A specification that runs share, and what was read from it.
struct RunSettings {
  enum class State { kWaiting, kRead, kUnreadable };

  std::string text;
  State state = State::kWaiting;
  QString error;        ///< why it is unreadable
  QString method;       ///< "a2q"
  int weight_bits = 0;  ///< M; 0 for float, as N and P
  int activation_bits = 0;
  int accumulator_bits = 0;
  std::vector<Fact> facts;  ///< settingsOf()

  /// The value of a dotted key; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view key) const;

  std::unordered_map<std::string_view, std::string_view> by_key;  ///< into `facts`
};
using SettingsPointer = std::shared_ptr<const RunSettings>;

/// Reads specifications, each text once, a few milliseconds in a turn of the event loop.
class SettingsReader : public QObject {
  Q_OBJECT

 public:
  explicit SettingsReader(QObject* parent);

  /// The settings of a text: read, or to be filled in later. The same pointer for the same text.
  [[nodiscard]] SettingsPointer of(const std::string& text);
  /// Forgets texts that nobody uses any more.
  void forgetUnused();
  /// Reads until the time is up.
  void readSome();
  [[nodiscard]] bool complete() const { return waiting_.empty(); }

 Q_SIGNALS:
  /// Some were read.
  void progressed();

 private:
  std::unordered_map<std::string_view, std::shared_ptr<RunSettings>> known_;
  std::deque<std::shared_ptr<RunSettings>> waiting_;
  QTimer timer_;
};

}  // namespace a2q::views
