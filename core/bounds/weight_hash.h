// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "core/bounds/certificate.h"

namespace a2q {

/// What is hashed of one layer, "a2q-integer-weights-1"; all integers little endian, two's
/// complement, without padding between them:
///
///   21 bytes   the ASCII text "a2q-integer-weights-1"
///   int64      length of the layer's name in bytes, then these bytes (UTF-8)
///   int64      channels
///   int64      K
///   int64      M
///   int64      N
///   int64      sgn: 1 for signed inputs, 0 for unsigned
///   int64      xmin, the least input code that occurs
///   int64      xmax, the largest
///   int64      target P, 0 without one
///   int64      rule: 0 none (QAT), 1 A2Q, 2 A2Q+
///   int32 × channels·K   the integers, row-major, a row a channel
inline constexpr std::string_view kHashedLayout = "a2q-integer-weights-1";

/// SHA-256 of these bytes, 64 hexadecimal digits. It ties a certificate to its weights: whoever
/// changes one and not the other is noticed. It is no signature, because there is no secret in it.
[[nodiscard]] std::string weightHash(const IntegerWeights& weights);

/// SHA-256 of the layers' hashes in their order, each as its 64 digits and a line feed, so that
/// `sha256sum` computes it from a list of them.
[[nodiscard]] std::string networkHash(std::span<const LayerBound> layers);

}  // namespace a2q
