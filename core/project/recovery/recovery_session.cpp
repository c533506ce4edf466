// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/recovery/recovery_session.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/project/file_frame.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kSchema = "a2q-recovery-1";
constexpr std::size_t kLongest = 1 << 16;

std::string wordOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

LockOwner ownerOf(const json& object) {
  const auto process = object.find("process");
  const bool number = process != object.end() && process->is_number_integer();
  return {number ? process->get<std::int64_t>() : 0, wordOf(object, "host"), wordOf(object, "user"),
          wordOf(object, "program"), wordOf(object, "since")};
}

fs::path sessionPathOf(const fs::path& folder) { return folder / "session.json"; }

}  // namespace

Status writeSession(const fs::path& folder, const RecoverySession& session) {
  const LockOwner& writer = session.writer;
  const json document{{"schema", kSchema},
                      {"project", session.project.string()},
                      {"uuid", session.uuid},
                      {"written", session.written},
                      {"saved_file", session.saved_file},
                      {"writer",
                       {{"process", writer.process},
                        {"host", writer.host},
                        {"user", writer.user},
                        {"program", writer.program},
                        {"since", writer.since}}}};
  return writeFileAtomically(sessionPathOf(folder),
                             document.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

std::optional<RecoverySession> readSession(const fs::path& folder) {
  const auto text = readFile(sessionPathOf(folder), kLongest);
  if (!text) return std::nullopt;
  const json document = json::parse(*text, nullptr, false);
  if (!document.is_object() || wordOf(document, "schema") != kSchema) return std::nullopt;
  RecoverySession session{wordOf(document, "project"),
                          wordOf(document, "uuid"),
                          wordOf(document, "written"),
                          {},
                          wordOf(document, "saved_file")};
  const auto writer = document.find("writer");
  if (writer != document.end() && writer->is_object()) session.writer = ownerOf(*writer);
  return session;
}

std::string fileMark(const fs::path& project) {
  std::ifstream file(project, std::ios::binary);
  std::string frame(kFrameBytes, '\0');
  file.read(frame.data(), static_cast<std::streamsize>(frame.size()));
  frame.resize(static_cast<std::size_t>(file.gcount()));
  if (frame.empty()) return {};
  Sha256 sum;
  sum.add(frame);
  return sum.hex();
}

fs::path statePathOf(const fs::path& folder) { return folder / "state.a2q"; }

}  // namespace a2q
