// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/rtl/stream_order.h"

#include <numeric>

namespace a2q {
namespace {

bool isPixel(const Shape& shape) { return shape.height == 1 && shape.width == 1; }

/// One pixel's channels in the order of each input, one input after the other.
StreamOrder joined(const IntegerNetwork& network, const IntegerNode& node,
                   const std::vector<StreamOrder>& orders) {
  StreamOrder order;
  std::int64_t first = 0;
  for (const std::size_t input : node.inputs) {
    for (const std::int64_t place : orders[input]) order.push_back(first + place);
    first += network.nodes[input].output.channels;
  }
  return order;
}

bool mixesChannels(const IntegerNode& node) {
  const auto* dot = std::get_if<DotProduct>(&node.operation);
  return dot != nullptr && dot->groups != node.output.channels;
}

StreamOrder orderOf(const IntegerNetwork& network, const IntegerNode& node,
                    const std::vector<StreamOrder>& orders) {
  if (std::holds_alternative<Flatten>(node.operation)) return orders[node.inputs.front()];
  const bool passes_on = !node.inputs.empty() && isPixel(node.output) &&
                         isPixel(network.nodes[node.inputs.front()].output) && !mixesChannels(node);
  if (!passes_on) return pixelOrder(node.output);
  if (std::holds_alternative<Concat>(node.operation)) return joined(network, node, orders);
  return orders[node.inputs.front()];
}

}  // namespace

StreamOrder pixelOrder(const Shape& shape) {
  StreamOrder order;
  order.reserve(static_cast<std::size_t>(shape.size()));
  for (std::int64_t y = 0; y < shape.height; ++y)
    for (std::int64_t x = 0; x < shape.width; ++x)
      for (std::int64_t c = 0; c < shape.channels; ++c)
        order.push_back((c * shape.height + y) * shape.width + x);
  return order;
}

std::vector<StreamOrder> streamOrders(const IntegerNetwork& network) {
  std::vector<StreamOrder> orders;
  orders.reserve(network.nodes.size());
  for (const IntegerNode& node : network.nodes) orders.push_back(orderOf(network, node, orders));
  return orders;
}

StreamOrder channelOrder(const Shape& shape, const StreamOrder& order) {
  if (isPixel(shape)) return order;
  StreamOrder channels(static_cast<std::size_t>(shape.channels));
  std::iota(channels.begin(), channels.end(), 0);
  return channels;
}

}  // namespace a2q
