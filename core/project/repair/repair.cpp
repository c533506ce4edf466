// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repair/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/project/file_frame.h"
#include "core/project/repair/project_rebuilding.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;

/// A folder beside the repaired project that goes when the work is done.
class Workshop {
 public:
  explicit Workshop(const fs::path& repaired) : path_(repaired.string() + ".repairing") {
    fs::create_directories(path_ / "objects", problem_);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] const std::error_code& problem() const { return problem_; }

 private:
  fs::path path_;
  std::error_code problem_;
};

/// Whether a part is inside an object of a run, which is saved whole or not at all.
bool isInsideObject(const std::string& path) {
  constexpr int kRunsUuidObject = 3;
  return path.starts_with("/runs/") && std::ranges::count(path, '/') > kRunsUuidObject;
}

}  // namespace

Result<RepairReport> repairProject(const fs::path& damaged, const fs::path& repaired,
                                   ProjectFile::Existing existing) {
  std::error_code problem;
  if (!fs::is_regular_file(damaged, problem)) {
    return fail(ErrorCode::kReadFailed, fmt::format("cannot read '{}'", damaged.string()),
                problem ? problem.message() : "it is no regular file");
  }
  if (fs::equivalent(damaged, repaired, problem)) {
    return fail(ErrorCode::kUsage, "a damaged project is not repaired in its own place", {},
                "Name another file for what can be saved; the damaged one is not touched.");
  }
  auto target = ProjectFile::create(repaired, existing);
  if (!target) return forward(std::move(target));
  const Workshop workshop(repaired);
  if (workshop.problem()) {
    return fail(ErrorCode::kWriteFailed, fmt::format("cannot write '{}'", workshop.path().string()),
                workshop.problem().message());
  }
  const auto file = DamagedFile::open(damaged, workshop.path());
  if (!file) return tl::make_unexpected(file.error());
  SalvagedIndex index = salvageIndex(*file);
  RepairReport report;
  for (const LostPart& part : index.lost) {
    if (!isInsideObject(part.path)) report.lost.push_back(part.path + ": " + part.why);
  }
  const SalvagedObjects objects(*file, std::move(index.objects), objectsFolderOf(damaged),
                                workshop.path() / "objects");
  auto project = rebuildProject(std::move(index.tree), objects, *target, report);
  if (!project) {
    Error error = project.error();
    error.message = fmt::format("'{}' cannot be repaired: {}", damaged.string(), error.message);
    return tl::make_unexpected(std::move(error));
  }
  report.damaged = !checkFrame(damaged) || !report.lost.empty();
  if (auto saved = target->save(std::move(*project)); !saved) return forward(std::move(saved));
  return report;
}

}  // namespace a2q
