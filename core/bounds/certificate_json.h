// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/bounds/certificate.h"

namespace a2q {

/// The layout of certificate.json.
inline constexpr const char* kCertificateSchema = "a2q-certificate-2";

/// The certificate as one JSON document: the hash of the weights, the verdict of every policy, and
/// of every layer and channel the exact facts. `safe` is always about the targets. Whole numbers
/// beyond 2^53 are text, an infinite margin is "inf"; equal certificates give equal bytes.
[[nodiscard]] std::string certificateJson(const Certificate& certificate);

}  // namespace a2q
