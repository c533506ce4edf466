// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace a2q {

const std::vector<ErrorInfo>& errorTable() {
  using C = ErrorCode;
  using X = ExitCode;
  static const std::vector<ErrorInfo> table = {
      {C::kUsage, 1, X::kUsage, "wrong usage", "See 'a2q <command> --help'."},
      {C::kUnknownKey, 2, X::kUsage, "unknown key", "See 'a2q keys' for every key there is."},
      {C::kOverflowPossible, 101, X::kCheckFailed, "overflow possible",
       "Widen the accumulator of the named layers or train with a smaller budget."},
      {C::kMismatch, 102, X::kCheckFailed, "mismatch", "Report it: two exact results differ."},
      {C::kSpecSyntax, 201, X::kBadFile, "specification is not valid TOML",
       "Mend the named line; TOML is described at toml.io."},
      {C::kSpecValue, 202, X::kBadFile, "specification has a wrong value",
       "Give the value that was expected there."},
      {C::kGraphCycle, 203, X::kBadFile, "network has a cycle",
       "Remove one of the named connections: data flows one way."},
      {C::kGraphReference, 204, X::kBadFile, "network names a layer that is not there",
       "Name a layer that is defined in the same file."},
      {C::kShapeMismatch, 205, X::kBadFile, "shapes do not fit",
       "Change the named layer so that its inputs fit."},
      {C::kAccumulatorTooSmall, 206, X::kBadFile, "accumulator too small for any weight",
       "Raise accumulator_bits to the least useful value named, or lower activation_bits."},
      {C::kNotLowered, 207, X::kBadFile, "network has no integer form",
       "Put an activation layer (a quantizer) where the named layer needs codes."},
      {C::kNotExported, 208, X::kBadFile, "format cannot hold the network",
       "Choose the other format with --format."},
      {C::kUnknownDevice, 221, X::kUsage, "unknown device or board", "Name one that is listed."},
      {C::kFoldingIllegal, 222, X::kUsage, "folding is not legal",
       "Choose PE and SIMD among the divisors named."},
      {C::kDoesNotFit, 223, X::kCheckFailed, "design does not fit",
       "Take a larger device, a lower rate or narrower accumulators."},
      {C::kNotInLibrary, 224, X::kBadFile, "no hardware block for a layer",
       "Replace the named layer by those that have blocks."},
      {C::kModuleName, 225, X::kUsage, "not the name of a Verilog module",
       "Take letters, digits and underscores, a letter first, and no word of the language."},
      {C::kRateNotReached, 226, X::kCheckFailed, "rate cannot be reached",
       "Ask for a lower rate, or raise the clock."},
      {C::kDataMissing, 301, X::kInputOutput, "data not found",
       "Name the folder with --data or A2Q_DATA_DIR."},
      {C::kDataTruncated, 302, X::kBadFile, "data file is truncated", "Fetch the file again."},
      {C::kDataMagic, 303, X::kBadFile, "data file is of another kind",
       "Check that the file is what its name says."},
      {C::kDataLabels, 304, X::kBadFile, "labels out of range",
       "Check that labels and images belong together."},
      {C::kDataShape, 305, X::kBadFile, "data and network do not fit",
       "Change the network's input or output layer, or choose another data set."},
      {C::kChecksum, 306, X::kBadFile, "file is not the published one",
       "Fetch it again with 'a2q data fetch'."},
      {C::kFileFormat, 311, X::kBadFile, "file is damaged or of another kind",
       "Restore the file from a copy."},
      {C::kFileNewer, 312, X::kBadFile, "file was written by a newer version",
       "Update the program to the version named."},
      {C::kPartMissing, 313, X::kBadFile, "part of a project is missing",
       "Put the project's .objects folder back beside it; all else can be read without."},
      {C::kLeadsOutside, 314, X::kBadFile, "file leads outside its folder",
       "If it comes from a stranger, do not trust it; 'a2q repair' leaves such links out."},
      {C::kToolMissing, 401, X::kExternalTool, "tool is not installed",
       "Install the tool named, or put its folder into PATH."},
      {C::kToolFailed, 402, X::kExternalTool, "tool failed",
       "Read the tool's last lines, quoted with the error."},
      {C::kTrainingDiverged, 601, X::kTrainingFailed, "training diverged",
       "Lower training.learning_rate, for example to a third, and start again."},
      {C::kOutOfMemory, 602, X::kTrainingFailed, "out of memory",
       "Lower training.batch_size, or close other programs."},
      {C::kDeviceUnavailable, 603, X::kTrainingFailed, "compute device not available",
       "Use --device cpu, or install a LibTorch with CUDA."},
      {C::kReadFailed, 701, X::kInputOutput, "reading failed",
       "Check that the path exists and may be read."},
      {C::kWriteFailed, 702, X::kInputOutput, "writing failed",
       "Check the free space and the permission of the folder."},
      {C::kExists, 703, X::kInputOutput, "would overwrite",
       "Name another place, or allow it with --force."},
      {C::kNetworkFailed, 704, X::kInputOutput, "download failed",
       "Check the network and start again: what has arrived is kept."},
      {C::kLocked, 705, X::kInputOutput, "in use by another process",
       "Wait until it ends, or work on a copy."},
      {C::kReadOnly, 706, X::kInputOutput, "opened for reading only",
       "Save it under another name."},
      {C::kLearningLibrary, 711, X::kInternal, "learning library cannot be opened",
       "Install LibTorch (Debian: libtorch-dev) and build the program again."},
      {C::kTransferLibrary, 712, X::kInternal, "transfer library cannot be opened",
       "Install libcurl and libarchive, and build or install the program again."},
      {C::kExchangeLibrary, 713, X::kInternal, "exchange library cannot be opened",
       "Install libonnx and libprotobuf, and build or install the program again."},
      {C::kHdf5Library, 714, X::kInternal, "HDF5 library cannot be opened",
       "Install libhdf5 (Debian: libhdf5-103-1), and build or install the program again."},
      {C::kInternal, 799, X::kInternal, "internal error", "Report it with the command line used."},
  };
  return table;
}

const ErrorInfo& errorInfo(ErrorCode code) {
  const auto& table = errorTable();
  const auto row = std::find_if(table.begin(), table.end(),
                                [code](const ErrorInfo& info) { return info.code == code; });
  return row == table.end() ? table.back() : *row;
}

Error makeError(ErrorCode code, std::string message, std::string cause, std::string remedy) {
  if (remedy.empty()) remedy = errorInfo(code).remedy;
  return {code, std::move(message), std::move(cause), std::move(remedy)};
}

std::string describe(const Error& error) {
  std::string text = fmt::format("A2Q-{:04}: {}", errorInfo(error.code).number, error.message);
  if (!error.cause.empty()) text += "\n  why: " + error.cause;
  if (!error.remedy.empty()) text += "\n  do:  " + error.remedy;
  return text;
}

}  // namespace a2q
