// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/bounds/certificate_diff.h"

namespace a2q::cli {

enum class StoredState { kNone, kMatches, kDiffers };

/// The certificate.json that lies beside weights, compared with what the weights give.
struct StoredCertificate {
  std::filesystem::path path;
  StoredState state = StoredState::kNone;
  std::vector<CertificateDifference> differences;
};

/// A run's certificate belongs to its final weights: beside other files none is looked for. Errors:
/// kReadFailed, kFileFormat.
[[nodiscard]] Result<StoredCertificate> checkStoredCertificate(const std::filesystem::path& weights,
                                                               const Certificate& recomputed);

[[nodiscard]] std::string storedText(const StoredCertificate& stored);
[[nodiscard]] nlohmann::ordered_json storedJson(const StoredCertificate& stored);

}  // namespace a2q::cli
