// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "core/base/part_library.h"
#include "core/training/trainer.h"

namespace a2q {
namespace {

void setOpenMpDefaults() {
  constexpr int kKeepExisting = 0;
  ::setenv("OMP_WAIT_POLICY", "passive", kKeepExisting);
  ::setenv("GOMP_SPINCOUNT", "0", kKeepExisting);
}

Result<Trainer*> open() {
  setOpenMpDefaults();
  auto part = openPart({"liba2q_learning.so", "a2qLearningVersion", "a2qLearningTrainer",
                        ErrorCode::kLearningLibrary});
  if (!part) return forward(std::move(part));
  return static_cast<Trainer*>(*part);
}

}  // namespace

Result<Trainer*> openTrainer() {
  static const Result<Trainer*> trainer = open();
  return trainer;
}

}  // namespace a2q
