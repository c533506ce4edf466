// SPDX-License-Identifier: GPL-3.0-or-later
#include "hw_backend/device/data_source_reader.h"

namespace a2q {
namespace {

class FilledText : public Field {
 public:
  explicit FilledText(std::string& value) : value_(value) {}
  [[nodiscard]] std::string expected() const override { return "a text that is not empty"; }
  [[nodiscard]] bool read(const toml::node& node) override {
    const auto given = node.value_exact<std::string>();
    if (!given || given->empty()) return false;
    value_ = *given;
    return true;
  }
  [[nodiscard]] std::string write() const override { return value_; }

 private:
  std::string& value_;
};

}  // namespace

FieldPointer filledText(std::string& value) { return std::make_unique<FilledText>(value); }

void readSource(TableReader& reader, std::string_view name, DataSource& source) {
  bool there = false;
  reader.section(name, [&](KeyVisitor& keys) {
    there = true;
    keys.key({"title", "document", Presence::kRequired}, filledText(source.title));
    keys.key({"link", "where it is", Presence::kRequired}, filledText(source.link));
  });
  // As a key that is missing, so that the reader reports it.
  if (!there)
    reader.key({name, "table of title and link", Presence::kRequired}, filledText(source.title));
}

void reportValue(ReadContext& context, const toml::node& where, std::string message,
                 std::string cause) {
  context.report(where.source().begin,
                 makeError(ErrorCode::kSpecValue, std::move(message), std::move(cause)));
}

}  // namespace a2q
