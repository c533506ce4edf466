// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project_templates.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace a2q::testing {
namespace {

TEST(ProjectTemplates, AllOfThemCanBeRead) {
  const auto templates = projectTemplates();
  ASSERT_FALSE(templates.empty());
  for (const ProjectTemplate& one : templates) {
    const auto experiment = templateExperiment(one.name);
    EXPECT_TRUE(experiment) << describe(experiment.error());
    EXPECT_FALSE(one.summary.empty()) << one.name;
  }
  EXPECT_TRUE(std::ranges::is_sorted(templates, {}, &ProjectTemplate::name));
}

TEST(ProjectTemplates, AFolderThatIsNotThereHasNone) {
  EXPECT_TRUE(templatesIn("/nowhere/at/all").empty());
}

TEST(ProjectTemplates, AnUnknownNameIsAnErrorWithTheNearest) {
  const auto found = templateExperiment("lenet_digit");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::kUsage);
  EXPECT_EQ(found.error().remedy, "Did you mean 'lenet_digits'?");
}

TEST(ProjectTemplates, ASummaryIsTheFirstSentenceOfTheComment) {
  EXPECT_EQ(summaryOfSpecification("# SPDX-License-Identifier: X\n# One thing. Two.\n"),
            "One thing.");
  EXPECT_EQ(summaryOfSpecification("# As Smith et al. (2020)\n# say. More.\n"),
            "As Smith et al. (2020) say.");
  EXPECT_EQ(summaryOfSpecification("[network]\n# no head\n"), "");
}

}  // namespace
}  // namespace a2q::testing
