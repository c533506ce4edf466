// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "tests/architecture/source_scan.h"
#include "tests/architecture/source_tree.h"

namespace a2q::architecture {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kLicence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

/// A source tree in a temporary folder that goes with the test.
class IncludeChecker : public ::testing::Test {
 protected:
  void SetUp() override {
    auto name = (std::filesystem::temp_directory_path() / "a2q-checker-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file, std::ios::binary) << text;
  }

  /// Writes a source with the one include given.
  void source(const std::string& file, const std::string& include) const {
    write(file, kLicence + std::string("#include ") + include + "\n");
  }

  /// "file:line: message" of every violation.
  [[nodiscard]] std::vector<std::string> broken() const {
    std::vector<std::string> lines;
    for (const auto& found : checkTree(root_).violations)
      lines.push_back(found.file + ":" + std::to_string(found.line) + ": " + found.message);
    return lines;
  }

  std::filesystem::path root_;
};

struct Case {
  const char* file;
  const char* include;
};

std::ostream& operator<<(std::ostream& out, const Case& value) {
  return out << value.file << " -> " << value.include;
}

class Forbidden : public IncludeChecker, public ::testing::WithParamInterface<Case> {};

TEST_P(Forbidden, IsCaughtOnItsLine) {
  source(GetParam().file, GetParam().include);
  EXPECT_THAT(broken(), ElementsAre(HasSubstr(std::string(GetParam().file) + ":2: includes ")));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Forbidden,
    ::testing::Values(
        Case{"core/base/a.h", "<QString>"}, Case{"core/base/a.h", "<QtCore/QString>"},
        Case{"core/base/a.h", "<qstring.h>"}, Case{"hw_backend/rtl/a.cpp", "\"QWidget\""},
        Case{"app/cli/a.cpp", "<QApplication>"}, Case{"app/cli/a.cpp", "<qcustomplot.h>"},
        Case{"tests/core/base/a.cpp", "<QTest>"}, Case{"app/cli/a.cpp", "<torch/torch.h>"},
        Case{"views/budget/a.cpp", "<ATen/ATen.h>"},
        Case{"hw_backend/rtl/a.cpp", "<c10/util/Half.h>"},
        Case{"core/network/a.cpp", "<torch/types.h>"}, Case{"core/training/a.h", "<torch/types.h>"},
        Case{"tests/cli/a.cpp", "<torch/types.h>"}, Case{"views/budget/a.cpp", "<hdf5.h>"},
        Case{"core/base/a.cpp", "<H5Fpublic.h>"}, Case{"core/project/a.cpp", "<hdf5.h>"},
        Case{"core/base/a.h", "\"hw_backend/rtl/b.h\""}, Case{"core/base/a.h", "\"app/cli/b.h\""},
        Case{"core/base/a.h", "<views/common/b.h>"},
        Case{"hw_backend/design/a.h", "\"hw_backend/estimate/b.h\""},
        Case{"hw_backend/nowhere/a.h", "\"hw_backend/design/b.h\""},
        Case{"hw_backend/rtl/a.h", "\"views/common/b.h\""},
        Case{"hw_backend/rtl/a.h", "\"app/cli/b.h\""},
        Case{"views/budget/a.h", "\"app/workbench/b.h\""},
        Case{"core/base/a.h", "\"tests/core/b.h\""}, Case{"app/cli/a.cpp", "\"views/common/b.h\""},
        Case{"app/cli/a.cpp", "\"app/workbench/b.h\""},
        Case{"views/budget/a.h", "\"views/board/b.h\""},
        Case{"views/common/a.h", "\"views/board/b.h\""},
        Case{"core/base/a.h", "\"core/bounds/b.h\""},
        Case{"core/bounds/a.h", "\"core/network/b.h\""},
        Case{"core/network/a.h", "\"core/data/b.h\""}, Case{"core/data/a.h", "\"core/quant/b.h\""},
        Case{"core/quant/a.h", "\"core/data/b.h\""},
        Case{"core/quant/a.h", "\"core/training/b.h\""},
        Case{"core/training/a.h", "\"core/integer/b.h\""},
        Case{"core/training/a.h", "\"core/project/b.h\""},
        Case{"hw_backend/flow/a.h", "\"hw_backend/rtl/b.h\""},
        Case{"hw_backend/rtl/a.h", "\"hw_backend/flow/b.h\""},
        Case{"hw_backend/design/a.h", "\"hw_backend/rtl/b.h\""},
        Case{"core/cellar/a.h", "\"core/base/b.h\""}, Case{"core/base/a.cpp", "SOME_HEADER"}));

class Allowed : public IncludeChecker, public ::testing::WithParamInterface<Case> {};

TEST_P(Allowed, PassesTheChecker) {
  source(GetParam().file, GetParam().include);
  EXPECT_THAT(broken(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Rules, Allowed,
                         ::testing::Values(Case{"core/base/a.h", "<string>"},
                                           Case{"core/base/a.cpp", "<quadmath.h>"},
                                           Case{"core/quant/a.h", "<torch/types.h>"},
                                           Case{"core/training/a.cpp", "<torch/torch.h>"},
                                           Case{"core/training/torch/a.h", "<ATen/ATen.h>"},
                                           Case{"core/project/hdf5/a.cpp", "<hdf5.h>"},
                                           Case{"views/budget/a.h", "<QWidget>"},
                                           Case{"app/workbench/a.cpp", "<QtWidgets/QMainWindow>"},
                                           Case{"views/budget/a.h", "\"views/common/b.h\""},
                                           Case{"views/budget/a.h", "\"core/base/b.h\""},
                                           Case{"app/workbench/a.cpp", "\"views/budget/b.h\""},
                                           Case{"core/training/a.h", "\"core/quant/b.h\""},
                                           Case{"hw_backend/rtl/a.h", "\"hw_backend/design/b.h\""},
                                           Case{"hw_backend/flow/a.h", "\"hw_backend/design/b.h\""},
                                           Case{"tests/gui/a.cpp", "<QTest>"},
                                           Case{"tests/core/quant/a.cpp", "<torch/torch.h>"},
                                           Case{"tests/core/base/a.cpp", "\"core/base/b.h\""}));

TEST_F(IncludeChecker, FollowsRelativeIncludes) {
  source("core/training/b.h", "<string>");
  source("core/base/a.h", "\"../training/b.h\"");
  EXPECT_THAT(broken(), ElementsAre(HasSubstr("core/base must not see core/training")));
}

TEST_F(IncludeChecker, TakesANeighbourForWhatItIs) {
  source("core/base/queue.h", "<string>");
  source("core/base/a.h", "\"queue.h\"");
  EXPECT_THAT(broken(), IsEmpty());
}

TEST_F(IncludeChecker, IsNotFooledByCommentsAndLiterals) {
  const std::string include = "#include <QWidget>\n";
  write("core/base/a.cpp", kLicence + std::string("/*\n") + include + "*/\n// " + include +
                               "auto a = R\"(\n" + include + ")\";\n");
  EXPECT_THAT(broken(), IsEmpty());
  write("core/base/a.cpp", kLicence + std::string("auto a = \"core/*\"; int b = 1'000;\n") +
                               "#  include /* here */ <QWidget>\n");
  EXPECT_THAT(broken(), ElementsAre(HasSubstr("core/base/a.cpp:3:")));
}

TEST_F(IncludeChecker, WantsTheLicenceLine) {
  write("core/base/a.cpp", "int a;\n");
  write("workbench.sh", "#!/usr/bin/env bash\n# SPDX-License-Identifier: GPL-3.0-or-later\n");
  write("CMakeLists.txt", "project(x)\n");
  EXPECT_THAT(broken(), ElementsAre("CMakeLists.txt:1: the SPDX licence line is missing",
                                    "core/base/a.cpp:1: the SPDX licence line is missing"));
}

TEST_F(IncludeChecker, WantsShortFiles) {
  std::string text = kLicence;
  for (int i = 0; i < 499; ++i) text += "\n";
  write("core/base/a.cpp", text);
  EXPECT_THAT(broken(), IsEmpty());
  write("core/base/a.cpp", text + "\n");
  EXPECT_THAT(broken(), ElementsAre(HasSubstr("core/base/a.cpp:501: longer than 500 lines")));
}

TEST_F(IncludeChecker, FindsLeftOverMarks) {
  for (const std::string word : {"TO"
                                 "DO",
                                 "FIX"
                                 "ME",
                                 "XX"
                                 "X"}) {
    write("core/base/a.cpp", kLicence + ("// " + word + ": later\n"));
    write("resources/docs/a.md", "See " + word + ".\n");
    EXPECT_THAT(broken(), SizeIs(2)) << word;
    EXPECT_THAT(broken(), Contains("core/base/a.cpp:2: left-over mark " + word));
    write("core/base/a.cpp", kLicence + ("int " + word + "S = 0; // a" + word + "\n"));
    write("resources/docs/a.md", "\n");
    EXPECT_THAT(broken(), IsEmpty()) << word;
  }
}

TEST(SourceScan, KeepsLineNumbers) {
  EXPECT_EQ(withoutComments("a /* b\nc */ d // e\nf"), "a     \n     d     \nf");
}

}  // namespace
}  // namespace a2q::architecture
