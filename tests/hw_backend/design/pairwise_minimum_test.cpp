// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/design/pairwise_minimum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace a2q::testing {
namespace {

constexpr double kForbidden = std::numeric_limits<double>::infinity();

double costOf(const PairwiseProblem& problem, const std::vector<std::size_t>& values) {
  double cost = 0;
  for (std::size_t i = 0; i < values.size(); ++i) cost += problem.single[i][values[i]];
  for (const auto& pair : problem.pairs) {
    cost += pair.cost[values[pair.a] * problem.single[pair.b].size() + values[pair.b]];
  }
  return cost;
}

double leastOf(const PairwiseProblem& problem) {
  std::vector<std::size_t> values(problem.single.size(), 0);
  double least = kForbidden;
  for (;;) {
    least = std::min(least, costOf(problem, values));
    std::size_t i = 0;
    while (i < values.size() && ++values[i] == problem.single[i].size()) values[i++] = 0;
    if (i == values.size()) return least;
  }
}

/// Costs are small whole numbers, so that sums are exact in any order.
PairwiseProblem randomProblem(std::mt19937& random, std::size_t variables, double density) {
  PairwiseProblem problem;
  const auto cost = [&random] {
    const auto drawn = random() % 20;
    return drawn == 0 ? kForbidden : static_cast<double>(drawn);
  };
  for (std::size_t i = 0; i < variables; ++i) {
    std::vector<double> single(1 + random() % 4);
    for (double& one : single) one = cost();
    problem.single.push_back(single);
  }
  std::uniform_real_distribution<double> chance(0, 1);
  for (std::size_t a = 0; a < variables; ++a) {
    for (std::size_t b = 0; b < variables; ++b) {
      if (a == b || chance(random) >= density) continue;
      PairwiseProblem::Pair pair{a, b, {}};
      pair.cost.resize(problem.single[a].size() * problem.single[b].size());
      for (double& one : pair.cost) one = cost();
      problem.pairs.push_back(std::move(pair));
    }
  }
  return problem;
}

TEST(PairwiseMinimum, EqualsTryingEverything) {
  std::mt19937 random(7);
  int impossible = 0;
  for (int i = 0; i < 400; ++i) {
    // From no pairs at all to all with all.
    const PairwiseProblem problem = randomProblem(random, 1 + random() % 6, (i % 5) * 0.25);
    const double least = leastOf(problem);
    const auto answer = minimise(problem);
    ASSERT_EQ(answer.has_value(), !std::isinf(least));
    impossible += answer ? 0 : 1;
    if (!answer) continue;
    EXPECT_EQ(answer->cost, least);
    EXPECT_EQ(costOf(problem, answer->values), least);
  }
  EXPECT_GT(impossible, 0);
  EXPECT_LT(impossible, 200);
}

}  // namespace
}  // namespace a2q::testing
