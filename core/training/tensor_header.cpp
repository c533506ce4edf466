// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/tensor_header.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <set>

namespace a2q {
namespace {

using nlohmann::json;

constexpr std::size_t kMostSides = 64;  // as many as a tensor of PyTorch may have

/// Takes the words of the JSON text as they come. A header has one form, so what may come next
/// follows from the place alone: anything else ends the reading.
class HeaderReader final : public nlohmann::json_sax<json> {
 public:
  TensorHeader header;
  std::string reason;  ///< why the reading ended

  bool null() override { return refuse("null"); }
  bool boolean(bool /*value*/) override { return refuse("true or false"); }
  bool number_integer(number_integer_t /*value*/) override { return refuse("a negative number"); }
  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return refuse("the number " + text.substr(0, 40));
  }
  bool binary(binary_t& /*value*/) override { return refuse("binary data"); }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ != Place::kShape && place_ != Place::kOffsets) return refuse("a number");
    if (value > std::numeric_limits<std::int64_t>::max()) return refuse("a number over 2^63");
    if (place_ == Place::kOffsets) {
      offsets_.push_back(value);
      return offsets_.size() <= 2 || stop(ofTensor("more than two data_offsets"));
    }
    std::vector<std::int64_t>& shape = header.entries.back().shape;
    shape.push_back(static_cast<std::int64_t>(value));
    return shape.size() <= kMostSides || stop(ofTensor("too many sides"));
  }

  bool string(string_t& value) override {
    if (place_ == Place::kMetadata) {
      if (header.metadata.emplace(key_, std::move(value)).second) return true;
      return stop(fmt::format("the metadata '{}' come twice", key_));
    }
    if (place_ != Place::kEntry || key_ != kType) return refuse("a text");
    header.entries.back().type = std::move(value);
    return true;
  }

  bool start_object(std::size_t /*elements*/) override {
    if (place_ == Place::kOutside) return enter(Place::kHeader);
    if (place_ != Place::kHeader) return refuse("an object");
    if (key_ == kMetadata) return enter(Place::kMetadata);
    header.entries.emplace_back().name = key_;
    given_.clear();
    offsets_.clear();
    return enter(Place::kEntry);
  }

  bool key(string_t& name) override {
    key_ = std::move(name);
    if (place_ == Place::kHeader) {
      return names_.insert(key_).second || stop(fmt::format("the name '{}' comes twice", key_));
    }
    if (place_ != Place::kEntry) return true;
    if (key_ != kType && key_ != kShape && key_ != kOffsets) {
      return stop(ofTensor(fmt::format("the unknown key '{}'", key_)));
    }
    return given_.insert(key_).second || stop(ofTensor(fmt::format("'{}' twice", key_)));
  }

  bool end_object() override {
    if (place_ != Place::kEntry) return enter(Place::kHeader);
    if (given_.size() != 3) return stop(ofTensor("no dtype, shape or data_offsets"));
    if (offsets_.size() != 2) return stop(ofTensor("no two data_offsets"));
    header.entries.back().begin = offsets_[0];
    header.entries.back().end = offsets_[1];
    return enter(Place::kHeader);
  }

  bool start_array(std::size_t /*elements*/) override {
    if (place_ != Place::kEntry || key_ == kType) return refuse("a list");
    return enter(key_ == kShape ? Place::kShape : Place::kOffsets);
  }

  bool end_array() override { return enter(Place::kEntry); }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    if (reason.empty()) reason = fmt::format("the header is no JSON (at byte {})", position);
    return false;
  }

 private:
  enum class Place { kOutside, kHeader, kMetadata, kEntry, kShape, kOffsets };

  static constexpr std::string_view kMetadata = "__metadata__";
  static constexpr std::string_view kType = "dtype";
  static constexpr std::string_view kShape = "shape";
  static constexpr std::string_view kOffsets = "data_offsets";

  bool enter(Place place) {
    place_ = place;
    return true;
  }
  bool stop(std::string why) {
    reason = std::move(why);
    return false;
  }
  bool refuse(std::string_view what) {
    return stop(fmt::format("the header has {} where none may be, at '{}'", what, key_));
  }
  [[nodiscard]] std::string ofTensor(std::string_view what) const {
    return fmt::format("tensor '{}' has {}", header.entries.back().name, what);
  }

  Place place_ = Place::kOutside;
  std::string key_;
  std::set<std::string> names_;
  std::set<std::string> given_;
  std::vector<std::uint64_t> offsets_;
};

}  // namespace

tl::expected<TensorHeader, std::string> readTensorHeader(std::string_view json) {
  HeaderReader reader;
  if (nlohmann::json::sax_parse(json, &reader)) return std::move(reader.header);
  return tl::make_unexpected(std::move(reader.reason));
}

}  // namespace a2q
