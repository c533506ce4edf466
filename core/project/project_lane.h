// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <functional>
#include <future>
#include <type_traits>
#include <utility>

namespace a2q {

/// The one thread that calls HDF5, started on first use: what is given to it runs in the order it
/// came. Functions of this room go there by themselves, so that callers need not know.
class ProjectLane {
 public:
  virtual ~ProjectLane() = default;
  /// Runs later; never waits.
  virtual void post(std::function<void()> work) = 0;
  /// Whether the caller is the lane itself.
  [[nodiscard]] virtual bool isCurrent() const = 0;

  /// Runs `work` on the lane and waits for its value; at once when the caller is the lane.
  template <class Work>
  std::invoke_result_t<Work> run(Work work) {
    if (isCurrent()) return work();
    std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
    auto value = task.get_future();
    post([&task] { task(); });
    return value.get();
  }
};

[[nodiscard]] ProjectLane& projectLane();

}  // namespace a2q
