// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar_data_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

using test::Bytes;
using testing::HasSubstr;

/// `count` records; record i has label i % 10 and pixels that tell record and channel apart.
Bytes records(int count, int first = 0) {
  Bytes bytes;
  for (int i = first; i < first + count; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(i % 10));
    for (int channel = 0; channel < 3; ++channel) {
      bytes.insert(bytes.end(), 1024, static_cast<std::uint8_t>(3 * i + channel));
    }
  }
  return bytes;
}

class Cifar : public testing::Test {
 protected:
  Result<DataSet> load() {
    const std::filesystem::path folders[] = {folder_.path()};
    return loadCifarDataSet(folders);
  }
  test::TemporaryFolder folder_;
};

TEST_F(Cifar, TakesTheBatchesThatAreThere) {
  folder_.write("cifar-10-batches-bin/data_batch_1.bin", records(4));
  folder_.write("cifar-10-batches-bin/data_batch_3.bin", records(2, 10));
  folder_.write("cifar-10-batches-bin/test_batch.bin", records(3, 20));
  const auto data = load();
  ASSERT_TRUE(data) << describe(data.error());
  EXPECT_EQ(data->train.count(), 6);
  EXPECT_EQ(data->test.count(), 3);
  EXPECT_THAT(data->source, HasSubstr("2 of 5 training batches"));
  EXPECT_EQ(data->train.shape, (Shape{3, 32, 32}));
  EXPECT_EQ(data->train.labels[3], 3);
  EXPECT_EQ(data->train.image(4)[0], 30);         // record 10, red
  EXPECT_EQ(data->train.image(4)[2 * 1024], 32);  // record 10, blue
}

TEST_F(Cifar, MissingFilesAreNamed) {
  EXPECT_EQ(load().error().code, ErrorCode::kDataMissing);
  folder_.write("data_batch_1.bin", records(1));
  const auto data = load();
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(data.error().message, HasSubstr("test_batch.bin"));
}

TEST_F(Cifar, TruncatedAndEmptyFilesAreRefused) {
  folder_.write("test_batch.bin", records(1));
  Bytes cut = records(3);
  cut.pop_back();
  folder_.write("data_batch_1.bin", cut);
  const auto truncated = load();
  ASSERT_FALSE(truncated);
  EXPECT_EQ(truncated.error().code, ErrorCode::kDataTruncated);
  EXPECT_THAT(truncated.error().cause, HasSubstr("Record 2"));
  folder_.write("data_batch_1.bin", {});
  EXPECT_EQ(load().error().code, ErrorCode::kDataTruncated);
}

TEST_F(Cifar, LabelsOutOfRangeAreRefused) {
  Bytes bytes = records(2);
  bytes[3073] = 10;
  folder_.write("data_batch_1.bin", bytes);
  folder_.write("test_batch.bin", records(1));
  const auto data = load();
  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, ErrorCode::kDataLabels);
  EXPECT_THAT(data.error().message, HasSubstr("label 1 is 10"));
}

}  // namespace
}  // namespace a2q
