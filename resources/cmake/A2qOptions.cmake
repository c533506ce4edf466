# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler settings shared by every target of this project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
# __int128 is part of the language here: exact bounds need more than 64 bits.
set(CMAKE_CXX_EXTENSIONS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET default)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Everything runs from the build tree as it will from the install tree.
include(GNUInstallDirs)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}:$ORIGIN")

find_program(A2Q_CCACHE ccache)
if(A2Q_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths below the sources count as relative: another clone finds what this one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${A2Q_CCACHE}")
endif()
include(CheckLinkerFlag)
check_linker_flag(CXX "-fuse-ld=lld" A2Q_HAS_LLD)
if(A2Q_HAS_LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_library(a2q_options INTERFACE)
target_compile_options(a2q_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor
  -Woverloaded-virtual -Wno-psabi
  # GCC 12 warns of its own std::string (bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(a2q_options INTERFACE "${PROJECT_SOURCE_DIR}")
if(A2Q_FUZZ)
  target_compile_options(a2q_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(A2Q_SANITIZE)
  target_compile_options(a2q_options INTERFACE -fsanitize=${A2Q_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(a2q_options INTERFACE -fsanitize=${A2Q_SANITIZE})
endif()
