// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "app/cli/bounds_report.h"
#include "app/cli/commands.h"
#include "app/cli/output.h"

namespace a2q::cli {
namespace {

constexpr std::string_view kLongHelp =
    "Tells how many bits P a signed accumulator needs for a dot product of K products of M-bit "
    "weights and N-bit inputs, and how large the L1 norm of a channel's integer weights may be at "
    "P bits under A2Q and under A2Q+ (zero-centred weights). Without --accumulator, P is the "
    "data-type bound.\n\n"
    "Every number is printed with its formula, the numbers put in, and its source: [exact] is "
    "attained, [bound] is safe for all weights and inputs of the kind named. Whole numbers decide; "
    "only margins are rounded, for reading. sgn is 1 for signed inputs and 0 otherwise.\n\n"
    "With --json, whole numbers beyond 2^53 are given as text.";

Status checkL1(const BoundsQuestion& question) {
  const Int128 limit = weightLimit(question.weights);
  const Int128 most = question.k * limit;
  if (!question.l1 || *question.l1 <= most) return {};
  return fail(
      ErrorCode::kUsage, fmt::format("no weights have an L1 norm of {}", *question.l1),
      fmt::format("{} weights of {} bits, each at most 2^({}-1) - 1 = {}, reach {}", question.k,
                  question.weights.bits, question.weights.bits, a2q::toString(limit),
                  a2q::toString(most)),
      fmt::format("Give --l1 at most {}, or a larger --k or --weights.", a2q::toString(most)));
}

BoundsQuestion questionOf(const Arguments& arguments) {
  const auto bits = [&arguments](std::string_view name) {
    return BitWidth{static_cast<int>(*arguments.integer(name))};
  };
  BoundsQuestion question;
  question.k = *arguments.integer("k");
  question.weights = bits("weights");
  question.inputs = {bits("inputs"),
                     arguments.has("signed") ? Signedness::kSigned : Signedness::kUnsigned};
  question.l1 = arguments.integer("l1");
  if (arguments.has("accumulator")) question.accumulator = bits("accumulator");
  return question;
}

std::string headline(const BoundsQuestion& question) {
  std::string line =
      fmt::format("K = {}, M = {}, N = {} {}, P = {}", question.k, question.weights.bits,
                  question.inputs.width.bits, question.inputs.isSigned() ? "signed" : "unsigned",
                  question.width().bits);
  line += question.accumulator ? " (given)" : " (the data-type bound)";
  if (question.l1) line += fmt::format(", L1 = {}", *question.l1);
  return line + "\n\n";
}

nlohmann::ordered_json documentOf(const BoundsQuestion& question) {
  nlohmann::ordered_json asked = {{"k", jsonInteger(question.k)},
                                  {"weight_bits", question.weights.bits},
                                  {"input_bits", question.inputs.width.bits},
                                  {"signed_inputs", question.inputs.isSigned()},
                                  {"accumulator_bits", question.width().bits},
                                  {"accumulator_given", question.accumulator.has_value()}};
  if (question.l1) asked["l1"] = jsonInteger(*question.l1);
  return {{"schema", "a2q-bounds-1"},
          {"question", std::move(asked)},
          {"answers", findingsJson(boundsFindings(question))}};
}

Result<ExitCode> run(const Arguments& arguments) {
  const BoundsQuestion question = questionOf(arguments);
  if (Status status = checkL1(question); !status) return forward(std::move(status));
  if (arguments.has("json")) {
    printJson(documentOf(question));
  } else {
    printResult(headline(question) + findingsText(boundsFindings(question)));
  }
  return ExitCode::kOk;
}

Option width(std::string_view flags, std::string_view value, std::string_view help,
             std::int64_t lowest, std::int64_t highest, Need need) {
  return {.flags = flags,
          .kind = ValueKind::kInteger,
          .value = value,
          .help = help,
          .need = need,
          .lowest = lowest,
          .highest = highest};
}

}  // namespace

Command boundsCommand() {
  constexpr std::int64_t kLongest = std::int64_t{1} << 40;
  constexpr std::int64_t kLargestL1 = std::int64_t{1} << 62;
  return {.name = "bounds",
          .summary = "Accumulator widths and L1 budgets, with formulas",
          .long_help = kLongHelp,
          .options =
              {
                  width("--k", "K", "Products in the dot product", 1, kLongest, Need::kRequired),
                  width("--weights", "M", "Bits of a weight", 2, 32, Need::kRequired),
                  width("--inputs", "N", "Bits of an input", 1, 32, Need::kRequired),
                  {.flags = "--signed", .help = "Inputs are signed (two's complement)"},
                  width("--l1", "L1", "L1 norm of the integer weights of a channel", 0, kLargestL1,
                        Need::kOptional),
                  width("--accumulator", "P", "Bits of the accumulator", 2, 126, Need::kOptional),
                  {.flags = "--json", .help = "Print one JSON document, schema a2q-bounds-1"},
              },
          .run = run};
}

}  // namespace a2q::cli
