// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/network/graph_lanes.h"

#include <algorithm>
#include <optional>

namespace a2q::views {
namespace {

constexpr int kUnplaced = -1;

/// Boxes one behind the other that belong in one lane, with the placed boxes at both ends; without
/// boxes it is an edge alone.
struct Branch {
  std::optional<std::size_t> before;
  std::vector<std::size_t> boxes;
  std::optional<std::size_t> behind;
};

class Assignment {
 public:
  explicit Assignment(const std::vector<std::vector<std::size_t>>& inputs)
      : inputs_(inputs), on_path_(inputs.size(), false), consumers_(inputs.size()) {
    lanes_.ranks.assign(inputs.size(), 0);
    lanes_.lanes.assign(inputs.size(), kUnplaced);
    for (std::size_t box = 0; box < inputs.size(); ++box) {
      for (const std::size_t input : inputs[box]) {
        consumers_[input].push_back(box);
        lanes_.ranks[box] = std::max(lanes_.ranks[box], lanes_.ranks[input] + 1);
      }
    }
  }

  Lanes run() {
    if (inputs_.empty()) return lanes_;
    findBranches();
    // Short ways are near the main chain: nested branches then do not cross.
    std::stable_sort(branches_.begin() + 1, branches_.end(), [this](const auto& a, const auto& b) {
      return lastRank(a) - firstRank(a) < lastRank(b) - firstRank(b);
    });
    for (const Branch& branch : branches_) place(branch);
    return lanes_;
  }

 private:
  void findBranches();
  [[nodiscard]] std::vector<std::size_t> longestChain() const;
  [[nodiscard]] bool consecutive(std::size_t from, std::size_t to) const;
  void place(const Branch& branch);
  [[nodiscard]] int freeLane(int first, int last);
  void connect(std::size_t from, std::size_t to, int lane) {
    lanes_.edges.push_back({from, to, lane});
  }
  [[nodiscard]] int firstRank(const Branch& branch) const {
    return branch.before ? lanes_.ranks[*branch.before] + 1 : lanes_.ranks[branch.boxes.front()];
  }
  [[nodiscard]] int lastRank(const Branch& branch) const {
    return branch.behind ? lanes_.ranks[*branch.behind] - 1 : lanes_.ranks[branch.boxes.back()];
  }

  const std::vector<std::vector<std::size_t>>& inputs_;
  std::vector<bool> on_path_;
  std::vector<std::vector<std::size_t>> consumers_;
  std::vector<Branch> branches_;
  std::vector<std::vector<bool>> taken_;  ///< by lane and rank
  Lanes lanes_;
};

/// The longest chain of boxes that no branch has yet.
std::vector<std::size_t> Assignment::longestChain() const {
  std::vector<int> length(inputs_.size(), 0);
  std::vector<std::optional<std::size_t>> before(inputs_.size());
  std::optional<std::size_t> end;
  for (std::size_t box = 0; box < inputs_.size(); ++box) {
    if (on_path_[box]) continue;
    length[box] = 1;
    for (const std::size_t input : inputs_[box]) {
      if (on_path_[input] || length[input] < length[box]) continue;
      length[box] = length[input] + 1;
      before[box] = input;
    }
    if (!end || length[box] > length[*end]) end = box;
  }
  std::vector<std::size_t> chain;
  for (auto box = end; box; box = before[*box]) chain.push_back(*box);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

bool Assignment::consecutive(std::size_t from, std::size_t to) const {
  return std::any_of(branches_.begin(), branches_.end(), [&](const Branch& branch) {
    if (branch.boxes.empty()) return false;
    if (branch.before == from && branch.boxes.front() == to) return true;
    if (branch.behind == to && branch.boxes.back() == from) return true;
    const auto at = std::find(branch.boxes.begin(), branch.boxes.end(), from);
    return at != branch.boxes.end() && at + 1 != branch.boxes.end() && *(at + 1) == to;
  });
}

void Assignment::findBranches() {
  for (auto chain = longestChain(); !chain.empty(); chain = longestChain()) {
    Branch branch;
    branch.boxes = chain;
    if (!inputs_[chain.front()].empty()) branch.before = inputs_[chain.front()].front();
    if (!consumers_[chain.back()].empty()) branch.behind = consumers_[chain.back()].front();
    for (const std::size_t box : chain) on_path_[box] = true;
    branches_.push_back(std::move(branch));
  }
  std::vector<Branch> edges;
  for (std::size_t box = 0; box < inputs_.size(); ++box) {
    for (const std::size_t input : inputs_[box]) {
      if (!consecutive(input, box)) edges.push_back({input, {}, box});
    }
  }
  branches_.insert(branches_.end(), edges.begin(), edges.end());
}

int Assignment::freeLane(int first, int last) {
  for (std::size_t lane = 0;; ++lane) {
    if (lane == taken_.size()) taken_.emplace_back();
    auto& ranks = taken_[lane];
    if (static_cast<int>(ranks.size()) <= last) ranks.resize(static_cast<std::size_t>(last) + 1);
    const bool is_free = std::none_of(ranks.begin() + first, ranks.begin() + last + 1,
                                      [](bool used) { return used; });
    if (!is_free) continue;
    std::fill(ranks.begin() + first, ranks.begin() + last + 1, true);
    lanes_.lane_count = std::max(lanes_.lane_count, static_cast<int>(lane) + 1);
    return static_cast<int>(lane);
  }
}

void Assignment::place(const Branch& branch) {
  const int first = firstRank(branch);
  const int last = lastRank(branch);
  // An edge between neighbours needs no lane of its own: it bends in the gap between the ranks.
  const int lane = first <= last ? freeLane(first, last) : 0;
  for (const std::size_t box : branch.boxes) lanes_.lanes[box] = lane;
  if (branch.boxes.empty()) {
    connect(*branch.before, *branch.behind, lane);
    return;
  }
  if (branch.before) connect(*branch.before, branch.boxes.front(), lane);
  for (std::size_t i = 1; i < branch.boxes.size(); ++i) {
    connect(branch.boxes[i - 1], branch.boxes[i], lane);
  }
  if (branch.behind) connect(branch.boxes.back(), *branch.behind, lane);
}

}  // namespace

Lanes assignLanes(const std::vector<std::vector<std::size_t>>& inputs) {
  return Assignment(inputs).run();
}

}  // namespace a2q::views
