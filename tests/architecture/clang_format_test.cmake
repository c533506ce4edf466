# SPDX-License-Identifier: GPL-3.0-or-later
# Every source is laid out as .clang-format says.
cmake_minimum_required(VERSION 3.24)

find_program(clang_format NAMES clang-format clang-format-14)
if(NOT clang_format)
  message(FATAL_ERROR "clang-format is not installed (Debian package: clang-format)")
endif()

set(patterns "")
foreach(room app core hw_backend projects resources tests views)
  list(APPEND patterns "${source_dir}/${room}/*.h" "${source_dir}/${room}/*.cpp")
endforeach()
file(GLOB_RECURSE sources ${patterns})
if(NOT sources)
  message(FATAL_ERROR "no source found under ${source_dir}")
endif()

execute_process(COMMAND "${clang_format}" --style=file --dry-run --Werror ${sources}
  ERROR_VARIABLE findings RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(NOTICE "${findings}")
  message(FATAL_ERROR "run clang-format -i on the files above")
endif()
