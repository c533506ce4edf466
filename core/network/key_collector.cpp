// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/network/key_collector.h"

namespace a2q {

void KeyCollector::key(const Key& key, FieldPointer field) {
  rows_.push_back({table_, std::string(key.name), field->expected(), field->write(),
                   field->fallback(), std::string(key.meaning), key.presence});
}

void KeyCollector::section(std::string_view name, const std::function<void(KeyVisitor&)>& body) {
  KeyCollector inner(table_.empty() ? std::string(name) : table_ + "." + std::string(name));
  body(inner);
  rows_.insert(rows_.end(), inner.rows_.begin(), inner.rows_.end());
}

}  // namespace a2q
