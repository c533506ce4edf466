// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/repair/repair.h"
#include "core/project/repair/salvaged_objects.h"

namespace a2q {

/// Makes a sound project of what was salvaged: objects that are whole go to `target`, runs that
/// lost parts take them from their records, and what cannot stand alone is left out and told in
/// `report`. Errors: kFileFormat when there is nothing, kFileNewer.
[[nodiscard]] Result<Project> rebuildProject(DataTree salvaged, const SalvagedObjects& objects,
                                             ProjectFile& target, RepairReport& report);

}  // namespace a2q
