// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/training/run_record.h"

namespace a2q {

/// Reads the tensors of a file of torch.save (PyTorch 1.6 or later): a state_dict(), or a
/// checkpoint that holds one under a key such as "state_dict" or "model"; numbers and texts beside
/// it are passed over. It is untrusted input and nothing of it is executed: a class that is not
/// needed for tensors ends the reading, every size is checked, and memory stays near the file's
/// size. Strided tensors become row-major, half and bfloat16 kFloat32. Errors: kReadFailed;
/// kFileFormat naming the class or the place, with what to save instead.
[[nodiscard]] Result<std::vector<NamedTensor>> readStateDict(const std::filesystem::path& path);

}  // namespace a2q
