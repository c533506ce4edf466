// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <memory>
#include <vector>

#include "views/common/qcustomplot.h"
#include "views/common/run_story.h"

namespace a2q::views::testing {

/// P 8 and inputs [0, 15]: the budget is 127/16 = 7.9375, so 7. Channel 0: ‖q‖₁ 6, [−30, 60];
/// channel 1: 8, [−15, 105], over the budget and inside P; channel 2: zeros; channel 3: 9, [0,
/// 135].
inline LayerSnapshot tight() {
  LayerSnapshot layer;
  layer.layer = "conv2";
  layer.accumulator = BitWidth{8};
  layer.inputs = {0, 15};
  layer.budget = l1Budget(L1Rule::kA2q, BitWidth{8}, IntegerFormat{BitWidth{4}});
  layer.k = 4;
  layer.channels = {{4, 2}, {7, 1}, {0, 0}, {9, 0}};
  layer.zeros = 5;
  layer.levels = {1, 0, 2, 5, 6, 0, 2};  // −3..3
  return layer;
}

/// Without P: two channels, signed inputs [−8, 7]: [−67, 68] and [−24, 21].
inline LayerSnapshot freeLayer(const char* name) {
  LayerSnapshot layer;
  layer.layer = name;
  layer.inputs = {-8, 7};
  layer.k = 9;
  layer.channels = {{4, 5}, {3, 0}};
  layer.zeros = 1;
  layer.levels = {0, 1, 3};  // −1..1
  return layer;
}

/// A run with these layers.
inline std::shared_ptr<RunStory> storyOf(std::vector<LayerSnapshot> layers) {
  auto story = std::make_shared<RunStory>();
  story->name = "run-1";
  story->layers = std::make_shared<const std::vector<LayerSnapshot>>(std::move(layers));
  return story;
}

/// Two free layers around the one with a budget.
inline std::shared_ptr<RunStory> usualStory() {
  return storyOf({freeLayer("conv1"), tight(), freeLayer("fc")});
}

/// The first plot of a view.
template <class View>
QCustomPlot& plotOf(const View& view) {
  return *view.template findChild<QCustomPlot*>();
}

/// Shows a view and waits until it is drawn.
template <class View>
void shownAt(View& view, QSize size) {
  view.resize(size);
  view.show();
  QVERIFY(QTest::qWaitForWindowExposed(&view));
  plotOf(view).replot();
}

/// One channel of that layer.
inline IntegerWeights weightsOf(const std::vector<std::int32_t>& values) {
  return {.layer = "conv2",
          .channels = 1,
          .k = static_cast<DotLength>(values.size()),
          .weight_bits = {4},
          .input_format = {{4}, Signedness::kUnsigned},
          .input_range = {0, 15},
          .accumulator = BitWidth{8},
          .rule = {},
          .values = values};
}

}  // namespace a2q::views::testing
