# SPDX-License-Identifier: GPL-3.0-or-later
# With A2Q_BUILD_GUI=OFF no find_package() asks for Qt. Every such call passes through
# refuse_qt.cmake, which stops the configuration; a project that does ask proves that it does.
cmake_minimum_required(VERSION 3.24)

set(compilers "")
foreach(language C CXX)
  string(TOLOWER ${language} lower)
  if(${lower}_compiler)
    list(APPEND compilers "-DCMAKE_${language}_COMPILER=${${lower}_compiler}")
  endif()
endforeach()

function(configure source build)
  file(REMOVE_RECURSE "${build}")
  execute_process(COMMAND "${CMAKE_COMMAND}" -S "${source}" -B "${build}" ${compilers}
    "-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=${CMAKE_CURRENT_LIST_DIR}/refuse_qt.cmake" ${ARGN}
    OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE status)
  set(status "${status}" PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(WRITE "${work_dir}/asks_for_qt/CMakeLists.txt"
  "cmake_minimum_required(VERSION 3.24)\nproject(asks LANGUAGES NONE)\nfind_package(Qt6 QUIET)\n")
configure("${work_dir}/asks_for_qt" "${work_dir}/asks_for_qt/build")
if(status EQUAL 0 OR NOT output MATCHES "looks for Qt6")
  message(FATAL_ERROR "a project that looks for Qt was not caught:\n${output}")
endif()

set(torch "")
if(torch_dir)
  set(torch "-DTorch_DIR=${torch_dir}")
endif()
configure("${source_dir}" "${work_dir}/build" -DA2Q_BUILD_GUI=OFF ${torch})
if(NOT status EQUAL 0)
  message(FATAL_ERROR "configuring without the GUI failed:\n${output}")
endif()
file(REMOVE_RECURSE "${work_dir}")
