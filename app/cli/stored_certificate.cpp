// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stored_certificate.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {

Result<StoredCertificate> checkStoredCertificate(const std::filesystem::path& weights,
                                                 const Certificate& recomputed) {
  StoredCertificate stored;
  if (weights.filename() != kWeightsFile) return stored;
  stored.path = std::filesystem::path(weights).replace_filename("certificate.json");
  std::error_code ignored;
  if (!std::filesystem::exists(stored.path, ignored)) return stored;
  const auto text = readFile(stored.path);
  if (!text) return tl::make_unexpected(text.error());
  auto differences = certificateDifferences(*text, recomputed);
  if (!differences) return forward(std::move(differences));
  stored.differences = std::move(*differences);
  stored.state = stored.differences.empty() ? StoredState::kMatches : StoredState::kDiffers;
  return stored;
}

std::string storedText(const StoredCertificate& stored) {
  if (stored.state == StoredState::kNone) return "\nNo certificate.json to compare with.\n";
  if (stored.state == StoredState::kMatches) {
    return fmt::format("\n{} agrees with the weights: hash and every figure [exact].\n",
                       stored.path.string());
  }
  std::string out = fmt::format("\n{} DIFFERS from what the weights give, in {} places:\n",
                                stored.path.string(), stored.differences.size());
  constexpr std::size_t kMost = 10;
  for (std::size_t i = 0; i < std::min(kMost, stored.differences.size()); ++i) {
    const CertificateDifference& found = stored.differences[i];
    out += fmt::format("- {}: the file says {}, the weights give {}\n", found.where, found.stored,
                       found.recomputed);
  }
  return out;
}

nlohmann::ordered_json storedJson(const StoredCertificate& stored) {
  nlohmann::ordered_json out;
  constexpr const char* kNames[] = {"none", "matches", "differs"};
  out["state"] = kNames[static_cast<int>(stored.state)];
  out["file"] = stored.path.string();
  out["differences"] = nlohmann::ordered_json::array();
  for (const CertificateDifference& found : stored.differences) {
    out["differences"].push_back(
        {{"where", found.where}, {"stored", found.stored}, {"recomputed", found.recomputed}});
  }
  return out;
}

}  // namespace a2q::cli
