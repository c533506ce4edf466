// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/stage_constants.h"

namespace a2q {
namespace {

/// Rows of `values` in an order, the numbers of each in another one.
template <class T>
std::vector<T> reordered(const std::vector<T>& values, const StreamOrder& rows,
                         const StreamOrder& columns) {
  std::vector<T> out;
  out.reserve(values.size());
  const auto length = static_cast<std::int64_t>(columns.size());
  for (const std::int64_t row : rows)
    for (const std::int64_t column : columns)
      out.push_back(values[static_cast<std::size_t>(row * length + column)]);
  return out;
}

StreamOrder asTheyAre(std::int64_t count) { return pixelOrder({count, 1, 1}); }

class Constants {
 public:
  Constants(const IntegerNetwork& network, const std::vector<StreamOrder>& orders)
      : network_(network), orders_(orders) {}

  void add(std::size_t at) {
    const IntegerNode& node = network_.nodes[at];
    if (const auto* dot = std::get_if<DotProduct>(&node.operation)) addWeights(node, *dot);
    if (const auto* thresholds = std::get_if<Thresholds>(&node.operation))
      found_.thresholds = reordered(thresholds->values, channelOrder(node.output, orders_[at]),
                                    asTheyAre(thresholds->levels()));
  }
  [[nodiscard]] BlockConstants take() { return std::move(found_); }

 private:
  void addWeights(const IntegerNode& node, const DotProduct& dot) {
    const Shape& input = network_.nodes[node.inputs.front()].output;
    const StreamOrder& order = orders_[node.inputs.front()];
    const std::vector<std::int32_t>& values = dot.weights.values;
    if (dot.groups > 1) {
      found_.weights = reordered(values, channelOrder(input, order), asTheyAre(dot.weights.k));
      return;
    }
    // Over the whole plane the stream itself is the vector; else a window gives it.
    const bool whole =
        dot.kernel == Extent{input.height, input.width} && dot.padding == Extent{0, 0};
    const StreamOrder columns =
        whole ? order : pixelOrder({input.channels, dot.kernel.height, dot.kernel.width});
    found_.weights = reordered(values, asTheyAre(dot.weights.channels), columns);
  }

  const IntegerNetwork& network_;
  const std::vector<StreamOrder>& orders_;
  BlockConstants found_;
};

}  // namespace

BlockConstants layerConstants(const DesignLayer& layer, const IntegerNetwork& network,
                              const std::vector<StreamOrder>& orders) {
  Constants constants(network, orders);
  for (const std::size_t node : layer.nodes) constants.add(node);
  return constants.take();
}

}  // namespace a2q
