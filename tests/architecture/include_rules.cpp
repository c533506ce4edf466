// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>

namespace a2q::architecture {
namespace {

using Broken = std::vector<std::string>;

bool inAnyOf(std::string_view file, std::initializer_list<std::string_view> folders) {
  return std::ranges::any_of(folders, [&](auto folder) { return file.starts_with(folder); });
}

bool isHeader(std::string_view file) { return file.ends_with(".h") || file.ends_with(".hpp"); }

/// The folder at `depth` of a path; empty when a file stands there.
std::string_view folderAt(std::string_view path, std::size_t depth) {
  const auto parts = partsOf(path);
  return depth + 1 < parts.size() ? parts[depth] : std::string_view{};
}

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

/// <QWidget>, <QtCore/...>, <qwidget.h>, <qcustomplot.h>.
bool isQt(std::string_view target) {
  const auto first = partsOf(target).empty() ? target : partsOf(target).front();
  if (first.size() >= 2 && first[0] == 'Q' && (isUpper(first[1]) || first[1] == 't')) return true;
  return first.starts_with('q') && first.ends_with(".h") && first != "quadmath.h";
}

bool isTorch(std::string_view target) {
  return inAnyOf(target, {"torch/", "ATen/", "c10/", "caffe2/"});
}

bool isHdf5(std::string_view target) {
  return target == "hdf5.h" || target == "H5Cpp.h" || target == "hdf5_hl.h" ||
         target.starts_with("highfive/") ||
         (target.starts_with("H5") && target.ends_with("public.h"));
}

void checkQt(std::string_view file, std::string_view target, Broken& broken) {
  if (isQt(target) && !inAnyOf(file, {"views/", "app/workbench/", "tests/gui/", "tests/bench/"}))
    broken.push_back("Qt stays in views and app/workbench");
}

void checkTorch(std::string_view file, std::string_view target, Broken& broken) {
  if (!isTorch(target)) return;
  if (!inAnyOf(file, {"core/quant/", "core/training/", "tests/core/quant/", "tests/core/training/",
                      "tests/bench/", "tests/reference_check"}))
    broken.push_back("LibTorch stays in core/quant and core/training");
  else if (isHeader(file) && file.starts_with("core/training/") &&
           !file.starts_with("core/training/torch/"))
    broken.push_back(
        "a public header of core/training is plain C++ (only core/training/torch is not)");
}

void checkHdf5(std::string_view file, std::string_view target, Broken& broken) {
  if (!isHdf5(target)) return;
  if (!inAnyOf(file, {"core/project/hdf5/", "tests/core/project/"}))
    broken.push_back("HDF5 stays in core/project/hdf5");
}

/// The height of a top-level room; an include must not go to a higher one.
std::optional<int> heightOf(std::string_view room) {
  constexpr std::array<std::string_view, 5> kFromTheGround = {"core", "hw_backend", "views", "app",
                                                              "tests"};
  const auto found = std::ranges::find(kFromTheGround, room);
  if (found == kFromTheGround.end()) return std::nullopt;
  return static_cast<int>(found - kFromTheGround.begin());
}

void checkArrow(std::string_view file, std::string_view path, Broken& broken) {
  const auto from = heightOf(folderAt(file, 0));
  const auto to = heightOf(folderAt(path, 0));
  if (from && to && *to > *from)
    broken.push_back("the arrow points up: " + std::string(folderAt(file, 0)) + " must not see " +
                     std::string(folderAt(path, 0)));
}

void checkFaces(std::string_view file, std::string_view path, Broken& broken) {
  if (file.starts_with("app/cli/") && path.starts_with("views/"))
    broken.push_back("the command line must not see views: it links no Qt");
  if (folderAt(file, 0) == "app" && folderAt(path, 0) == "app" &&
      folderAt(file, 1) != folderAt(path, 1))
    broken.push_back("app/cli and app/workbench must not see each other");
}

void checkViews(std::string_view file, std::string_view path, Broken& broken) {
  if (folderAt(file, 0) != "views" || folderAt(path, 0) != "views") return;
  const auto from = folderAt(file, 1);
  const auto to = folderAt(path, 1);
  if (from != to && to != "common")
    broken.push_back("a view must not see another view's insides (views/common is shared)");
}

using Rooms = std::map<std::string_view, std::set<std::string_view>>;

/// Which rooms of core each room of core may see, besides itself.
const Rooms& coreRooms() {
  static const Rooms rooms = {
      {"base", {}},
      {"bounds", {"base"}},
      {"network", {"base", "bounds"}},
      {"data", {"base", "bounds", "network"}},
      {"quant", {"base", "bounds", "network"}},
      {"training", {"base", "bounds", "network", "data", "quant"}},
      {"integer", {"base", "bounds", "network", "data", "quant", "training"}},
      {"project", {"base", "bounds", "network", "data", "training", "integer"}},
      {"diagnosis", {"base", "data", "network", "training", "integer", "project"}},
      {"sweep", {"base", "bounds", "network", "data", "training", "integer", "project"}},
  };
  return rooms;
}

/// Which rooms of hw_backend each room of it may see, besides itself; all see core.
const Rooms& hardwareRooms() {
  static const Rooms rooms = {
      {"device", {}},
      {"design", {"device"}},
      {"rtl", {"device", "design"}},
      {"flow", {"device", "design"}},
      {"calibration", {"device", "design", "rtl", "flow"}},
      {"timing", {"device", "design", "rtl", "flow", "calibration"}},
      {"estimate", {"device", "design", "rtl", "flow", "calibration", "timing"}},
      {"board", {"device", "design", "rtl", "flow"}},
  };
  return rooms;
}

/// Rooms of one part of the program see each other by its table.
void checkRooms(std::string_view part, const Rooms& rooms, std::string_view file,
                std::string_view path, Broken& broken) {
  if (folderAt(file, 0) != part || folderAt(path, 0) != part) return;
  const auto from = folderAt(file, 1);
  const auto to = folderAt(path, 1);
  const std::string place = std::string(part) + "/";
  const auto row = rooms.find(from);
  if (row == rooms.end())
    broken.push_back(place + std::string(from) + " has no row in the table of include_rules.cpp");
  else if (from != to && !row->second.contains(to))
    broken.push_back(place + std::string(from) + " must not see " + place + std::string(to));
}

}  // namespace

std::vector<std::string> brokenRules(std::string_view file, const Reached& reached) {
  Broken broken;
  if (reached.include.form == IncludeForm::kComputed) {
    broken.push_back("an include through a macro cannot be checked");
  } else if (reached.project_path.empty()) {
    checkQt(file, reached.include.target, broken);
    checkTorch(file, reached.include.target, broken);
    checkHdf5(file, reached.include.target, broken);
  } else {
    checkArrow(file, reached.project_path, broken);
    checkFaces(file, reached.project_path, broken);
    checkViews(file, reached.project_path, broken);
    checkRooms("core", coreRooms(), file, reached.project_path, broken);
    checkRooms("hw_backend", hardwareRooms(), file, reached.project_path, broken);
  }
  return broken;
}

}  // namespace a2q::architecture
