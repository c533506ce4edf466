// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fetch.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "core/base/sha256.h"
#include "tests/core/data/http_server.h"
#include "tests/core/data/test_files.h"

namespace a2q {
namespace {

namespace fs = std::filesystem;
using test::Request;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::size_t kSize = 300'000;

std::string sumOf(const std::string& text) {
  Sha256 sum;
  sum.add(text);
  return sum.hex();
}

/// A set of one file of 300,000 bytes that all differ from their neighbours.
class Fetch : public testing::Test {
 protected:
  Fetch() {
    for (std::size_t i = 0; i < kSize; ++i) body_ += static_cast<char>(i * 7 + i / 256);
    sum_ = sumOf(body_);
    entry_ = {.set = "test",
              .source = "nowhere",
              .address = "https://localhost/",
              .downloads = {{"data.bin", sum_, static_cast<std::int64_t>(kSize)}}};
  }

  void serve(test::Resource resource) { server_.serve("/data.bin", std::move(resource)); }

  Result<FetchReport> fetch() {
    options_.to = to_;
    if (options_.from.empty()) options_.from = server_.address();
    return fetchDataSet(entry_, options_);
  }

  void expectFetched(const Result<FetchReport>& report) {
    ASSERT_TRUE(report) << describe(report.error());
    EXPECT_EQ(report->end, FetchEnd::kFetched);
    EXPECT_EQ(content(file_), body_);
    EXPECT_FALSE(fs::exists(part_));
  }

  void expectFailure(const Result<FetchReport>& report, ErrorCode code, const std::string& cause) {
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, code) << describe(report.error());
    EXPECT_THAT(report.error().cause, HasSubstr(cause));
    EXPECT_FALSE(fs::exists(file_));
  }

  static std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void writePart(const std::string& text) const {
    fs::create_directories(to_);
    std::ofstream(part_, std::ios::binary) << text;
  }

  test::HttpServer server_;
  test::TemporaryFolder folder_;
  fs::path to_ = folder_.path() / "cache" / "test";
  fs::path file_ = to_ / "data.bin";
  fs::path part_ = to_ / "data.bin.part";
  std::string body_;
  std::string sum_;
  CatalogueEntry entry_;
  FetchOptions options_;
};

TEST_F(Fetch, GetsAFile) {
  serve({.body = body_});
  std::int64_t last = 0;
  options_.progress = [&](std::string_view file, std::int64_t there, std::int64_t in_all) {
    EXPECT_EQ(file, "data.bin");
    EXPECT_GE(there, last);
    EXPECT_THAT(in_all, testing::AnyOf(0, static_cast<std::int64_t>(kSize)));
    last = there;
  };
  expectFetched(fetch());
  EXPECT_EQ(last, static_cast<std::int64_t>(kSize));
  EXPECT_THAT(server_.requests(), ElementsAre(Request{"/data.bin", 0}));
}

TEST_F(Fetch, TakesABrokenConnectionUpAgain) {
  serve({.body = body_, .cut_after = 100'000, .cuts = 2});
  expectFetched(fetch());
  EXPECT_THAT(server_.requests(),
              ElementsAre(Request{"/data.bin", 0}, Request{"/data.bin", 100'000},
                          Request{"/data.bin", 200'000}));
}

TEST_F(Fetch, KeepsThePartForTheNextTime) {
  serve({.body = body_, .cut_after = 0, .cuts = 100});
  writePart(body_.substr(0, 120'000));
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "");
  EXPECT_EQ(content(part_), body_.substr(0, 120'000));
  serve({.body = body_});
  expectFetched(fetch());
  EXPECT_EQ(server_.requests().back(), (Request{"/data.bin", 120'000}));
}

TEST_F(Fetch, StartsAnewWhenTheServerKnowsNoRanges) {
  serve({.body = body_, .ranges = false, .cut_after = 100'000, .cuts = 1});
  writePart(body_.substr(0, 50'000));
  expectFetched(fetch());
}

TEST_F(Fetch, StartsAnewWhenThePartIsOfAnotherFile) {
  serve({.body = body_});
  writePart(std::string(120'000, 'x'));
  expectFetched(fetch());
  EXPECT_THAT(server_.requests(),
              ElementsAre(Request{"/data.bin", 120'000}, Request{"/data.bin", 0}));
}

TEST_F(Fetch, StartsAnewWhenThePartIsTooLong) {
  serve({.body = body_});
  writePart(body_ + "more");
  expectFetched(fetch());
  // Of unknown size: the server says that there is no such range.
  fs::rename(file_, part_);
  std::ofstream(part_, std::ios::app) << "more";
  entry_.downloads.front().bytes = 0;
  expectFetched(fetch());
}

TEST_F(Fetch, NeedsNoNetworkForACompletePart) {
  writePart(body_);
  expectFetched(fetch());
  EXPECT_THAT(server_.requests(), ElementsAre());
}

TEST_F(Fetch, RefusesWrongBytes) {
  std::string wrong = body_;
  wrong[1234] ^= 1;
  serve({.body = wrong});
  expectFailure(fetch(), ErrorCode::kChecksum, sumOf(wrong));
  EXPECT_FALSE(fs::exists(part_));
}

TEST_F(Fetch, RefusesALongerFile) {
  serve({.body = body_ + "more"});
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "longer");
}

TEST_F(Fetch, SaysWhatTheServerSaid) {
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "404");
  serve({.body = "busy", .status = 503});
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "503");
}

TEST_F(Fetch, SaysThatNobodyAnswers) {
  {
    const test::HttpServer gone;
    options_.from = gone.address();
  }
  const auto report = fetch();
  expectFailure(report, ErrorCode::kNetworkFailed, "connect");
  EXPECT_THAT(report.error().remedy, HasSubstr("--from"));
}

TEST_F(Fetch, FollowsNoRedirectToHttp) {
  serve({.status = 302, .location = server_.address() + "other"});
  server_.serve("/other", {.body = body_});
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "https");
  EXPECT_THAT(server_.requests(), ElementsAre(Request{"/data.bin", 0}));
}

TEST_F(Fetch, UsesHttpOnlyWhenAskedTo) {
  serve({.body = body_});
  entry_.address = "http://127.0.0.1/";
  options_.to = to_;
  expectFailure(fetchDataSet(entry_, options_), ErrorCode::kNetworkFailed, "https");
  options_.from = "ftp://127.0.0.1/";
  expectFailure(fetch(), ErrorCode::kUsage, "http");
  EXPECT_THAT(server_.requests(), ElementsAre());
}

TEST_F(Fetch, GivesUpWhenNothingComes) {
  writePart(body_.substr(0, 299'000));
  options_.stall_seconds = 1;
  serve({.body = body_, .cut_after = 0, .cuts = 100, .stalls = true});
  const auto begin = std::chrono::steady_clock::now();
  expectFailure(fetch(), ErrorCode::kNetworkFailed, "299000 bytes");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
}

TEST_F(Fetch, StopsWhenAskedToAndGoesOnLater) {
  serve({.body = body_, .cut_after = 100'000, .cuts = 1, .stalls = true});
  std::stop_source source;
  options_.stop = source.get_token();
  options_.progress = [&](std::string_view, std::int64_t there, std::int64_t) {
    if (there == 100'000) source.request_stop();
  };
  const auto stopped = fetch();
  ASSERT_TRUE(stopped) << describe(stopped.error());
  EXPECT_EQ(stopped->end, FetchEnd::kStopped);
  EXPECT_EQ(content(part_), body_.substr(0, 100'000));
  EXPECT_FALSE(fs::exists(file_));
  options_.stop = {};
  options_.progress = {};
  expectFetched(fetch());
}

TEST_F(Fetch, LeavesWhatIsThereAlone) {
  serve({.body = body_});
  expectFetched(fetch());
  expectFetched(fetch());
  EXPECT_EQ(server_.requests().size(), 1U);
  std::ofstream(file_) << "mine";
  const auto report = fetch();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kExists);
  EXPECT_EQ(content(file_), "mine");
}

TEST_F(Fetch, IsAloneInItsFolder) {
  fs::create_directories(to_);
  const int other = ::open(to_.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
  expectFailure(fetch(), ErrorCode::kExists, "Another program");
  ::close(other);
}

TEST_F(Fetch, SaysThatAFolderCannotBeWritten) {
  to_ = "/proc/a2q-cache";
  const auto report = fetch();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kWriteFailed);
  EXPECT_THAT(report.error().message, HasSubstr("/proc/a2q-cache"));
}

TEST_F(Fetch, OffersNothingThatCannotBeChecked) {
  entry_.downloads.clear();
  const auto report = fetch();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kUsage);
  EXPECT_THAT(report.error().remedy, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace a2q
