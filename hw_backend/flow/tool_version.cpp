// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/flow/tool_version.h"

#include <fmt/format.h>

#include "hw_backend/flow/child_process.h"

namespace a2q {

Result<std::optional<std::string>> askVersion(const std::filesystem::path& program,
                                              std::string_view question,
                                              const std::stop_token& stop) {
  constexpr std::chrono::seconds kPatience{20};
  const auto ran = runChild({.program = program,
                             .words = {std::string(question)},
                             .folder = {},
                             .log = {},
                             .limit = kPatience},
                            stop);
  if (!ran) return tl::make_unexpected(ran.error());
  if (ran->end == ChildEnd::kStopped) return std::nullopt;
  if (ran->good()) return ran->tail;
  return tl::make_unexpected(
      toolFailure(fmt::format("'{} {}'", program.filename().string(), question), *ran));
}

}  // namespace a2q
