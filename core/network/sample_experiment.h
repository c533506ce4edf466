// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace a2q {

/// The TOML text of the sample that ships with the program (projects/lenet_digits.toml): a small
/// LeNet on generated digits, which needs no file at run time.
[[nodiscard]] std::string_view sampleSpecification();

}  // namespace a2q
