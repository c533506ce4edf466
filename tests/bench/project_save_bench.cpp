// SPDX-License-Identifier: GPL-3.0-or-later
// project_save_bench [FOLDER]: what a save costs when one setting changed, in a project with ten
// checkpoints of 45 MB, against writing one of those checkpoints to the same disk.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "core/base/atomic_file.h"
#include "tests/core/project/project_samples.h"

namespace {

using namespace a2q;
namespace fs = std::filesystem;

constexpr std::size_t kCheckpointBytes = 45'000'000;
constexpr int kRuns = 10;
constexpr int kPairs = 9;

[[noreturn]] void end(const Error& error) {
  fmt::print(stderr, "{}\n", describe(error));
  std::exit(EXIT_FAILURE);
}

template <class Work>
double secondsOf(Work work) {
  const auto start = std::chrono::steady_clock::now();
  if (Status done = work(); !done) end(done.error());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path();
  const fs::path path = folder / "project_save_bench.a2q";
  auto file = ProjectFile::create(path, ProjectFile::Existing::kReplace);
  if (!file) end(file.error());
  Project project = testing::sampleProject();
  for (int i = 1; i <= kRuns; ++i) {
    project.runs.push_back(testing::sampleRun(i));
    project.runs.back().last_checkpoint =
        file->keep(testing::sampleObject(kCheckpointBytes, static_cast<unsigned>(i)));
  }
  const double first = secondsOf([&] { return file->save(project); });
  const DataTree checkpoint = testing::sampleObject(kCheckpointBytes, 1);
  std::vector<double> saves;
  std::vector<double> writes;
  for (int pair = 0; pair < kPairs; ++pair) {
    project.specification["training"] += fmt::format("# change {}\n", pair);
    saves.push_back(secondsOf([&] { return file->save(project); }));
    const fs::path copy = folder / "project_save_bench.copy";
    writes.push_back(secondsOf(
        [&] { return writeFileAtomically(copy, checkpoint.arrays.at("bytes").value.bytes); }));
    fs::remove(copy);
  }
  fmt::print(
      "A changed setting in a project with {} checkpoints of {} MB: saved in {:.1f} ms (longest "
      "{:.1f}); {:.3f} of the time that writing one checkpoint takes; the first save took {:.2f} "
      "s.\n",
      kRuns, kCheckpointBytes / 1'000'000, 1e3 * median(saves),
      1e3 * *std::max_element(saves.begin(), saves.end()), median(saves) / median(writes), first);
  fs::remove_all(objectsFolderOf(path));
  fs::remove(path);
}
