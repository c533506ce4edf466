// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "hw_backend/calibration/block_text.h"

namespace a2q {
namespace {

/// The words of a line; what is missing or no number makes it bad.
class Words {
 public:
  explicit Words(std::string_view line) {
    std::istringstream stream{std::string(line)};
    stream >> kind_;
    for (std::string word; stream >> word;) {
      const auto equals = word.find('=');
      if (equals == std::string::npos)
        good_ = false;
      else
        values_[word.substr(0, equals)] = word.substr(equals + 1);
    }
  }

  [[nodiscard]] const std::string& kind() const { return kind_; }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool has(const std::string& key) const { return values_.contains(key); }

  std::string word(const std::string& key) {
    const auto found = values_.find(key);
    if (found == values_.end()) {
      good_ = false;
      return {};
    }
    return found->second;
  }
  std::int64_t number(const std::string& key) { return parsed(word(key)); }
  BitWidth bits(const std::string& key) { return {static_cast<int>(number(key))}; }
  IntegerFormat format(const std::string& key) { return formatOf(word(key)); }
  MemoryStyle memory(const std::string& key) { return memoryOf(word(key)); }

  std::optional<ThresholdBlock> thresholds(std::int64_t channels, std::int64_t lanes,
                                           BitWidth accumulator) {
    if (!has("t")) return std::nullopt;
    const std::string given = word("t");
    const auto first = given.find(':');
    const auto second = given.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) {
      good_ = false;
      return std::nullopt;
    }
    ThresholdBlock block{channels, lanes, accumulator, 1, formatOf(given.substr(0, first)), {}, {}};
    block.levels = (std::int64_t{1} << std::clamp(block.output.width.bits, 0, 30)) - 1;
    block.style = choice(given.substr(first + 1, second - first - 1), "parallel", "search")
                      ? ThresholdStyle::kBinarySearch
                      : ThresholdStyle::kParallel;
    block.memory = memoryOf(given.substr(second + 1));
    return block;
  }

  /// Whether it is the second of two words.
  bool choice(const std::string& given, std::string_view first, std::string_view second) {
    if (given != first && given != second) good_ = false;
    return given == second;
  }

 private:
  std::int64_t parsed(std::string_view given) {
    std::int64_t value = 0;
    const auto* const end = given.data() + given.size();
    const auto [at, error] = std::from_chars(given.data(), end, value);
    if (given.empty() || error != std::errc() || at != end) good_ = false;
    return value;
  }
  IntegerFormat formatOf(const std::string& given) {
    if (given.size() < 2) {
      good_ = false;
      return {};
    }
    const bool is_signed = choice(given.substr(0, 1), "u", "s");
    return {{static_cast<int>(parsed(std::string_view(given).substr(1)))},
            is_signed ? Signedness::kSigned : Signedness::kUnsigned};
  }
  MemoryStyle memoryOf(const std::string& given) {
    return choice(given, "logic", "block") ? MemoryStyle::kBlock : MemoryStyle::kLogic;
  }

  std::string kind_;
  std::map<std::string, std::string> values_;
  bool good_ = true;
};

MvauBlock mvauOf(Words& words) {
  MvauBlock b{words.number("mw"),   words.number("mh"), words.number("pe"),
              words.number("simd"), words.bits("w"),    words.format("a"),
              words.bits("p"),      words.memory("m"),  {}};
  b.thresholds = words.thresholds(b.mh, b.pe, b.accumulator);
  return b;
}

DepthwiseBlock depthwiseOf(Words& words) {
  DepthwiseBlock b{words.number("c"), words.number("taps"), words.number("pe"), words.bits("w"),
                   words.format("a"), words.bits("p"),      words.memory("m"),  {}};
  b.thresholds = words.thresholds(b.channels, b.pe, b.accumulator);
  return b;
}

SlidingWindowBlock windowOf(Words& words) {
  SlidingWindowBlock b;
  b.channels = words.number("c");
  b.height = words.number("h");
  b.width = words.number("w");
  b.kernel_height = words.number("kh");
  b.kernel_width = words.number("kw");
  b.stride_height = words.number("sh");
  b.stride_width = words.number("sw");
  b.padding_height = words.number("ph");
  b.padding_width = words.number("pw");
  b.lanes = words.number("lanes");
  b.format = words.format("a");
  b.order = words.choice(words.word("order"), "dense", "depthwise") ? WindowOrder::kDepthwise
                                                                    : WindowOrder::kDense;
  b.memory = words.memory("m");
  return b;
}

std::optional<Block> blockOf(Words& words) {
  const std::string& kind = words.kind();
  if (kind == "mvau") return mvauOf(words);
  if (kind == "depthwise") return depthwiseOf(words);
  if (kind == "window") return windowOf(words);
  if (kind == "thresholds") {
    const auto block = words.thresholds(words.number("c"), words.number("lanes"), words.bits("p"));
    return block ? std::optional<Block>(*block) : std::nullopt;
  }
  if (kind == "pool") {
    return PoolBlock{words.number("c"),     words.number("taps"),
                     words.number("lanes"), words.format("a"),
                     words.format("b"),     words.choice(words.word("op"), "max", "sum")};
  }
  if (kind == "converter") {
    return WidthConverterBlock{words.number("in"), words.number("out"), words.bits("bits")};
  }
  if (kind == "fifo") {
    return FifoBlock{words.number("depth"), words.number("width"), words.memory("m")};
  }
  if (kind == "add") {
    return AddBlock{words.number("lanes"), words.format("l"), words.format("r"), words.format("b")};
  }
  if (kind == "fork") return ForkBlock{words.number("width")};
  if (kind == "concat") {
    return ConcatBlock{words.number("left"), words.number("right"), words.number("lanes"),
                       words.format("l"),    words.format("r"),     words.format("b")};
  }
  if (kind == "upsample") {
    return UpsampleBlock{words.number("c"),     words.number("w"),  words.number("factor"),
                         words.number("lanes"), words.bits("bits"), words.memory("m")};
  }
  if (kind == "shuffle") {
    return PixelShuffleBlock{words.number("c"), words.number("w"), words.number("factor"),
                             words.bits("bits"), words.memory("m")};
  }
  return std::nullopt;
}

}  // namespace

Result<Block> blockFromText(std::string_view text) {
  Words words(text);
  auto block = blockOf(words);
  if (block && words.good()) return *block;
  return fail(ErrorCode::kFileFormat, fmt::format("'{}' describes no block", text));
}

}  // namespace a2q
