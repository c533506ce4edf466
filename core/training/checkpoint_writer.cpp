// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/checkpoint_writer.h"

#include <utility>

#include "core/base/log.h"

namespace a2q {

CheckpointWriter::CheckpointWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}

void CheckpointWriter::onCheckpoint(const Checkpoint& checkpoint, CheckpointKind kind) {
  const char* const name = kind == CheckpointKind::kBest ? kBestFile : kCheckpointFile;
  problem_.reset();
  if (auto written = writeCheckpoint(folder_ / name, checkpoint); !written) {
    problem_ = written.error();
    log(LogLevel::kWarning, "The training goes on without this checkpoint. " + describe(*problem_));
  }
}

}  // namespace a2q
