// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/network/graph.h"
#include "core/network/quant_plan.h"

namespace a2q {

/// An error together with the place of the specification that caused it, so that the reader of a
/// file can add the line: a layer (its index), or a table of settings ("quant.layers.conv1").
struct SpecFault {
  Error error;
  std::optional<std::size_t> layer;
  std::string setting;
};

template <class T>
using Checked = tl::expected<T, SpecFault>;

[[nodiscard]] inline tl::unexpected<SpecFault> faultAt(std::size_t layer, Error error) {
  return tl::make_unexpected(SpecFault{std::move(error), layer, {}});
}

[[nodiscard]] inline tl::unexpected<SpecFault> faultAt(std::string setting, Error error) {
  return tl::make_unexpected(SpecFault{std::move(error), {}, std::move(setting)});
}

/// The error alone, for callers without a file.
template <class T>
[[nodiscard]] Result<T> withoutPlace(Checked<T>&& checked) {
  if (checked) return std::move(*checked);
  return tl::make_unexpected(std::move(checked).error().error);
}

/// "Did you mean 'x'? " or nothing; safe for words of any length.
[[nodiscard]] std::string didYouMean(std::string_view word,
                                     const std::vector<std::string_view>& candidates);

/// 'word' in quotes, clipped and with control characters made visible.
[[nodiscard]] std::string inQuotes(std::string_view word);

/// What kDepthwise groups of a file become is known only once shapes are: groups = 0 stands for
/// "as many as input channels" between the reader and this function, which fills it in.
inline constexpr std::int64_t kDepthwiseGroups = 0;
[[nodiscard]] Checked<NetworkGraph> resolveGraph(NetworkSpec& network);

[[nodiscard]] Checked<NetworkGraph> checkGraph(const NetworkSpec& network);

[[nodiscard]] Checked<QuantPlan> checkPlan(const NetworkSpec& network, const NetworkGraph& graph,
                                           const QuantSpec& quant);

}  // namespace a2q
