# SPDX-License-Identifier: GPL-3.0-or-later
# README.md shows exactly two commands, each in a block of its own.
cmake_minimum_required(VERSION 3.24)

file(STRINGS "${source_dir}/README.md" lines ENCODING UTF-8)
set(inside FALSE)
set(commands "")
foreach(line IN LISTS lines)
  if(line MATCHES "^ *(```|~~~)")
    if(inside)
      set(inside FALSE)
    else()
      set(inside TRUE)
    endif()
  elseif(inside)
    list(APPEND commands "${line}")
  endif()
endforeach()

set(expected "./workbench.sh" "./workbench.sh test")
if(inside OR NOT commands STREQUAL expected)
  message(FATAL_ERROR "README.md must show exactly these commands: ${expected}\nit shows: ${commands}")
endif()
