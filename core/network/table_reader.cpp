// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/table_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/network/spec_fault.h"
#include "core/network/toml_text.h"

namespace a2q {
namespace {

std::string listed(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string wordRemedy(const toml::node& node, const Field& field) {
  const auto words = field.words();
  const auto given = node.value_exact<std::string>();
  if (words.empty() || !given) return {};
  const std::string guess = didYouMean(*given, words);
  return guess.empty() ? guess : guess + "Known words here: " + listed(words) + ".";
}

}  // namespace

std::string ReadContext::prefix(toml::source_position where) const {
  if (positions == Positions::kHidden || where.line == 0) return source + ": ";
  return fmt::format("{}:{}:{}: ", source, where.line, where.column);
}

void ReadContext::report(toml::source_position where, Error problem) {
  if (error) return;
  problem.message = prefix(where) + problem.message;
  error = std::move(problem);
}

std::string foundIn(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return "the string " + inQuotes(*text);
  if (const auto number = node.value_exact<std::int64_t>()) return fmt::format("{}", *number);
  if (const auto number = node.value_exact<double>()) return tomlFloat(*number);
  if (const auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto* list = node.as_array()) return fmt::format("a list of {}", list->size());
  return node.is_table() ? "a table" : "a date or time";
}

const toml::node* TableReader::claim(std::string_view name) {
  known_.push_back(name);
  return table_.get(name);
}

void TableReader::key(const Key& key, FieldPointer field) {
  const toml::node* node = claim(key.name);
  if (context_.error) return;
  if (node == nullptr) {
    field->readAbsent();
    if (key.presence == Presence::kRequired && !missing_) {
      missing_ = makeError(ErrorCode::kSpecValue,
                           fmt::format("key '{}' is missing in {}", key.name, title_),
                           fmt::format("expected {}: {}", field->expected(), key.meaning),
                           fmt::format("Add a line '{} = ...' there.", key.name));
    }
    return;
  }
  if (field->read(*node)) return;
  context_.report(node->source().begin,
                  makeError(ErrorCode::kSpecValue,
                            fmt::format("wrong value of key '{}' in {}", key.name, title_),
                            fmt::format("expected {}, found {}", field->expected(), foundIn(*node)),
                            wordRemedy(*node, *field)));
}

void TableReader::section(std::string_view name, const std::function<void(KeyVisitor&)>& body) {
  const toml::node* node = claim(name);
  if (node == nullptr || context_.error) return;
  const std::string path = pathOf(name);
  const toml::table* inner = node->as_table();
  if (inner == nullptr) {
    context_.report(node->source().begin,
                    makeError(ErrorCode::kSpecValue, fmt::format("'{}' is no table", path),
                              fmt::format("expected a table, found {}", foundIn(*node)),
                              fmt::format("Write its keys under [{}].", path)));
    return;
  }
  TableReader reader(*inner, path, "[" + path + "]", context_);
  // [quant.layers] repeats, so describe() does not visit it: the reader of layers does.
  if (path == "quant") reader.claim("layers");
  body(reader);
  reader.finish();
}

void TableReader::finish() {
  if (context_.error) return;
  for (auto&& [key, node] : table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    context_.report(
        key.source().begin,
        makeError(context_.unknown_key,
                  fmt::format("unknown key {} in {}", inQuotes(key.str()), title_), {},
                  didYouMean(key.str(), known_) + "Known keys here: " + listed(known_) + "."));
    return;
  }
  if (missing_) context_.report(table_.source().begin, *missing_);
}

}  // namespace a2q
