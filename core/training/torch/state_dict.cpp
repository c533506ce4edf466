// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/state_dict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/atomic_file.h"
#include "core/training/torch/pickle_tree.h"
#include "core/training/torch/stored_tensor.h"
#include "core/training/torch/stored_zip.h"

namespace a2q {
namespace {

using Bytes = std::span<const std::byte>;
using Reason = tl::unexpected<std::string>;
using Tensors = tl::expected<std::vector<NamedTensor>, std::string>;

/// Where checkpoints keep the weights, the likeliest first.
constexpr std::array<std::string_view, 7> kUsualKeys{
    "state_dict", "model_state_dict", "model", "net", "network", "weights", "params"};
constexpr int kDeepest = 4;  // dictionaries in dictionaries; they may go round in circles
constexpr std::uint64_t kLargestGrowth = 8;  // of expanded, shared and widened tensors
constexpr std::uint64_t kSmallFile = 1 << 20;

/// The texts and values of a dictionary; the last value of a key counts, as in Python.
class Dictionary {
 public:
  Dictionary(const PickleTree& tree, const PickleNode& node) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
      const PickleNode* key = tree.find(node.items[i], PickleKind::kText);
      if (key == nullptr) continue;
      const auto [place, is_new] = places.emplace(key->text, entries.size());
      if (is_new) entries.emplace_back(key->text, PickleValue());
      entries[place->second].second = node.items[i + 1];
    }
  }

  [[nodiscard]] const PickleValue* find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const auto& entry) { return entry.first == key; });
    return found == entries.end() ? nullptr : &found->second;
  }

  std::vector<std::pair<std::string_view, PickleValue>> entries;
};

/// Looks for the dictionary that holds the weights.
class WeightFinder {
 public:
  explicit WeightFinder(const PickleTree& tree) : tree_(tree) {}

  tl::expected<const PickleNode*, std::string> find() {
    const PickleNode* found = nullptr;
    std::string open;
    search(tree_.root, kDeepest, found, open);
    if (!open.empty()) return Reason(open);
    if (found == nullptr) return Reason("it holds no dictionary of tensors");
    return found;
  }

 private:
  void search(const PickleValue& value, int depth, const PickleNode*& found, std::string& open) {
    const PickleNode* node = depth > 0 ? tree_.find(value, PickleKind::kDict) : nullptr;
    if (node == nullptr || !seen_.insert(node).second) return;
    const Dictionary dictionary(tree_, *node);
    for (const std::string_view key : kUsualKeys) {
      const PickleValue* inner = dictionary.find(key);
      if (inner != nullptr) search(*inner, depth - 1, found, open);
      if (found != nullptr || !open.empty()) return;
    }
    for (const auto& [key, inner] : dictionary.entries) {
      if (tree_.find(inner, PickleKind::kTensor) != nullptr) {
        found = node;
        return;
      }
    }
    std::string_view holder;
    for (const auto& [key, inner] : dictionary.entries) {
      const PickleNode* other = nullptr;
      search(inner, depth - 1, other, open);
      if (other == nullptr) continue;
      if (found != nullptr) {
        open = fmt::format("both '{}' and '{}' hold tensors, and either may be meant", holder, key);
        return;
      }
      found = other;
      holder = key;
    }
  }

  const PickleTree& tree_;
  std::set<const PickleNode*> seen_;  // what is shared is searched once
};

/// The records of an archive: its one folder holds "data.pkl" and "data/0", "data/1", ...
class Archive {
 public:
  static tl::expected<Archive, std::string> open(Bytes file) {
    auto entries = readStoredZip(file);
    if (!entries) return Reason(std::move(entries).error());
    constexpr std::string_view kPickle = "/data.pkl";
    for (const auto& [name, bytes] : *entries) {
      if (!name.ends_with(kPickle) || name.find('/') != name.size() - kPickle.size()) continue;
      Archive archive;
      archive.folder_ = name.substr(0, name.size() - kPickle.size() + 1);
      archive.entries_ = std::move(*entries);
      return archive;
    }
    return Reason("it is a ZIP archive, but not of torch.save: there is no data.pkl");
  }

  [[nodiscard]] std::optional<Bytes> record(const std::string& name) const {
    const auto found = entries_.find(folder_ + name);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::string folder_;
  ZipEntries entries_;
};

std::optional<std::vector<std::int64_t>> integersOf(const PickleTree& tree,
                                                    const PickleValue& value) {
  const PickleNode* tuple = tree.find(value, PickleKind::kTuple);
  if (tuple == nullptr) return std::nullopt;
  std::vector<std::int64_t> integers;
  for (const PickleValue& item : tuple->items) {
    const auto* integer = std::get_if<std::int64_t>(&item);
    if (integer == nullptr) return std::nullopt;
    integers.push_back(*integer);
  }
  return integers;
}

/// What the pickle says of a tensor, with the record it lies in.
std::optional<StoredTensor> storedTensor(const PickleTree& tree, const PickleNode& node,
                                         const Archive& archive) {
  const PickleNode& storage = *tree.find(node.items[0], PickleKind::kStorage);
  const auto* offset = std::get_if<std::int64_t>(&node.items[1]);
  const auto sizes = integersOf(tree, node.items[2]);
  const auto strides = integersOf(tree, node.items[3]);
  const auto record = archive.record("data/" + storage.text);
  if (offset == nullptr || !sizes || !strides || !record) return std::nullopt;
  return StoredTensor{tree.find(storage.items[0], PickleKind::kClass)->text, *record, *offset,
                      *sizes, *strides};
}

Tensors tensorsOf(Bytes file) {
  const auto archive = Archive::open(file);
  if (!archive) return Reason(archive.error());
  const auto order = archive->record("byteorder");
  if (order && !order->empty() && order->front() == std::byte{'b'}) {
    return Reason("it was written on a big-endian machine");
  }
  const auto tree = readPickle(*archive->record("data.pkl"));
  if (!tree) return Reason(tree.error());
  const auto found = WeightFinder(*tree).find();
  if (!found) return Reason(found.error());
  std::uint64_t allowed = kLargestGrowth * file.size() + kSmallFile;
  std::vector<NamedTensor> tensors;
  for (const auto& [name, value] : Dictionary(*tree, **found).entries) {
    const PickleNode* node = tree->find(value, PickleKind::kTensor);
    if (node == nullptr) continue;
    const auto stored = storedTensor(*tree, *node, *archive);
    if (!stored) return Reason(fmt::format("tensor '{}' is described in an unknown way", name));
    auto tensor = gathered(*stored, std::string(name), allowed);
    if (!tensor) return Reason(std::move(tensor).error());
    allowed -= tensor->bytes.size();
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

}  // namespace

Result<std::vector<NamedTensor>> readStateDict(const std::filesystem::path& path) {
  const auto text = readFile(path);
  if (!text) return tl::make_unexpected(text.error());
  auto tensors = tensorsOf(std::as_bytes(std::span(*text)));
  if (tensors) return std::move(*tensors);
  return fail(ErrorCode::kFileFormat,
              fmt::format("cannot read weights of PyTorch from '{}'", path.string()),
              tensors.error(),
              "Save the tensors alone, with PyTorch 1.6 or later: "
              "torch.save(model.state_dict(), path).");
}

}  // namespace a2q
