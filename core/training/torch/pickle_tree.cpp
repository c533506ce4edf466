// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/torch/pickle_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <unordered_map>

#include "core/training/torch/pickle_bytes.h"

namespace a2q {
namespace {

constexpr std::size_t kMostValues = 1'000'000;  // of nodes and on the stack

constexpr std::string_view kOrderedDict = "collections.OrderedDict";
constexpr std::string_view kTensor = "torch._utils._rebuild_tensor_v2";
/// Calls that give their first argument back: the rest says nothing about weights.
constexpr std::array<std::string_view, 4> kTransparent{
    "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state", "torch.Size",
    "torch.jit._pickle.restore_type_tag"};

bool isKnown(std::string_view name) {
  const bool storage = name.starts_with("torch.") && name.ends_with("Storage") &&
                       name.find('.', 6) == std::string_view::npos;
  return storage || name == kOrderedDict || name == kTensor ||
         std::find(kTransparent.begin(), kTransparent.end(), name) != kTransparent.end();
}

/// The machine that a pickle is a program for. `reason_` is set when it stops for good.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  tl::expected<PickleTree, std::string> read() {
    if (code() != 0x80 || code() != 2) return tl::make_unexpected("it is no pickle of protocol 2");
    while (!done_ && reason_.empty()) {
      step(code());
      if (bytes_.ended()) stop("the pickle ends early");
    }
    if (reason_.empty() && stack_.size() != 1) stop("it does not end with one value");
    if (!reason_.empty()) return tl::make_unexpected(std::move(reason_));
    tree_.root = stack_.back();
    return std::move(tree_);
  }

 private:
  void stop(std::string_view why) {
    if (reason_.empty()) reason_ = fmt::format("{} (at byte {})", why, bytes_.position());
  }
  std::uint64_t number(std::size_t size) { return bytes_.number(size); }
  unsigned code() { return static_cast<unsigned>(number(1)); }

  void push(PickleValue value) {
    if (stack_.size() >= kMostValues) return stop("too many values");
    stack_.push_back(value);
  }
  void pushNode(PickleKind kind, std::string text, std::vector<PickleValue> items = {}) {
    if (tree_.nodes.size() >= kMostValues) return stop("too many values");
    push(PickleRef{static_cast<std::uint32_t>(tree_.nodes.size())});
    tree_.nodes.push_back({kind, std::move(text), std::move(items)});
  }
  PickleValue pop() {
    const std::size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() <= floor) {
      stop("a value is missing");
      return {};
    }
    const PickleValue value = stack_.back();
    stack_.pop_back();
    return value;
  }
  std::vector<PickleValue> popMany(std::size_t count) {
    std::vector<PickleValue> values(count);
    for (std::size_t i = count; i-- > 0;) values[i] = pop();
    return values;
  }
  std::vector<PickleValue> popToMark() {
    if (marks_.empty()) {
      stop("a mark is missing");
      return {};
    }
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<PickleValue> values(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return values;
  }

  void step(unsigned opcode);
  bool stepPlain(unsigned opcode);
  bool stepContainer(unsigned opcode);
  void longNumber();
  void append(const std::vector<PickleValue>& values, PickleKind kind);
  void memorise(std::uint64_t key);
  void recall(std::uint64_t key);
  void pushClass();
  void call();
  void build();
  void storage();

  PickleBytes bytes_;
  PickleTree tree_;
  std::vector<PickleValue> stack_;
  std::vector<std::size_t> marks_;  // sizes of the stack; what lies below a mark cannot be popped
  std::unordered_map<std::uint64_t, PickleValue> memory_;
  std::string reason_;
  bool done_ = false;
};

void Reader::longNumber() {
  const std::size_t size = number(1);
  const std::uint64_t bits = size <= 8 ? number(size) : 0;
  if (size > 8) return stop("a number of more than 64 bits");
  const unsigned unused = size == 0 ? 0 : static_cast<unsigned>(64 - 8 * size);
  push(static_cast<std::int64_t>(bits << unused) >> unused);  // the sign stands at the top
}

void Reader::append(const std::vector<PickleValue>& values, PickleKind kind) {
  const PickleValue top = stack_.empty() ? PickleValue() : stack_.back();
  if (tree_.find(top, kind) == nullptr) return stop("something is added to what is no container");
  if (kind == PickleKind::kDict && values.size() % 2 != 0) return stop("a key without a value");
  auto& items = tree_.nodes[std::get<PickleRef>(top).node].items;
  items.insert(items.end(), values.begin(), values.end());
}

void Reader::memorise(std::uint64_t key) {
  if (stack_.empty()) return stop("a value is missing");
  memory_[key] = stack_.back();
}

void Reader::recall(std::uint64_t key) {
  const auto found = memory_.find(key);
  if (found == memory_.end()) return stop("a value is recalled that was never kept");
  push(found->second);
}

void Reader::pushClass() {
  const std::string module = bytes_.line();
  std::string name = module + "." + bytes_.line();
  if (bytes_.ended()) return;
  if (!isKnown(name)) return stop(fmt::format("it holds '{}', which is no tensor", name));
  pushNode(PickleKind::kClass, std::move(name));
}

/// A call is carried out in effigy: the few that may be there have known results.
void Reader::call() {
  const PickleNode* arguments = tree_.find(pop(), PickleKind::kTuple);
  const PickleNode* callee = tree_.find(pop(), PickleKind::kClass);
  if (arguments == nullptr || callee == nullptr) return stop("a call of what cannot be called");
  const std::vector<PickleValue>& given = arguments->items;
  const std::string_view name = callee->text;
  if (name == kOrderedDict && given.empty()) return pushNode(PickleKind::kDict, {});
  if (name == kTensor && given.size() >= 4 &&
      tree_.find(given[0], PickleKind::kStorage) != nullptr) {
    return pushNode(PickleKind::kTensor, {}, {given.begin(), given.begin() + 4});
  }
  const bool transparent =
      std::find(kTransparent.begin(), kTransparent.end(), name) != kTransparent.end();
  if (transparent && !given.empty()) return push(given[0]);
  stop(fmt::format("'{}' is called in an unknown way", name));
}

/// State given to an object: the _metadata of a state_dict(), which say nothing about weights.
void Reader::build() {
  pop();
  const PickleValue top = stack_.empty() ? PickleValue() : stack_.back();
  if (tree_.find(top, PickleKind::kDict) == nullptr) stop("state for what is no dictionary");
}

void Reader::storage() {
  const PickleNode* id = tree_.find(pop(), PickleKind::kTuple);
  if (id == nullptr || id->items.size() < 5) return stop("an unknown persistent id");
  const std::vector<PickleValue> items = id->items;
  const PickleNode* what = tree_.find(items[0], PickleKind::kText);
  const PickleNode* type = tree_.find(items[1], PickleKind::kClass);
  const PickleNode* key = tree_.find(items[2], PickleKind::kText);
  if (what == nullptr || what->text != "storage" || type == nullptr || key == nullptr) {
    return stop("an unknown persistent id");
  }
  pushNode(PickleKind::kStorage, std::string(key->text), {items[1]});
}

/// Numbers, texts, names and the memory; false when the opcode is another.
bool Reader::stepPlain(unsigned opcode) {
  switch (opcode) {
    case 'N': return push(std::monostate()), true;
    case 0x88: return push(true), true;
    case 0x89: return push(false), true;
    case 'K': return push(static_cast<std::int64_t>(number(1))), true;
    case 'M': return push(static_cast<std::int64_t>(number(2))), true;
    case 'J': return push(std::int64_t{static_cast<std::int32_t>(number(4))}), true;
    case 0x8a: return longNumber(), true;
    case 'G': return push(std::bit_cast<double>(__builtin_bswap64(number(8)))), true;
    case 'X': return pushNode(PickleKind::kText, bytes_.text(number(4))), true;
    case 'c': return pushClass(), true;
    case 'q': return memorise(number(1)), true;
    case 'r': return memorise(number(4)), true;
    case 'h': return recall(number(1)), true;
    case 'j': return recall(number(4)), true;
    default: return false;
  }
}

/// Containers; false when the opcode is another.
bool Reader::stepContainer(unsigned opcode) {
  switch (opcode) {
    case '(': return marks_.push_back(stack_.size()), true;
    case ')': return pushNode(PickleKind::kTuple, {}), true;
    case 't': return pushNode(PickleKind::kTuple, {}, popToMark()), true;
    case 0x85:
    case 0x86:
    case 0x87: return pushNode(PickleKind::kTuple, {}, popMany(opcode - 0x84)), true;
    case ']': return pushNode(PickleKind::kList, {}), true;
    case 'a': return append(popMany(1), PickleKind::kList), true;
    case 'e': return append(popToMark(), PickleKind::kList), true;
    case '}': return pushNode(PickleKind::kDict, {}), true;
    case 's': return append(popMany(2), PickleKind::kDict), true;
    case 'u': return append(popToMark(), PickleKind::kDict), true;
    default: return false;
  }
}

void Reader::step(unsigned opcode) {
  if (bytes_.ended() || stepPlain(opcode) || stepContainer(opcode)) return;
  switch (opcode) {
    case 'R': return call();
    case 'b': return build();
    case 'Q': return storage();
    case '.': done_ = true; return;
    default: return stop(fmt::format("the unknown instruction 0x{:02x}", opcode));
  }
}

}  // namespace

const PickleNode* PickleTree::find(const PickleValue& value, PickleKind kind) const {
  const auto* ref = std::get_if<PickleRef>(&value);
  if (ref == nullptr || nodes[ref->node].kind != kind) return nullptr;
  return &nodes[ref->node];
}

tl::expected<PickleTree, std::string> readPickle(std::span<const std::byte> bytes) {
  return Reader(bytes).read();
}

}  // namespace a2q
