// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/data/data_set.h"
#include "core/network/network_spec.h"

namespace a2q {

/// How many samples codesOf() can give: the images, or of photographs any number of patches.
[[nodiscard]] std::int64_t sampleCount(const DataSet& data, DataPart part);

/// Input codes of samples first..first+count−1, [count, C, H, W]: images as they are, photographs
/// as patches of the network's input size, from all photographs in turn at places that depend on
/// the sample's number alone. The part must fit the network (checkFit()).
[[nodiscard]] std::vector<std::int32_t> codesOf(const DataSet& data, DataPart part,
                                                const InputLayer& input, std::int64_t first,
                                                std::int64_t count);

}  // namespace a2q
