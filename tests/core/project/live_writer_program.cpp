// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a live file for the test of its readers: FILE BLOCKS close|hold|endless.
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "core/project/hdf5/hdf5_library.h"
#include "core/project/project_lane.h"
#include "tests/core/project/live_pattern.h"

namespace {

using a2q::test::kBlockRows;
using a2q::test::kLatestValues;

a2q::Status writeBlocks(a2q::LiveSeriesWriter& writer, long blocks) {
  for (long block = 0; block < blocks; ++block) {
    std::vector<double> rows;
    rows.reserve(kBlockRows * 3);
    for (long row = block * kBlockRows; row < (block + 1) * kBlockRows; ++row) {
      for (const double value : a2q::test::patternRow(row)) rows.push_back(value);
    }
    if (auto done = writer.append(rows); !done) return done;
    const std::array<double, 2> epoch = {static_cast<double>(block), 0.5};
    if (auto done = writer.appendEpochs(epoch); !done) return done;
    const std::vector<std::int64_t> latest(kLatestValues, block);
    if (auto done = writer.replaceLatest(latest); !done) return done;
    if (block == 0) {
      std::puts("ready");
      std::fflush(stdout);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return {};
}

a2q::Status write(const std::string& file, long blocks, const std::string& end) {
  auto library = a2q::openHdf5Library();
  if (!library) return a2q::forward(std::move(library));
  auto writer = (*library)->createLive(file, a2q::test::patternLayout());
  if (!writer) return a2q::forward(std::move(writer));
  if (auto done = writeBlocks(**writer, blocks); !done) return done;
  std::puts("done");
  std::fflush(stdout);
  if (end == "hold") ::pause();
  return {};
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const auto done = a2q::projectLane().run(
      [&] { return write(words[1], std::strtol(words[2], nullptr, 10), words[3]); });
  if (!done) std::fputs(a2q::describe(done.error()).c_str(), stderr);
  return done ? 0 : 1;
}
