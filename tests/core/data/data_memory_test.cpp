// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "core/data/data_set.h"
#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

/// A line of /proc/self/status in bytes, -1 when it is not there.
std::int64_t statusBytes(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key + ":")) return std::stoll(line.substr(key.size() + 1)) * 1024;
  }
  return -1;
}

/// Sets the peak back to what is in use now; false where the system does not allow it.
bool resetPeak() {
  std::ofstream refs("/proc/self/clear_refs");
  refs << "5" << std::flush;
  return refs.good() && statusBytes("VmHWM") >= 0;
}

/// The most memory that loading took at any time, beyond what was in use before.
std::int64_t peakOfLoading(const DataSpec& spec, std::int64_t images) {
  const std::int64_t before = statusBytes("VmRSS");
  const auto set = loadDataSet(spec, 1);
  EXPECT_TRUE(set) << describe(set.error());
  EXPECT_EQ(set->train.count(), images);
  return statusBytes("VmHWM") - before;
}

// CIFAR-10 in full size: 50,000 + 10,000 images of 3 kB.
TEST(DataMemory, CifarCostsItsOwnSizeOnce) {
  const test::TemporaryFolder folder;
  const std::string record(3073, '\1');
  for (const char* name : {"data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4",
                           "data_batch_5", "test_batch"}) {
    std::ofstream file(folder.path() / (std::string(name) + ".bin"), std::ios::binary);
    for (int i = 0; i < 10'000; ++i) file << record;
  }
  if (!resetPeak()) GTEST_SKIP() << "the system does not reset the peak of memory";
  DataSpec spec;
  spec.set = "cifar10";
  spec.path = folder.path();
  constexpr std::int64_t kSize = std::int64_t{60'000} * 3073;
  const std::int64_t peak = peakOfLoading(spec, 50'000);
  RecordProperty("peak_bytes", std::to_string(peak));
  EXPECT_LT(peak, kSize + 8 * kMiB);
}

// MNIST in full size, packed: 60,000 images of 784 bytes.
TEST(DataMemory, PackedIdxCostsItsOwnSizeOnce) {
  const test::TemporaryFolder folder;
  constexpr std::uint32_t kImages = 60'000;
  for (const char* part : {"train", "t10k"}) {
    folder.write(std::string(part) + "-images-idx3-ubyte.gz",
                 test::gzipped(test::idxBytes({kImages, 28, 28}, test::Bytes(kImages * 784, 3))));
    folder.write(std::string(part) + "-labels-idx1-ubyte",
                 test::idxBytes({kImages}, test::Bytes(kImages, 1)));
  }
  if (!resetPeak()) GTEST_SKIP() << "the system does not reset the peak of memory";
  DataSpec spec;
  spec.set = "mnist";
  spec.path = folder.path();
  const std::int64_t peak = peakOfLoading(spec, kImages);
  RecordProperty("peak_bytes", std::to_string(peak));
  EXPECT_LT(peak, std::int64_t{2} * kImages * 785 + 8 * kMiB);
}

}  // namespace
}  // namespace a2q
