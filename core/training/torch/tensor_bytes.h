// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

/// The values of a tensor, row-major, as kFloat32 (kFloat64 and kInt64 keep their type).
[[nodiscard]] NamedTensor toNamedTensor(std::string name, const torch::Tensor& tensor);

/// A tensor on the CPU of the same type, shape and values.
[[nodiscard]] torch::Tensor toTensor(const NamedTensor& tensor);

/// Overwrites the values of `target`, which keeps its type, device and layout. Errors: kFileFormat
/// when the shapes differ, naming both.
[[nodiscard]] Status setFromNamedTensor(torch::Tensor& target, const NamedTensor& source);

}  // namespace a2q
