// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace a2q::live {

/// The texts of a live file.
inline constexpr const char* kRunUuid = "run_uuid";
inline constexpr const char* kRunName = "run_name";
inline constexpr const char* kSpecification = "specification";  ///< TOML, all of it
/// LockOwner::text() of the trainer: a file with another owner was left behind by a killed one.
inline constexpr const char* kOwner = "owner";

}  // namespace a2q::live
