// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "app/workbench/command/glyph_icon.h"

namespace a2q::workbench {

/// Everything a person can ask of the window, in the order of the menus.
enum class CommandId {
  kNew,
  kOpen,
  kOpenSample,
  kSaveProject,
  kSaveProjectAs,
  kSave,  ///< writes the results of a run into a folder
  kCloseProject,
  kQuit,
  kUndo,
  kRedo,
  kCopyAsCommand,
  kPreferences,
  kStart,
  kContinue,
  kPause,
  kStop,
  kAbort,
  kCheck,
  kEstimate,  ///< shows the resources
  kSynthesise,
  kPalette,
  kLayoutTrain,
  kLayoutAnalyse,
  kLayoutCompare,
  kLayoutHardware,
  kResetLayout,
  kNextPane,
  kPreviousPane,
  kFullScreen,
  kThemeSystem,
  kThemeLight,
  kThemeDark,
  kHelp,
  kShortcuts,
  kDiagnose,
  kAbout,
};
constexpr std::size_t kCommandCount = static_cast<std::size_t>(CommandId::kAbout) + 1;

/// The menu a command stands in.
enum class Category { kFile, kEdit, kRun, kView, kHelp };
inline constexpr std::array kCategories = {Category::kFile, Category::kEdit, Category::kRun,
                                           Category::kView, Category::kHelp};

/// "&File", to be translated in the context "Commands".
[[nodiscard]] const char* menuTitle(Category category);

/// What a command is: pressed, switched on and off, or one of the choices of its submenu.
enum class CommandKind { kPlain, kSwitch, kChoice };

/// Whether a line parts it in its menu from the command before.
enum class Parting { kNone, kLine };

/// One row of the table that feeds menus, toolbar, palette, shortcut editor and help. Texts are
/// English and translated in the context "Commands".
struct CommandRow {
  CommandId id;
  Category category;
  const char* name;      ///< object name, for settings, tests and tools
  const char* text;      ///< with the letter of the menu
  const char* shortcut;  ///< the usual one as portable text; "": none
  const char* tip;       ///< one sentence without a full stop
  std::optional<Glyph> glyph = {};
  Parting parting = Parting::kNone;
  CommandKind kind = CommandKind::kPlain;
  const char* submenu = nullptr;  ///< its title; null: stands in the menu itself
};

/// Every command once, in the order of CommandId.
[[nodiscard]] std::span<const CommandRow, kCommandCount> commandTable();
[[nodiscard]] const CommandRow& rowOf(CommandId id);

}  // namespace a2q::workbench
