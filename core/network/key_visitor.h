// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

#include "core/network/experiment.h"
#include "core/network/spec_fields.h"

namespace a2q {

enum class Presence { kOptional, kRequired };

/// What a describe() function tells of one key besides its field.
struct Key {
  std::string_view name;
  std::string_view meaning;
  Presence presence = Presence::kOptional;
};

/// Sees every key of a specification in order. The describe() functions below are the only place
/// where the keys of a file are named: reading, writing, suggestions and the list of keys are
/// visitors.
class KeyVisitor {
 public:
  virtual ~KeyVisitor() = default;
  virtual void key(const Key& key, FieldPointer field) = 0;
  /// A table inside the present one.
  virtual void section(std::string_view name, const std::function<void(KeyVisitor&)>& body) = 0;
};

/// All tables but [[layer]] and [quant.layers]: these repeat, see below.
void describe(KeyVisitor& keys, Experiment& experiment);

/// One [quant.layers.NAME].
void describe(KeyVisitor& keys, QuantOverride& change);

/// What every [[layer]] has, whatever its kind.
struct LayerHead {
  std::string name;
  std::size_t kind = 0;  ///< index into layerKinds()
  std::vector<std::string> input;
  std::vector<std::string> inputs;
};
void describe(KeyVisitor& keys, LayerHead& head);

/// The other keys of a [[layer]] of that kind.
void describe(KeyVisitor& keys, LayerKind& kind);

/// A kind of layer: a layer with its defaults, and what it does.
struct KindRow {
  LayerKind prototype;
  std::string_view meaning;
};
[[nodiscard]] const std::vector<KindRow>& layerKinds();

}  // namespace a2q
