// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "app/workbench/project/project_session.h"
#include "views/common/run_story.h"

namespace a2q::workbench {

/// What panes show of a run that is stored.
[[nodiscard]] views::StoryPointer storyOf(RunContents contents);

/// Bytes that a story keeps in memory: its steps, snapshots, integers and parameters.
[[nodiscard]] std::size_t bytesOf(const views::RunStory& story);

}  // namespace a2q::workbench
