// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "core/base/error.h"

namespace a2q {

/// A value or the error that stands in its place.
template <class T>
using Result = tl::expected<T, Error>;

/// Success or an error.
using Status = Result<void>;

/// The error arm of a Result, with the table's remedy unless another is given.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                                std::string cause = {}, std::string remedy = {}) {
  return tl::make_unexpected(
      makeError(code, std::move(message), std::move(cause), std::move(remedy)));
}

/// Hands an error on unchanged.
template <class T>
[[nodiscard]] tl::unexpected<Error> forward(Result<T>&& result) {
  return tl::make_unexpected(std::move(result).error());
}

}  // namespace a2q
