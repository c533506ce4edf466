// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace a2q {

/// What the process exits with; the numbers are part of the command line's contract.
enum class ExitCode {
  kOk = 0,
  kCheckFailed = 1,
  kUsage = 2,
  kBadFile = 3,
  kExternalTool = 4,
  kBoard = 5,
  kTrainingFailed = 6,
  kInputOutput = 7,
  kInternal = 70,
  kInterrupted = 130,
  kTerminated = 143,
};

/// Every kind of failure the program reports. Numbers, exit codes and default remedies stand in
/// the one table of error.cpp; a number once given is never used for something else.
enum class ErrorCode {
  kUsage,
  kUnknownKey,
  kOverflowPossible,
  kMismatch,
  kSpecSyntax,
  kSpecValue,
  kGraphCycle,
  kGraphReference,
  kShapeMismatch,
  kAccumulatorTooSmall,
  kNotLowered,
  kDataMissing,
  kDataTruncated,
  kDataMagic,
  kDataLabels,
  kDataShape,
  kChecksum,
  kFileFormat,
  kFileNewer,
  kPartMissing,
  kLeadsOutside,
  kTrainingDiverged,
  kOutOfMemory,
  kDeviceUnavailable,
  kReadFailed,
  kWriteFailed,
  kExists,
  kLocked,
  kReadOnly,
  kNotExported,
  kToolMissing,
  kToolFailed,
  kUnknownDevice,
  kFoldingIllegal,
  kDoesNotFit,
  kNotInLibrary,
  kModuleName,
  kRateNotReached,
  kNetworkFailed,
  kTransferLibrary,
  kLearningLibrary,
  kExchangeLibrary,
  kHdf5Library,
  kInternal,
};

/// One row of the error table.
struct ErrorInfo {
  ErrorCode code;
  int number;  ///< printed as A2Q-nnnn
  ExitCode exit_code;
  std::string_view title;
  std::string_view remedy;  ///< used when the place that fails knows nothing better
};

/// A failure as a person sees it: what failed, why, and what to do.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string cause;
  std::string remedy;
};

/// The whole table, in the order of the numbers.
[[nodiscard]] const std::vector<ErrorInfo>& errorTable();

/// The row of a code.
[[nodiscard]] const ErrorInfo& errorInfo(ErrorCode code);

/// An error with the remedy of the table unless another is given.
[[nodiscard]] Error makeError(ErrorCode code, std::string message, std::string cause = {},
                              std::string remedy = {});

/// "A2Q-0102: message\n  why: cause\n  do: remedy", without empty parts.
[[nodiscard]] std::string describe(const Error& error);

}  // namespace a2q
