// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <string_view>

#include "tests/architecture/include_rules.h"
#include "tests/architecture/source_scan.h"

namespace a2q::architecture {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostLines = 500;
constexpr std::array<std::string_view, 7> kRooms = {"app",       "core",  "hw_backend", "projects",
                                                    "resources", "tests", "views"};
// Written in halves so that this file does not hold what it looks for.
constexpr std::array<std::string_view, 3> kLeftOvers = {
    "TO"
    "DO",
    "FIX"
    "ME",
    "XX"
    "X"};

enum class FileKind { kCpp, kScript, kText, kOther };

FileKind kindOf(const fs::path& path) {
  const auto name = path.filename().string();
  const auto extension = path.extension().string();
  const auto is = [&](std::initializer_list<std::string_view> known) {
    return std::ranges::find(known, extension) != known.end();
  };
  if (is({".h", ".hpp", ".c", ".cc", ".cpp", ".cxx", ".cu", ".cuh", ".inl"})) return FileKind::kCpp;
  if (is({".cmake", ".sh"}) || name == "CMakeLists.txt" || name == "run") return FileKind::kScript;
  if (is({".md", ".toml"})) return FileKind::kText;
  return FileKind::kOther;
}

std::string contentOf(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> sourcesUnder(const fs::path& root) {
  std::vector<fs::path> found;
  const auto take = [&](const fs::path& path) {
    if (fs::is_regular_file(path) && kindOf(path) != FileKind::kOther) found.push_back(path);
  };
  for (const auto room : kRooms) {
    if (!fs::is_directory(root / room)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / room)) take(entry.path());
  }
  if (fs::is_directory(root / ".ci"))
    for (const auto& entry : fs::directory_iterator(root / ".ci")) take(entry.path());
  for (const auto& entry : fs::directory_iterator(root)) take(entry.path());
  std::ranges::sort(found);
  return found;
}

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool holdsWord(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool starts = at == 0 || !isWord(line[at - 1]);
    const bool ends = end == line.size() || !isWord(line[end]);
    if (starts && ends) return true;
  }
  return false;
}

/// A checker of one file that appends to a report.
class FileCheck {
 public:
  FileCheck(const fs::path& root, const fs::path& path, Report& report)
      : root_(root),
        file_(path.lexically_relative(root).generic_string()),
        text_(contentOf(path)),
        kind_(kindOf(path)),
        report_(report) {}

  void run() {
    ++report_.files;
    checkLeftOvers();
    if (kind_ == FileKind::kText) return;
    checkLicence();
    checkLength();
    if (kind_ == FileKind::kCpp) checkIncludes();
  }

 private:
  void add(int line, std::string message) {
    report_.violations.push_back({file_, line, std::move(message)});
  }

  void checkLeftOvers() {
    int number = 0;
    for (const auto line : linesOf(text_)) {
      ++number;
      for (const auto word : kLeftOvers)
        if (holdsWord(line, word)) add(number, "left-over mark " + std::string(word));
    }
  }

  void checkLicence() {
    const auto lines = linesOf(text_);
    const auto top = std::min<std::size_t>(lines.size(), 2);  // a script starts with its shell
    const bool found = std::any_of(
        lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(top),
        [](auto line) { return line.ends_with("SPDX-License-Identifier: GPL-3.0-or-later"); });
    if (!found) add(1, "the SPDX licence line is missing");
  }

  void checkLength() {
    const auto count = linesOf(text_).size();
    if (count > kMostLines)
      add(static_cast<int>(count),
          "longer than " + std::to_string(kMostLines) + " lines: split it");
  }

  void checkIncludes() {
    for (const auto& include : includesOf(text_))
      for (auto& message : brokenRules(file_, {include, projectPath(include)}))
        add(include.line, "includes " + include.target + ": " + std::move(message));
  }

  /// The project file an include reaches, next to the includer or from the root; empty when none.
  [[nodiscard]] std::string projectPath(const Include& include) const {
    const auto target = fs::path(include.target);
    if (target.is_absolute()) return {};
    const auto beside = (fs::path(file_).parent_path() / target).lexically_normal();
    if (include.form == IncludeForm::kQuoted && fs::exists(root_ / beside))
      return beside.generic_string();
    const auto from_root = target.lexically_normal();
    const auto room =
        from_root.begin() == from_root.end() ? std::string{} : from_root.begin()->string();
    const bool ours = std::ranges::find(kRooms, room) != kRooms.end();
    return ours ? from_root.generic_string() : std::string{};
  }

  const fs::path& root_;
  std::string file_;
  std::string text_;
  FileKind kind_;
  Report& report_;
};

}  // namespace

Report checkTree(const fs::path& root) {
  Report report;
  for (const auto& path : sourcesUnder(root)) FileCheck(root, path, report).run();
  return report;
}

}  // namespace a2q::architecture
