// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/training/parameter_slots.h"
#include "core/training/run_record.h"

namespace a2q {

/// How a tensor was found to be a parameter; the words of WeightMatch::how.
inline constexpr std::string_view kSameName = "same name";
inline constexpr std::string_view kPyTorchName = "name of PyTorch";
inline constexpr std::string_view kOrderAndShape = "order and shape";

/// The tensor (by position) that a parameter takes, and how it was found.
struct SlotMatch {
  std::size_t tensor = 0;
  std::string_view how;
};

/// For every slot its tensor, none where nothing fits. `usable` says which tensors may be taken.
/// Names decide whatever the shapes are. By order, the modules left with weights must be as many
/// as the layers left, of the same shapes one after the other; the same for norms. A file whose
/// modules are sorted by their letters is read in the order of the numbers in them. The error arm
/// names two tensors that both claim one parameter.
[[nodiscard]] Result<std::vector<std::optional<SlotMatch>>> matchSlots(
    const std::vector<ParameterSlot>& slots, const std::vector<NamedTensor>& tensors,
    const std::vector<bool>& usable);

/// Equal shapes, sides of 1 at the end aside: a 1×1 convolution takes the weights of a linear
/// layer, and the other way round.
[[nodiscard]] bool sameShape(std::vector<std::int64_t> a, std::vector<std::int64_t> b);

}  // namespace a2q
