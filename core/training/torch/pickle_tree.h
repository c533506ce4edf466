// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

namespace a2q {

/// Position of a node of a PickleTree.
struct PickleRef {
  std::uint32_t node = 0;
};

/// None, a plain value, or a node.
using PickleValue = std::variant<std::monostate, bool, std::int64_t, double, PickleRef>;

enum class PickleKind {
  kText,     ///< text
  kTuple,    ///< items
  kList,     ///< items
  kDict,     ///< items: key, value, key, value, ...
  kClass,    ///< text: "torch.FloatStorage"; a name and nothing more
  kStorage,  ///< text: name of the record; items: class
  kTensor,   ///< items: storage, offset, sizes, strides
};

/// What a pickle holds that is more than a number.
struct PickleNode {
  PickleKind kind = PickleKind::kText;
  std::string text;
  std::vector<PickleValue> items;
};

/// What a pickle describes. Nodes may refer to each other in circles.
struct PickleTree {
  std::vector<PickleNode> nodes;
  PickleValue root;

  /// The node behind a value when it has the kind; nullptr otherwise.
  [[nodiscard]] const PickleNode* find(const PickleValue& value, PickleKind kind) const;
};

/// Reads the part of Python's pickle (protocol 2) that torch.save writes for tensors in
/// dictionaries, tuples and lists. Nothing is executed: classes are names, and a name that is not
/// on a short list ends the reading. LibTorch's own reader does not take the OrderedDict of a
/// state_dict() before version 2.1 and trusts the sizes in the file. The error arm is the reason.
[[nodiscard]] tl::expected<PickleTree, std::string> readPickle(std::span<const std::byte> bytes);

}  // namespace a2q
