// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/bounds/certificate.h"

namespace a2q {

/// A place where a stored certificate is not what its weights give.
struct CertificateDifference {
  std::string where;       ///< "layer conv2, channel 17, range, 1"
  std::string stored;      ///< as JSON; "nothing" where the field is missing
  std::string recomputed;  ///< likewise
};

/// Every place where the text of a certificate.json differs from what certificateJson() says of the
/// weights at hand. Whole numbers, words and hashes are compared exactly, margins to nine digits
/// because logarithms differ between machines. Errors: kFileFormat when the text is no JSON.
[[nodiscard]] Result<std::vector<CertificateDifference>> certificateDifferences(
    std::string_view stored, const Certificate& recomputed);

}  // namespace a2q
