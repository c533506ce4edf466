// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <span>

#include "core/bounds/certificate.h"

namespace a2q::views {

/// A column: its heading, what it means and where its numbers come from, and its text for a layer.
struct CertificateColumn {
  const char* heading;
  const char* meaning;
  QString (*text)(const LayerBound&);
};

[[nodiscard]] std::span<const CertificateColumn> certificateColumns();
/// A heading or meaning in the language of the person.
[[nodiscard]] QString translatedColumn(const char* text);
/// What a column means, with the formulas of the layer's worst channel and their numbers.
[[nodiscard]] QString certificateTip(const LayerBound& layer, const CertificateColumn& column);
/// What each of the four policies needs for the network: a line each, with Σ P and the verdict.
[[nodiscard]] QString policiesText(const Certificate& certificate);

/// The same in one line: "Σ P: fixed32 1 024 ✓, …".
[[nodiscard]] QString policiesLine(const Certificate& certificate);

}  // namespace a2q::views
