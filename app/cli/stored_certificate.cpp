// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stored_certificate.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/training/checkpoint.h"

namespace a2q::cli {

namespace {

Result<StoredCertificate> compared(std::filesystem::path path, const std::string& text,
                                   const Certificate& recomputed) {
  auto differences = certificateDifferences(text, recomputed);
  if (!differences) return forward(std::move(differences));
  const StoredState state = differences->empty() ? StoredState::kMatches : StoredState::kDiffers;
  return StoredCertificate{std::move(path), state, std::move(*differences)};
}

}  // namespace

Result<StoredCertificate> checkStoredCertificate(const ModelSource& source,
                                                 const Certificate& recomputed) {
  const std::filesystem::path& weights = source.model.path;
  if (source.certificate) {
    return compared(weights / "certificate", *source.certificate, recomputed);
  }
  if (weights.filename() != kWeightsFile) return StoredCertificate{};
  auto path = std::filesystem::path(weights).replace_filename("certificate.json");
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return StoredCertificate{};
  const auto text = readFile(path);
  if (!text) return tl::make_unexpected(text.error());
  return compared(std::move(path), *text, recomputed);
}

std::string storedText(const StoredCertificate& stored) {
  if (stored.state == StoredState::kNone) return "\nNo stored certificate to compare with.\n";
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
