// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/optdigits_data_set.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// 64 values, the first of them `first`, and the digit.
std::string line(const std::string& first, const std::string& digit) {
  std::string text = first;
  for (int i = 1; i < 64; ++i) text += "," + std::to_string(i % 17);
  return text + "," + digit;
}

class Optdigits : public testing::Test {
 protected:
  void writeText(const std::string& name, const std::string& text) {
    folder_.write(name, test::Bytes(text.begin(), text.end()));
  }

  Result<DataSet> load(const std::string& train) {
    writeText("optdigits.tra", train);
    writeText("optdigits.tes", line("3", "4") + "\n");
    DataSpec spec;
    spec.set = "optdigits";
    return loadDataSet(spec, 1, folder_.path());
  }

  test::TemporaryFolder folder_;
};

TEST_F(Optdigits, KeepsTheValues) {
  for (const std::string end : {"\n", "\r\n", "\n\n"}) {
    const auto set = load(line("16", "7") + (end == "\n\n" ? "\n" : end) + line("0", "9") + end);
    ASSERT_TRUE(set) << describe(set.error());
    EXPECT_EQ(set->train.shape, (Shape{1, 8, 8}));
    EXPECT_EQ(set->train.classes, 10);
    EXPECT_THAT(set->train.labels, ElementsAre(7, 9));
    EXPECT_EQ(set->train.image(0)[0], 16);
    EXPECT_EQ(set->train.image(1)[0], 0);
    EXPECT_EQ(set->train.image(1)[63], 63 % 17);
    EXPECT_THAT(set->test.labels, ElementsAre(4));
  }
}

TEST_F(Optdigits, NamesLineAndValueOfWhatIsWrong) {
  const std::string good = line("1", "2") + "\n";
  for (const std::string value : {"17", "-1", "1.5", "", " 3", "99999999999"}) {
    const auto result = load(good + line(value, "2") + "\n");
    ASSERT_FALSE(result) << value;
    EXPECT_EQ(result.error().code, ErrorCode::kFileFormat);
    EXPECT_THAT(result.error().message, HasSubstr("optdigits.tra: line 2, value 1 is"));
  }
  const auto label = load(good + good + line("1", "10"));
  ASSERT_FALSE(label);
  EXPECT_EQ(label.error().code, ErrorCode::kDataLabels);
  EXPECT_THAT(label.error().message, HasSubstr("line 3"));
  const auto cut = load(good + "1,2,3\n");
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().message, HasSubstr("line 2 has 3 values"));
  EXPECT_EQ(load("").error().code, ErrorCode::kDataTruncated);
  EXPECT_EQ(load(good + "\n" + good).error().code, ErrorCode::kFileFormat);
}

TEST_F(Optdigits, NamesTheMissingFile) {
  const std::filesystem::path folders[] = {folder_.path()};
  EXPECT_THAT(loadOptdigitsDataSet(folders).error().message, HasSubstr("optdigits.tra"));
  writeText("optdigits.tra", line("1", "2"));
  const auto half = loadOptdigitsDataSet(folders);
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, ErrorCode::kDataMissing);
  EXPECT_THAT(half.error().message, HasSubstr("optdigits.tes"));
}

}  // namespace
}  // namespace a2q
