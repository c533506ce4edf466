// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/estimate_request.h"

#include <fmt/format.h>

#include "hw_backend/design/folding_file.h"

namespace a2q::cli {
namespace {

Result<FoldingOverrides> overridesOf(const Arguments& arguments) {
  FoldingOverrides overrides;
  if (const auto path = arguments.text("folding")) {
    auto read = readFolding(*path);
    if (!read) return read;
    overrides = std::move(*read);
  }
  for (const std::string& text : arguments.texts("set-folding")) {
    if (Status status = addFolding(overrides, text); !status) return forward(std::move(status));
  }
  return overrides;
}

/// A number of an option, more than zero.
Result<std::optional<double>> positive(const Arguments& arguments, std::string_view name) {
  const auto value = arguments.number(name);
  if (!value || *value > 0) return value;
  return fail(ErrorCode::kUsage, fmt::format("--{} must be more than 0", name), {},
              fmt::format("Give --{} a number above 0.", name));
}

/// In Hz.
Result<std::optional<double>> clockOf(const Arguments& arguments) {
  constexpr double kLowest = 0.001;
  constexpr double kHighest = 2000;
  constexpr double kMega = 1e6;
  const auto clock = arguments.number("clock");
  if (!clock) return std::optional<double>();
  if (*clock >= kLowest && *clock <= kHighest) return *clock * kMega;
  return fail(ErrorCode::kUsage, fmt::format("--clock cannot be {:.6g} MHz", *clock),
              "no FPGA is clocked like that",
              fmt::format("Give --clock from {} to {} MHz.", kLowest, kHighest));
}

}  // namespace

Result<PlanRequest> requestOf(const Arguments& arguments) {
  if (arguments.has("jobs") && !arguments.has("verify")) {
    return fail(ErrorCode::kUsage, "--jobs does nothing without --verify",
                "only syntheses run several at a time", "Add --verify, or leave --jobs out.");
  }
  PlanRequest request;
  const auto device = findDevice(*arguments.text("device"));
  if (!device) return tl::make_unexpected(device.error());
  request.device = *device;
  request.model = *arguments.text("model") == modelName(ModelKind::kFinn) ? ModelKind::kFinn
                                                                          : ModelKind::kCalibrated;
  const auto clock = clockOf(arguments);
  if (!clock) return tl::make_unexpected(clock.error());
  request.clock_hz = *clock;
  const auto frames = positive(arguments, "fps");
  if (!frames) return tl::make_unexpected(frames.error());
  request.frames = *frames;
  const auto share = positive(arguments, "utilisation");
  if (!share) return tl::make_unexpected(share.error());
  constexpr double kPercent = 100;
  if (*share > kPercent) {
    return fail(ErrorCode::kUsage, "--utilisation is more than the whole device",
                "it is a share of each resource in per cent", "Give at most 100.");
  }
  request.utilisation = **share / kPercent;
  auto overrides = overridesOf(arguments);
  if (!overrides) return forward(std::move(overrides));
  request.overrides = std::move(*overrides);
  return request;
}

}  // namespace a2q::cli
