// SPDX-License-Identifier: GPL-3.0-or-later
// How hard the built-in digits are for models without hidden layers; what a convolutional network
// makes of them is tested with the trainer.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/data/counter_random.h"
#include "core/data/digit_generator.h"

namespace a2q {
namespace {

constexpr std::size_t kPixels = 28 * 28;
constexpr std::size_t kInputs = kPixels + 1;  // the last is the bias
constexpr std::size_t kClasses = 10;
using Scores = std::array<float, kClasses>;

// Softmax regression trained by mini-batch Adam.
class LinearModel {
 public:
  [[nodiscard]] Scores scores(std::span<const std::uint8_t> image) const {
    Scores out;
    for (std::size_t k = 0; k < kClasses; ++k) {
      const float* const row = &weight_[k * kInputs];
      float sum = row[kPixels];
      for (std::size_t i = 0; i < kPixels; ++i) sum += row[i] * image[i] * (1.0F / 255);
      out[k] = sum;
    }
    return out;
  }

  void trainOn(const ImageSet& set, std::span<const std::int64_t> batch, float rate) {
    std::fill(gradient_.begin(), gradient_.end(), 0.0F);
    for (const std::int64_t index : batch) {
      accumulate(set.image(index), set.labels[static_cast<std::size_t>(index)]);
    }
    ++step_;
    const float first = 1 / (1 - std::pow(0.9F, step_));
    const float second = 1 / (1 - std::pow(0.999F, step_));
    const float scale = 1 / static_cast<float>(batch.size());
    for (std::size_t i = 0; i < weight_.size(); ++i) {
      const float slope = gradient_[i] * scale;
      mean_[i] += 0.1F * (slope - mean_[i]);
      square_[i] += 0.001F * (slope * slope - square_[i]);
      weight_[i] -= rate * mean_[i] * first / (std::sqrt(square_[i] * second) + 1e-8F);
    }
  }

 private:
  void accumulate(std::span<const std::uint8_t> image, std::uint8_t label) {
    Scores error = scores(image);
    const float top = *std::max_element(error.begin(), error.end());
    for (float& value : error) value = std::exp(value - top);
    const float sum = std::accumulate(error.begin(), error.end(), 0.0F);
    for (std::size_t k = 0; k < kClasses; ++k) {
      const float slope = error[k] / sum - (k == label ? 1.0F : 0.0F);
      float* const row = &gradient_[k * kInputs];
      for (std::size_t i = 0; i < kPixels; ++i) row[i] += slope * image[i] * (1.0F / 255);
      row[kPixels] += slope;
    }
  }

  std::vector<float> weight_ = std::vector<float>(kClasses * kInputs);
  std::vector<float> gradient_ = weight_;
  std::vector<float> mean_ = weight_;
  std::vector<float> square_ = weight_;
  float step_ = 0;
};

double accuracy(const ImageSet& set, const auto& scores_of) {
  std::int64_t right = 0;
  for (std::int64_t i = 0; i < set.count(); ++i) {
    const Scores scores = scores_of(set.image(i));
    const auto best = std::max_element(scores.begin(), scores.end()) - scores.begin();
    right += best == set.labels[static_cast<std::size_t>(i)] ? 1 : 0;
  }
  return static_cast<double>(right) / static_cast<double>(set.count());
}

std::vector<std::int64_t> shuffled(std::int64_t count, std::uint64_t epoch) {
  std::vector<std::int64_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  CounterRandom random(1, 99, epoch);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  }
  return order;
}

class DigitDifficulty : public testing::Test {
 protected:
  ImageSet train_ = generateDigits(1, DigitSplit::kTrain, kDigitsTrainCount);
  ImageSet test_ = generateDigits(1, DigitSplit::kTest, kDigitsTestCount);
};

TEST_F(DigitDifficulty, ASoftmaxRegressionStaysBelow92PerCent) {
  constexpr int kEpochs = 20;
  constexpr std::size_t kBatch = 64;
  LinearModel model;
  double best = 0;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    const float rate = 2e-3F * static_cast<float>(kEpochs - epoch) / kEpochs;
    const auto order = shuffled(train_.count(), static_cast<std::uint64_t>(epoch));
    for (std::size_t at = 0; at < order.size(); at += kBatch) {
      const std::size_t size = std::min(kBatch, order.size() - at);
      model.trainOn(train_, std::span(order).subspan(at, size), rate);
    }
    best = std::max(best, accuracy(test_, [&](auto image) { return model.scores(image); }));
  }
  RecordProperty("best_accuracy", std::to_string(best));
  EXPECT_LT(best, 0.92);
  EXPECT_GT(best, 0.50);
}

TEST_F(DigitDifficulty, TheNearestClassMeanIsNoMatch) {
  std::vector<float> means(kClasses * kPixels);
  std::array<float, kClasses> counts{};
  for (std::int64_t n = 0; n < train_.count(); ++n) {
    const std::uint8_t label = train_.labels[static_cast<std::size_t>(n)];
    counts.at(label) += 1;
    const auto image = train_.image(n);
    for (std::size_t i = 0; i < kPixels; ++i) means[label * kPixels + i] += image[i];
  }
  const double right = accuracy(test_, [&](auto image) {
    Scores scores{};
    for (std::size_t k = 0; k < kClasses; ++k) {
      for (std::size_t i = 0; i < kPixels; ++i) {
        const float gap = means[k * kPixels + i] / counts.at(k) - image[i];
        scores[k] -= gap * gap;
      }
    }
    return scores;
  });
  RecordProperty("accuracy", std::to_string(right));
  EXPECT_LT(right, 0.85);
  EXPECT_GT(right, 0.40);
}

}  // namespace
}  // namespace a2q
