// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>

#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <set>

#include "tests/core/project/run_samples.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;

/// What is read of a tree, as the error or none.
using Reader = std::function<std::optional<Error>(const DataTree&)>;

std::optional<Error> readRun(const DataTree& tree) {
  auto read = storedRunOf(tree);
  return read ? std::nullopt : std::optional(std::move(read).error());
}

std::optional<Error> readCheckpoint(const DataTree& tree) {
  auto read = checkpointOf(tree);
  return read ? std::nullopt : std::optional(std::move(read).error());
}

/// Members that say nothing which is not said elsewhere, or that need not be there.
bool isNeeded(const std::string& name) {
  static const std::set<std::string> optional = {"certificate", "phases", "metrics", "rule",
                                                 "accumulator_bits"};
  return !optional.contains(name);
}

/// Visits every array and every attribute of a tree, and each group with its parent.
struct Visitor {
  std::function<void(const std::string&, ArrayValue&)> value;
  std::function<void(const std::string&, const std::function<void()>&,
                     const std::function<void()>&)>
      removal;
};

/// Removes a member of a map, and puts it back.
template <class Map>
void removeEach(Map& map, const Visitor& visitor) {
  std::vector<std::string> names;
  names.reserve(map.size());
  for (const auto& [name, ignored] : map) names.push_back(name);
  for (const std::string& name : names) {
    auto kept = map.at(name);
    visitor.removal(
        name, [&] { map.erase(name); }, [&] { map.emplace(name, kept); });
  }
}

void visit(DataTree& tree, const Visitor& visitor) {
  const auto attributes = [&](Attributes& of) {
    if (visitor.value) {
      for (auto& [name, value] : of) visitor.value(name, value);
    }
    if (visitor.removal) removeEach(of, visitor);
  };
  attributes(tree.attributes);
  for (auto& [name, array] : tree.arrays) {
    if (visitor.value) visitor.value(name, array.value);
    attributes(array.attributes);
  }
  if (visitor.removal) {
    removeEach(tree.arrays, visitor);
    removeEach(tree.groups, visitor);
  }
  for (auto& [name, group] : tree.groups) visit(group, visitor);
}

struct Case {
  std::string name;
  DataTree tree;
  Reader read;
};

std::vector<Case> cases() {
  return {{"run", runTree(awkwardRun()), readRun},
          {"checkpoint", checkpointTree(awkwardCheckpoint()), readCheckpoint}};
}

/// Changes each value in turn and expects an error that names it.
void expectEachFails(const std::function<bool(ArrayValue&)>& change) {
  for (Case& c : cases()) {
    Visitor visitor;
    visitor.value = [&](const std::string& name, ArrayValue& value) {
      const ArrayValue kept = value;
      if (isNeeded(name) && change(value)) {
        const auto error = c.read(c.tree);
        ASSERT_TRUE(error) << c.name << ": " << name;
        EXPECT_EQ(error->code, ErrorCode::kFileFormat) << c.name << ": " << name;
        EXPECT_THAT(error->message, HasSubstr("'")) << name;
        EXPECT_FALSE(error->cause.empty()) << name;
      }
      value = kept;
    };
    visit(c.tree, visitor);
    EXPECT_FALSE(c.read(c.tree));
  }
}

TEST(HostileObject, EveryMissingMemberIsNamed) {
  for (Case& c : cases()) {
    // A tensor or a layer less leaves a hole in the order, which is named instead.
    const std::set<std::string> counted = {"parameters", "optimizer", "weights", "snapshots"};
    Visitor visitor;
    visitor.removal = [&](const std::string& name, const std::function<void()>& remove,
                          const std::function<void()>& restore) {
      remove();
      const auto error = c.read(c.tree);
      if (isNeeded(name) && counted.contains(name)) {
        ASSERT_TRUE(error) << c.name << ": " << name;
        EXPECT_THAT(error->message, HasSubstr("'" + name + "'"));
      }
      const ErrorCode code = error ? error->code : ErrorCode::kFileFormat;
      EXPECT_EQ(code, ErrorCode::kFileFormat) << c.name << ": " << name;
      restore();
    };
    visit(c.tree, visitor);
    for (const char* name : {"specification", "steps", "epochs"}) {
      DataTree tree = c.tree;
      tree.arrays.erase(name);
      const auto error = c.read(tree);
      ASSERT_TRUE(error) << name;
      EXPECT_THAT(error->message, HasSubstr(std::string("'") + name + "'"));
    }
  }
}

TEST(HostileObject, AnotherTypeIsAnError) {
  expectEachFails([](ArrayValue& value) {
    value.type = value.type == ElementType::kText ? ElementType::kUint8 : ElementType::kText;
    return true;
  });
}

TEST(HostileObject, AShapeThatDisagreesWithTheBytesIsAnError) {
  expectEachFails([](ArrayValue& value) {
    value.shape.push_back(3);
    return !value.bytes.empty();
  });
  expectEachFails([](ArrayValue& value) {
    value.bytes.push_back(std::byte{0});
    return true;
  });
}

TEST(HostileObject, AbsurdSizesAreErrorsAndTakeNoMemory) {
  expectEachFails([](ArrayValue& value) {
    for (std::uint64_t& side : value.shape) side = std::uint64_t{1} << 62;
    return !value.shape.empty() && !value.bytes.empty();
  });
  expectEachFails([](ArrayValue& value) {
    value.shape.assign(40, std::numeric_limits<std::uint64_t>::max());
    return true;
  });
}

TEST(HostileObject, ASizeWithNothingInItIsNoLongLoop) {
  DataTree tree = runTree(awkwardRun());
  for (const char* name : {"steps", "epochs", "snapshot_epochs"}) {
    DataTree changed = tree;
    DataArray& array = changed.arrays.at(name);
    array.value.shape = {std::uint64_t{1} << 60, 0};
    array.value.bytes.clear();
    array.attributes["columns"] = textsValue({});
    const auto error = readRun(changed);
    ASSERT_TRUE(error) << name;
    EXPECT_THAT(error->message, HasSubstr(name));
  }
}

/// Numbers of a table of 64-bit integers.
void setInteger(DataArray& array, std::size_t at, std::int64_t value) {
  std::memcpy(array.value.bytes.data() + at * sizeof value, &value, sizeof value);
}

TEST(HostileObject, CountsThatCannotBeAreErrors) {
  const DataTree tree = runTree(awkwardRun());
  const std::string group = "rows";
  for (const std::int64_t value : {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max()}) {
    const std::size_t columns =
        tree.groups.at("snapshots").groups.at(group).arrays.at("rows").value.shape[1];
    for (std::size_t column = 0; column < columns; ++column) {
      const bool may_be =
          (column == 3 && value < 0) || (column == 4 && value > 0) || (column == 6 && value > 0);
      if (may_be) continue;
      DataTree changed = tree;
      setInteger(changed.groups.at("snapshots").groups.at(group).arrays.at("rows"), column, value);
      const auto error = readRun(changed);
      ASSERT_TRUE(error) << "column " << column << " is " << value;
      EXPECT_THAT(error->message, HasSubstr("snapshots/")) << column;
    }
    for (const char* name : {"positive", "negative", "levels"}) {
      DataTree changed = tree;
      setInteger(changed.groups.at("snapshots").groups.at(group).arrays.at(name), 0, value);
      const auto error = readRun(changed);
      ASSERT_TRUE(error) << name << " " << value;
      EXPECT_THAT(error->message, HasSubstr(std::string("snapshots/rows/") + name));
    }
  }
}

TEST(HostileObject, WeightsThatAreNotConsistentAreNamed) {
  for (const char* name : {"weight_bits", "input_bits", "input_maximum", "accumulator_bits"}) {
    DataTree tree = runTree(awkwardRun());
    tree.groups.at("weights").arrays.at("head%2F1").attributes[name] = integerValue(1000);
    const auto error = readRun(tree);
    ASSERT_TRUE(error) << name;
    EXPECT_EQ(error->code, ErrorCode::kFileFormat);
  }
}

TEST(HostileObject, ManyChannelsInFewBytesTakeNoMemory) {
  DataTree tree = runTree(awkwardRun());
  DataArray& layer = tree.groups.at("weights").arrays.at("head%2F1");
  layer.value.shape = {(1U << 20) + 1, 1};
  layer.value.bytes.assign(layer.value.shape[0], std::byte{0});
  const auto error = readRun(tree);
  ASSERT_TRUE(error);
  EXPECT_THAT(error->cause, HasSubstr("too many"));
}

TEST(HostileObject, ALongNameManyTimesTakesNoMemory) {
  DataTree tree = runTree(awkwardRun());
  auto& layers = tree.groups.at("snapshots").groups;
  DataTree layer = layers.at("rows");
  layers.clear();
  const std::uint64_t rows = 100'000;
  layer.arrays.at("rows").value.shape[0] = rows;
  layer.arrays.at("rows").value.bytes.resize(rows * layer.arrays.at("rows").value.shape[1] * 8);
  layers[std::string(60'000, 'n')] = layer;
  const auto error = readRun(tree);
  ASSERT_TRUE(error);
  EXPECT_THAT(error->cause, HasSubstr("too many"));
}

TEST(HostileObject, TwoMembersCannotStandForOneName) {
  DataTree tree = runTree(awkwardRun());
  auto& arrays = tree.groups.at("parameters").arrays;
  auto node = arrays.extract("a%2Fb");
  node.key() = "a%2fb";
  arrays.insert(std::move(node));
  const auto error = readRun(tree);
  ASSERT_TRUE(error);
  EXPECT_THAT(error->message, HasSubstr("parameters/a%2fb"));
}

TEST(HostileObject, AFaultyEpochIsNamed) {
  for (const double value : {-1.0, 0.5, 1e300, std::nan("")}) {
    DataTree tree = runTree(awkwardRun());
    std::memcpy(tree.arrays.at("epochs").value.bytes.data() + sizeof value, &value, sizeof value);
    const auto error = readRun(tree);
    ASSERT_TRUE(error) << value;
    EXPECT_THAT(error->message, HasSubstr("'epochs'"));
  }
}

TEST(HostileObject, RandomDamageGivesAnErrorOrARun) {
  std::mt19937 random(7);
  for (Case& c : cases()) {
    std::vector<ArrayValue*> values;
    Visitor collect;
    collect.value = [&](const std::string&, ArrayValue& value) { values.push_back(&value); };
    visit(c.tree, collect);
    int errors = 0;
    for (int i = 0; i < 1000; ++i) {
      ArrayValue& value = *values[random() % values.size()];
      const ArrayValue kept = value;
      switch (random() % 4) {
        case 0: value.type = static_cast<ElementType>(random() % 12); break;
        case 1: value.element_bytes = random() % 10; break;
        case 2:
          if (!value.shape.empty()) value.shape[random() % value.shape.size()] = random();
          break;
        default:
          if (!value.bytes.empty()) {
            value.bytes[random() % value.bytes.size()] = static_cast<std::byte>(random());
          }
      }
      if (c.read(c.tree)) ++errors;
      value = kept;
    }
    EXPECT_GT(errors, 100);
  }
}

}  // namespace
}  // namespace a2q::testing
