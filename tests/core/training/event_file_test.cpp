// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/event_file.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <map>
#include <stdexcept>

#include "tests/core/data/test_files.h"
#include "tests/core/training/tensor_reader.h"

namespace a2q::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::MatchesRegex;

/// CRC32C by its definition: the plain polynomial, bit by bit, the lowest bit of a byte first.
std::uint32_t castagnoli(const std::string& bytes) {
  std::uint32_t remainder = 0xffffffff;
  for (const char byte : bytes) {
    for (int i = 0; i < 8; ++i) {
      const bool carry = (remainder >> 31 != 0) != ((byte >> i & 1) != 0);
      remainder = remainder << 1 ^ (carry ? 0x1EDC6F41U : 0U);
    }
  }
  std::uint32_t reflected = 0;
  for (int i = 0; i < 32; ++i) reflected |= (remainder >> i & 1U) << (31 - i);
  return ~reflected;
}

std::uint32_t masked(const std::string& bytes) {
  const std::uint32_t crc = castagnoli(bytes);
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

/// Takes bytes off the front of a message or a file.
class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] bool empty() const { return at_ == bytes_.size(); }
  std::string take(std::size_t size) {
    if (size > bytes_.size() - at_) throw std::runtime_error("the bytes end early");
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    const std::string bytes = take(size);
    for (std::size_t i = 0; i < size; ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint64_t byte = number(1);
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

/// The fields of a message, each once: numbers as they stand, and counted fields as their bytes.
struct Message {
  std::map<std::uint64_t, std::uint64_t> numbers;
  std::map<std::uint64_t, std::string> texts;

  [[nodiscard]] double real(std::uint64_t field) const {
    return std::bit_cast<double>(numbers.at(field));
  }
};

Message parse(const std::string& content) {
  Message message;
  for (Bytes bytes(content); !bytes.empty();) {
    const std::uint64_t key = bytes.varint();
    const std::uint64_t field = key >> 3;
    if ((key & 7) == 0) message.numbers[field] = bytes.varint();
    if ((key & 7) == 1) message.numbers[field] = bytes.number(8);
    if ((key & 7) == 2) message.texts[field] = bytes.take(bytes.varint());
    if ((key & 7) == 5) message.numbers[field] = bytes.number(4);
  }
  return message;
}

std::vector<double> packed(const std::string& content) {
  std::vector<double> values;
  for (Bytes bytes(content); !bytes.empty();) {
    values.push_back(std::bit_cast<double>(bytes.number(8)));
  }
  return values;
}

/// The events of a file; a wrong checksum is an exception.
std::vector<Message> eventsOf(const std::filesystem::path& path) {
  std::vector<Message> events;
  for (Bytes file(contentOf(path)); !file.empty();) {
    const std::string length = file.take(8);
    if (file.number(4) != masked(length)) throw std::runtime_error("checksum of a length");
    const std::string content = file.take(Bytes(length).number(8));
    if (file.number(4) != masked(content)) throw std::runtime_error("checksum of an event");
    events.push_back(parse(content));
  }
  return events;
}

/// Value 0 of the summary of an event.
Message valueOf(const Message& event) { return parse(parse(event.texts.at(5)).texts.at(1)); }

TEST(EventFile, TheTestsOwnChecksumIsThatOfRfc3720) {
  EXPECT_EQ(castagnoli("123456789"), 0xe3069283U);
  EXPECT_EQ(castagnoli(std::string(32, '\0')), 0x8a9136aaU);
}

TEST(EventFile, BytesByHand) {
  const test::TemporaryFolder folder;
  auto file = EventFile::create(folder.path(), 1.5);
  ASSERT_TRUE(file) << describe(file.error());
  ASSERT_TRUE(file->scalar("loss", 300, 0.5, 2.0));
  ASSERT_TRUE(file->flush());
  // Every file of TensorBoard begins with 18 00 00 00 00 00 00 00 a3 7f 4b 22 09.
  const std::string version("\x18\0\0\0\0\0\0\0\xa3\x7f\x4b\x22\x09\0\0\0\0\0\0\xf8\x3f\x1a\x0d",
                            23);
  const std::string version_end = "brain.Event:2\x2a\x28\x64\x6c";
  const std::string event(
      "\x1b\0\0\0\0\0\0\0\x1a\x0d\x9e\x13"  // 27 bytes
      "\x09\0\0\0\0\0\0\0\x40"              // wall_time 2.0
      "\x10\xac\x02"                        // step 300
      "\x2a\x0d\x0a\x0b\x0a\x04loss"        // summary, value, tag
      "\x15\0\0\0\x3f\xdf\xc5\x2b\x60",     // simple_value 0.5, checksum
      43);
  EXPECT_EQ(contentOf(file->path()), version + version_end + event);
}

TEST(EventFile, NameAndPlace) {
  const test::TemporaryFolder folder;
  const auto file = EventFile::create(folder.path() / "runs" / "a", 1'700'000'000.75);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->path().parent_path(), folder.path() / "runs" / "a");
  EXPECT_THAT(
      file->path().filename().string(),
      MatchesRegex("events\\.out\\.tfevents\\.1700000000\\..+\\." + std::to_string(::getpid())));
  const auto second = EventFile::create(folder.path() / "runs" / "a", 1'700'000'000.75);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->path(), file->path().string() + ".1");
}

TEST(EventFile, ScalarsInOrder) {
  const test::TemporaryFolder folder;
  auto file = EventFile::create(folder.path(), 1.0);
  ASSERT_TRUE(file);
  const std::string long_tag = "ebene/größe/" + std::string(300, 'x');
  ASSERT_TRUE(file->scalar("train/loss", 0, 0.1, 5.25));
  ASSERT_TRUE(file->scalar(long_tag, std::int64_t{1} << 40, -1e300, 6));
  ASSERT_TRUE(file->scalar("nan", -1, std::nan(""), 7));
  ASSERT_TRUE(file->flush());
  const auto events = eventsOf(file->path());
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].texts.at(3), "brain.Event:2");
  EXPECT_EQ(events[0].real(1), 1.0);
  EXPECT_EQ(events[1].real(1), 5.25);
  EXPECT_EQ(events[1].numbers.at(2), 0U);
  EXPECT_EQ(valueOf(events[1]).texts.at(1), "train/loss");
  const auto simple = [](const Message& event) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(valueOf(event).numbers.at(2)));
  };
  EXPECT_EQ(simple(events[1]), 0.1F);
  EXPECT_EQ(events[2].numbers.at(2), std::uint64_t{1} << 40);
  EXPECT_EQ(valueOf(events[2]).texts.at(1), long_tag);
  EXPECT_EQ(simple(events[2]), -HUGE_VALF);
  EXPECT_EQ(static_cast<std::int64_t>(events[3].numbers.at(2)), -1);
  EXPECT_TRUE(std::isnan(simple(events[3])));
}

TEST(EventFile, Histograms) {
  const test::TemporaryFolder folder;
  auto file = EventFile::create(folder.path());
  ASSERT_TRUE(file);
  const double edges[] = {-1, 0, 1, 3};
  const std::int64_t counts[] = {2, 0, 3};
  ASSERT_TRUE(file->histogram("weights", 4, {edges, counts}));
  ASSERT_TRUE(file->flush());
  const auto events = eventsOf(file->path());
  ASSERT_EQ(events.size(), 2U);
  const Message value = valueOf(events[1]);
  EXPECT_EQ(value.texts.at(1), "weights");
  const Message histogram = parse(value.texts.at(5));
  EXPECT_EQ(histogram.real(1), -1);
  EXPECT_EQ(histogram.real(2), 3);
  EXPECT_EQ(histogram.real(3), 5);
  EXPECT_EQ(histogram.real(4), 2 * -0.5 + 3 * 2);
  EXPECT_EQ(histogram.real(5), 2 * 0.25 + 3 * 4);
  EXPECT_THAT(packed(histogram.texts.at(6)), ElementsAre(0, 1, 3));
  EXPECT_THAT(packed(histogram.texts.at(7)), ElementsAre(2, 0, 3));
}

TEST(EventFile, HistogramsThatAreNone) {
  const test::TemporaryFolder folder;
  auto file = EventFile::create(folder.path());
  ASSERT_TRUE(file);
  const std::pair<std::vector<double>, std::vector<std::int64_t>> cases[] = {
      {{}, {}},      {{1}, {}}, {{1, 2}, {}}, {{1, 2}, {3, 4}}, {{2, 1}, {3}}, {{1, HUGE_VAL}, {3}},
      {{1, 2}, {-1}}};
  for (const auto& [edges, counts] : cases) {
    const auto status = file->histogram("h", 0, {edges, counts});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::kInternal);
  }
  ASSERT_TRUE(file->flush());
  EXPECT_EQ(eventsOf(file->path()).size(), 1U);
}

TEST(EventFile, TimeOfTheClock) {
  const auto now = [] {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const test::TemporaryFolder folder;
  const double before = now();
  auto file = EventFile::create(folder.path());
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->scalar("a", 1, 1));
  ASSERT_TRUE(file->flush());
  for (const Message& event : eventsOf(file->path())) {
    EXPECT_GE(event.real(1), before);
    EXPECT_LE(event.real(1), now());
  }
}

TEST(EventFile, PlacesThatCannotBeWritten) {
  const auto nowhere = EventFile::create("/proc/nowhere/events");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::kWriteFailed);
  const test::TemporaryFolder folder;
  const auto inside_a_file = EventFile::create(folder.write("file", {1}));
  ASSERT_FALSE(inside_a_file);
  EXPECT_EQ(inside_a_file.error().code, ErrorCode::kWriteFailed);
}

}  // namespace
}  // namespace a2q::testing
