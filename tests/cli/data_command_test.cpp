// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/data/catalogue.h"
#include "tests/cli/run_program.h"
#include "tests/core/data/http_server.h"
#include "tests/core/data/test_files.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class DataCommand : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> command(std::vector<std::string> words) const {
    words.insert(words.begin(), {A2Q_BINARY, "data"});
    return words;
  }

  [[nodiscard]] RunOptions options() const {
    return {.environment = {"A2Q_DATA_DIR=", "XDG_CACHE_HOME=" + folder_.path().string()},
            .limit = std::chrono::seconds(60)};
  }

  ProgramResult run(std::vector<std::string> words) {
    return runProgram(command(std::move(words)), options());
  }

  /// Three images of 1 × 2 in the form of MNIST, below the folder of this test.
  std::string writeSmallSet(const std::string& name) {
    for (const std::string part : {"train", "t10k"}) {
      folder_.write(name + "/" + part + "-images-idx3-ubyte",
                    test::idxBytes({3, 1, 2}, {1, 2, 3, 4, 5, 6}));
      folder_.write(name + "/" + part + "-labels-idx1-ubyte", test::idxBytes({3}, {7, 8, 7}));
    }
    return (folder_.path() / name).string();
  }

  test::TemporaryFolder folder_;
  test::HttpServer server_;
  fs::path cache_ = folder_.path() / "a2q" / "data" / "optdigits";
};

TEST_F(DataCommand, ListsEverySet) {
  const ProgramResult text = run({"list"});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.err, IsEmpty());
  const ProgramResult json = run({"list", "--json"});
  ASSERT_EQ(json.exit_code, 0);
  const auto document = nlohmann::json::parse(json.out);
  EXPECT_EQ(document.at("schema"), "a2q-data-list-1");
  ASSERT_EQ(document.at("sets").size(), catalogue().size());
  for (std::size_t i = 0; i < catalogue().size(); ++i) {
    const auto& row = document.at("sets")[i];
    EXPECT_THAT(text.out, HasSubstr(catalogue()[i].set));
    EXPECT_EQ(row.at("set"), catalogue()[i].set);
    EXPECT_EQ(row.at("fetchable"), !catalogue()[i].downloads.empty());
    EXPECT_TRUE(row.at("folder").is_null());
  }
  EXPECT_THAT(text.out, HasSubstr("a2q data fetch cifar10"));
}

TEST_F(DataCommand, ListSaysWhereASetLies) {
  const std::string folder = writeSmallSet("a2q/data/mnist");
  EXPECT_THAT(run({"list"}).out, HasSubstr("in " + folder));
}

TEST_F(DataCommand, ChecksAFolder) {
  const std::string folder = writeSmallSet("mine");
  const ProgramResult text = run({"check", folder});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("3 training and 3 test images of 1×1×2"),
                              HasSubstr("0, 0, 0, 0, 0, 0, 0, 2, 1, 0")));
  const auto document = nlohmann::json::parse(run({"check", folder, "--json"}).out);
  EXPECT_EQ(document.at("schema"), "a2q-data-check-1");
  EXPECT_EQ(document.at("set"), "mnist");
  EXPECT_EQ(document.at("sound"), true);
  EXPECT_EQ(document.at("shape"), (std::vector<int>{1, 1, 2}));
  EXPECT_EQ(document.at("train_counts")[7], 2);
}

TEST_F(DataCommand, CheckTellsDamageFromAbsence) {
  const std::string folder = writeSmallSet("mine");
  fs::resize_file(fs::path(folder) / "t10k-images-idx3-ubyte", 20);
  const ProgramResult truncated = run({"check", folder});
  EXPECT_EQ(truncated.exit_code, 3);
  EXPECT_THAT(truncated.err, AllOf(StartsWith("A2Q-0302"), HasSubstr("t10k-images")));
  EXPECT_EQ(run({"check", "/nowhere/at/all"}).exit_code, 7);
  EXPECT_EQ(run({"check", "mnist"}).exit_code, 7);
  const ProgramResult misspelt = run({"check", "mnits"});
  EXPECT_EQ(misspelt.exit_code, 2);
  EXPECT_THAT(misspelt.err, HasSubstr("'mnist'"));
}

TEST_F(DataCommand, CheckFindsPublishedFilesThatChanged) {
  std::string line = "1";
  for (int i = 0; i < 64; ++i) line += ",1";
  for (const char* const name : {"o/optdigits.tra", "o/optdigits.tes"}) {
    folder_.write(name, test::Bytes(line.begin(), line.end()));
  }
  const ProgramResult result = run({"check", (folder_.path() / "o").string()});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.out, HasSubstr("DAMAGED"));
}

TEST_F(DataCommand, WrongUsageSaysWhatIsMeant) {
  EXPECT_EQ(run({}).exit_code, 2);
  EXPECT_EQ(run({"list", "mnist"}).exit_code, 2);
  EXPECT_EQ(run({"check"}).exit_code, 2);
  EXPECT_EQ(run({"check", "mnist", "--from", "https://localhost"}).exit_code, 2);
  EXPECT_THAT(run({"fetch", "mnits"}).err, HasSubstr("'mnist'"));
  const ProgramResult not_offered = run({"fetch", "set5"});
  EXPECT_EQ(not_offered.exit_code, 2);
  EXPECT_THAT(not_offered.err, HasSubstr("github.com"));
  const ProgramResult scheme = run({"fetch", "mnist", "--from", "ftp://localhost/"});
  EXPECT_EQ(scheme.exit_code, 2);
  EXPECT_THAT(scheme.err, HasSubstr("https://"));
}

TEST_F(DataCommand, FetchSaysWhatFailed) {
  const ProgramResult absent = run({"fetch", "optdigits", "--from", server_.address()});
  EXPECT_EQ(absent.exit_code, 7);
  EXPECT_THAT(absent.err, AllOf(HasSubstr("A2Q-0704"), HasSubstr("404")));
  server_.serve("/optdigits.tra", {.body = "something else"});
  const ProgramResult wrong = run({"fetch", "optdigits", "--from", server_.address()});
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_THAT(wrong.err, HasSubstr("A2Q-0306"));
  EXPECT_TRUE(fs::is_empty(cache_));
}

TEST_F(DataCommand, FetchIntoAPlaceThatCannotBeWritten) {
  const ProgramResult result =
      run({"fetch", "optdigits", "--from", server_.address(), "--to", "/proc/here"});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, AllOf(HasSubstr("A2Q-0702"), HasSubstr("/proc/here")));
}

class FetchStop : public DataCommand, public ::testing::WithParamInterface<std::pair<int, int>> {};

TEST_P(FetchStop, KeepsThePart) {
  const std::string body(50'000, 'x');
  server_.serve("/optdigits.tra", {.body = body, .cut_after = 20'000, .cuts = 1, .stalls = true});
  RunningProgram program(command({"fetch", "optdigits", "--from", server_.address()}), options());
  ASSERT_TRUE(program.waitFor("fetching optdigits.tra"));
  const fs::path part = cache_ / "optdigits.tra.part";
  const auto size = [&] { return fs::exists(part) ? fs::file_size(part) : 0; };
  for (int i = 0; i < 500 && size() < 20'000; ++i) usleep(10'000);
  program.sendSignal(GetParam().first);
  const ProgramResult result = program.finish();
  EXPECT_EQ(result.exit_code, GetParam().second);
  EXPECT_THAT(result.out, HasSubstr("start again to go on"));
  EXPECT_EQ(size(), 20'000U);
  EXPECT_FALSE(fs::exists(cache_ / "optdigits.tra"));
}

INSTANTIATE_TEST_SUITE_P(Signals, FetchStop,
                         ::testing::Values(std::pair(SIGINT, 130), std::pair(SIGTERM, 143)));

}  // namespace
}  // namespace a2q::testing
