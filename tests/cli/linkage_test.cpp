// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/run_program.h"

namespace a2q::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The program answers at once because nothing heavy is loaded with it: Qt belongs to the workbench;
// torch, libcurl, libarchive, ONNX and HDF5 are opened on first use. ldd follows the libraries of
// libraries.
TEST(Linkage, ProgramAndCoreLoadNothingHeavy) {
  for (const char* const file : {A2Q_BINARY, A2Q_CORE_LIBRARY}) {
    const ProgramResult result = runProgram({"ldd", file});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    ASSERT_THAT(result.out, HasSubstr("libc.so")) << file;
    EXPECT_THAT(result.out, Not(HasSubstr("not found"))) << file;
    for (const char* const library :
         {"libQt", "libtorch", "libc10", "libcurl", "libarchive", "libonnx", "libprotobuf",
          "libhdf5", "liba2q_learning", "liba2q_transfer", "liba2q_exchange", "liba2q_hdf5"}) {
      EXPECT_THAT(result.out, Not(HasSubstr(library))) << file;
    }
  }
}

TEST(Linkage, ProgramUsesTheCoreLibrary) {
  EXPECT_THAT(runProgram({"ldd", A2Q_BINARY}).out, HasSubstr("liba2q_core"));
}

}  // namespace
}  // namespace a2q::testing
