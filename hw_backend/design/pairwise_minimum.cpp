// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/pairwise_minimum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace a2q {
namespace {

constexpr double kForbidden = std::numeric_limits<double>::infinity();

/// A variable that was replaced: its best value for the values of its neighbours.
struct Removed {
  std::size_t variable = 0;
  std::vector<std::size_t> neighbours;
  std::vector<std::size_t> best;  ///< values of the first × values of the second neighbour
};

class Elimination {
 public:
  explicit Elimination(const PairwiseProblem& problem)
      : single_(problem.single),
        edges_(problem.single.size()),
        left_(problem.single.size(), true),
        values_(problem.single.size(), 0) {
    for (const PairwiseProblem::Pair& pair : problem.pairs) addEdge(pair.a, pair.b, pair.cost);
  }

  std::optional<PairwiseAnswer> solve() {
    while (const auto next = fewestNeighbours()) {
      if (edges_[*next].size() > 2) return tryValues(*next);
      remove(*next);
    }
    if (std::isinf(constant_)) return std::nullopt;
    for (auto step = removed_.rbegin(); step != removed_.rend(); ++step) {
      std::size_t row = 0;
      for (const std::size_t neighbour : step->neighbours) {
        row = row * single_[neighbour].size() + values_[neighbour];
      }
      values_[step->variable] = step->best[row];
    }
    return PairwiseAnswer{constant_, values_};
  }

 private:
  [[nodiscard]] std::size_t sizeOf(std::size_t variable) const { return single_[variable].size(); }

  [[nodiscard]] std::optional<std::size_t> fewestNeighbours() const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      if (left_[i] && (!best || edges_[i].size() < edges_[*best].size())) best = i;
    }
    return best;
  }

  /// Adds a cost of (a, b), kept in both directions so that rows are read in order.
  void addEdge(std::size_t a, std::size_t b, const std::vector<double>& cost) {
    auto& forth = edges_[a][b];
    auto& back = edges_[b][a];
    forth.resize(cost.size(), 0);
    back.resize(cost.size(), 0);
    for (std::size_t i = 0; i < sizeOf(a); ++i) {
      for (std::size_t j = 0; j < sizeOf(b); ++j) {
        forth[i * sizeOf(b) + j] += cost[i * sizeOf(b) + j];
        back[j * sizeOf(a) + i] += cost[i * sizeOf(b) + j];
      }
    }
  }

  /// Replaces a variable by the least cost over its values for each choice of its neighbours.
  void remove(std::size_t variable) {
    Removed step{variable, {}, {}};
    std::vector<const std::vector<double>*> costs;
    std::size_t rows = 1;
    for (const auto& [neighbour, cost] : edges_[variable]) {
      step.neighbours.push_back(neighbour);
      costs.push_back(&edges_[neighbour][variable]);
      rows *= sizeOf(neighbour);
    }
    std::vector<double> least(rows, kForbidden);
    step.best.assign(rows, 0);
    const std::size_t size = sizeOf(variable);
    const std::size_t inner = costs.size() == 2 ? sizeOf(step.neighbours[1]) : 1;
    for (std::size_t row = 0; row < rows; ++row) {
      const double* first = costs.empty() ? nullptr : costs[0]->data() + row / inner * size;
      const double* second = costs.size() < 2 ? nullptr : costs[1]->data() + row % inner * size;
      for (std::size_t v = 0; v < size; ++v) {
        double cost = single_[variable][v];
        if (first != nullptr) cost += first[v];
        if (second != nullptr) cost += second[v];
        if (cost >= least[row]) continue;
        least[row] = cost;
        step.best[row] = v;
      }
    }
    left_[variable] = false;
    for (const std::size_t neighbour : step.neighbours) edges_[neighbour].erase(variable);
    if (costs.empty()) constant_ += least[0];
    if (costs.size() == 1) addTo(single_[step.neighbours[0]], least);
    if (costs.size() == 2) addEdge(step.neighbours[0], step.neighbours[1], least);
    removed_.push_back(std::move(step));
  }

  static void addTo(std::vector<double>& sum, const std::vector<double>& more) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
  }

  std::optional<PairwiseAnswer> tryValues(std::size_t variable) const {
    std::optional<PairwiseAnswer> best;
    for (std::size_t v = 0; v < sizeOf(variable); ++v) {
      Elimination fixed = *this;
      for (std::size_t other = 0; other < sizeOf(variable); ++other) {
        if (other != v) fixed.single_[variable][other] = kForbidden;
      }
      fixed.detach(variable, v);
      auto answer = fixed.solve();
      if (answer && (!best || answer->cost < best->cost)) best = std::move(answer);
    }
    return best;
  }

  /// A variable of one value is no neighbour: its pair costs become single costs.
  void detach(std::size_t variable, std::size_t value) {
    for (const auto& [neighbour, cost] : edges_[variable]) {
      for (std::size_t i = 0; i < sizeOf(neighbour); ++i) {
        single_[neighbour][i] += cost[value * sizeOf(neighbour) + i];
      }
      edges_[neighbour].erase(variable);
    }
    edges_[variable].clear();
  }

  std::vector<std::vector<double>> single_;
  std::vector<std::map<std::size_t, std::vector<double>>> edges_;
  std::vector<bool> left_;
  std::vector<std::size_t> values_;
  std::vector<Removed> removed_;
  double constant_ = 0;
};

}  // namespace

std::optional<PairwiseAnswer> minimise(const PairwiseProblem& problem) {
  return Elimination(problem).solve();
}

}  // namespace a2q
