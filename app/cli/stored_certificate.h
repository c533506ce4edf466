// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/model_source.h"
#include "core/bounds/certificate_diff.h"

namespace a2q::cli {

enum class StoredState { kNone, kMatches, kDiffers };

/// The certificate that is stored with weights (the file certificate.json beside them, or in the
/// run of a project), compared with what the weights give.
struct StoredCertificate {
  std::filesystem::path path;
  StoredState state = StoredState::kNone;
  std::vector<CertificateDifference> differences;
};

/// A run's certificate belongs to its final weights: with other weights none is looked for. Errors:
/// kReadFailed, kFileFormat.
[[nodiscard]] Result<StoredCertificate> checkStoredCertificate(const ModelSource& source,
                                                               const Certificate& recomputed);

[[nodiscard]] std::string storedText(const StoredCertificate& stored);
[[nodiscard]] nlohmann::ordered_json storedJson(const StoredCertificate& stored);

}  // namespace a2q::cli
