// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/hw_backend/rtl/expected.h"

#include <array>

#include "core/integer/plane_operations.h"
#include "core/integer/reference_dot.h"

namespace a2q::rtl_test {

Integers referenceSums(const DotProduct& dot, const Shape& input, const Integers& inputs) {
  const ReferenceDot reference(dot, {});
  IntegerNode node;
  node.operation = dot;
  const Shape output = outputShape(node, {input});
  const std::size_t samples = inputs.size() / static_cast<std::size_t>(input.size());
  Integers sums(samples * static_cast<std::size_t>(output.size()));
  std::vector<ChannelObservation> channels(static_cast<std::size_t>(dot.weights.channels));
  for (std::size_t i = 0; i < samples; ++i)
    reference.run({input, inputs.data() + i * static_cast<std::size_t>(input.size())}, output,
                  sums.data() + i * static_cast<std::size_t>(output.size()), channels);
  return sums;
}

Integers referencePlanes(const IntegerOperation& operation, const Shape& input, const Shape& output,
                         const Integers& inputs) {
  const std::size_t samples = inputs.size() / static_cast<std::size_t>(input.size());
  Integers results(samples * static_cast<std::size_t>(output.size()));
  for (std::size_t i = 0; i < samples; ++i) {
    const std::array views = {
        PlaneView{input, inputs.data() + i * static_cast<std::size_t>(input.size())}};
    runPlanes(operation, views, output,
              results.data() + i * static_cast<std::size_t>(output.size()));
  }
  return results;
}

Integers transposed(const Integers& values, std::int64_t rows, std::int64_t columns) {
  Integers result;
  result.reserve(values.size());
  const std::int64_t size = rows * columns;
  for (std::int64_t first = 0; first < static_cast<std::int64_t>(values.size()); first += size)
    for (std::int64_t column = 0; column < columns; ++column)
      for (std::int64_t row = 0; row < rows; ++row)
        result.push_back(values[static_cast<std::size_t>(first + row * columns + column)]);
  return result;
}

Thresholds thresholdOperation(const ThresholdBlock& block, const BlockConstants& constants) {
  return {block.output, constants.thresholds};
}

}  // namespace a2q::rtl_test
