# SPDX-License-Identifier: GPL-3.0-or-later
# Every preset that is promised can be configured, built and tested by name.
cmake_minimum_required(VERSION 3.24)

function(expect_presets)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY "${source_dir}"
    OUTPUT_VARIABLE listing ERROR_VARIABLE problem RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN} failed: ${problem}")
  endif()
  foreach(preset dev release headless asan tsan)
    if(NOT listing MATCHES "\"${preset}\"")
      message(FATAL_ERROR "${ARGN} does not list the preset ${preset}:\n${listing}")
    endif()
  endforeach()
endfunction()

expect_presets("${CMAKE_COMMAND}" --list-presets)
expect_presets("${CMAKE_COMMAND}" --build --list-presets)
expect_presets("${ctest}" --list-presets)
