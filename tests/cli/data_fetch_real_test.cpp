// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/run_program.h"
#include "tests/core/data/http_server.h"
#include "tests/core/data/test_files.h"

namespace a2q::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// The original files from a server that breaks off once in every file.
TEST(DataFetchReal, FetchesCheckedFilesThatTrainingFinds) {
  const char* const root = std::getenv("A2Q_DATA_DIR");
  if (root == nullptr || *root == '\0') {
    GTEST_SKIP() << "A2Q_DATA_DIR is not set: it names the folder that holds mnist and optdigits, "
                    "the original files in each.";
  }
  const test::TemporaryFolder folder;
  const RunOptions options{
      .environment = {"A2Q_DATA_DIR=", "XDG_CACHE_HOME=" + folder.path().string()}};
  for (const std::string set : {"mnist", "optdigits"}) {
    test::HttpServer server;
    for (const auto& file : fs::directory_iterator(fs::path(root) / set)) {
      std::ifstream in(file.path(), std::ios::binary);
      server.serve(
          "/mirror/" + file.path().filename().string(),
          {.body = {std::istreambuf_iterator<char>(in), {}}, .cut_after = 3'000, .cuts = 1});
    }
    const std::vector<std::string> fetch = {A2Q_BINARY, "data",   "fetch",
                                            set,        "--from", server.address() + "mirror"};
    const ProgramResult fetched = runProgram(fetch, options);
    ASSERT_EQ(fetched.exit_code, 0) << fetched.err;
    EXPECT_THAT(fetched.out, HasSubstr("is now in"));
    EXPECT_THAT(runProgram(fetch, options).out, HasSubstr("is already in"));
    const ProgramResult check = runProgram({A2Q_BINARY, "data", "check", set, "--json"}, options);
    ASSERT_EQ(check.exit_code, 0) << check.err;
    const auto document = nlohmann::json::parse(check.out);
    EXPECT_EQ(document.at("folder"), (folder.path() / "a2q" / "data" / set).string());
    EXPECT_TRUE(document.at("originals").at("missing").empty());
    EXPECT_TRUE(document.at("originals").at("different").empty());
  }
}

}  // namespace
}  // namespace a2q::testing
