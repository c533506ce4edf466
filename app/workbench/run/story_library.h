// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/workbench/project/project_session.h"
#include "views/common/run_story.h"

namespace a2q::workbench {

/// The stories of runs that are stored, read on the project's lane and kept as long as memory
/// allows. A run that is stored anew, with another digest, is read anew.
class StoryLibrary : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostBytes = std::size_t{512} << 20;

  explicit StoryLibrary(QObject* parent = nullptr, std::size_t most_bytes = kMostBytes);

  /// The project whose runs are asked for; forgets those of another. Null: none.
  void setProject(SessionPointer project);
  /// Reads a run; the answer is a signal, later, also for one that is there already. One answer
  /// for requests that come before it.
  void request(const std::string& uuid);
  /// A story that is in memory and up to date; null: it must be requested.
  [[nodiscard]] views::StoryPointer find(const std::string& uuid);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] bool busy() const { return !wanted_.empty(); }
  /// Delivers what was read; a timer calls it while something is awaited.
  void poll();

 Q_SIGNALS:
  void storyLoaded(const std::string& uuid, const a2q::views::StoryPointer& story);
  void storyFailed(const std::string& uuid, const a2q::Error& error);

 private:
  /// Names what is stored of a run at the moment.
  struct Key {
    std::string uuid;
    std::string digest;
    auto operator<=>(const Key&) const = default;
  };
  struct Answer {
    Key key;
    Result<views::StoryPointer> story;
    std::size_t bytes = 0;
  };
  /// Shared with the lane, which may outlive this object.
  struct Answers {
    std::mutex mutex;
    std::vector<Answer> list;
  };
  struct Kept {
    Key key;
    views::StoryPointer story;
    std::size_t bytes = 0;
  };

  [[nodiscard]] std::optional<Key> keyOf(const std::string& uuid) const;
  void put(const Answer& answer);
  void deliver(const Answer& answer);
  void keep(const Answer& answer);

  std::size_t most_bytes_;
  SessionPointer project_;
  std::shared_ptr<Answers> answers_;
  std::set<Key> wanted_;
  std::list<Kept> kept_;  ///< used last first
  std::size_t bytes_ = 0;
  QTimer timer_;
};

}  // namespace a2q::workbench
