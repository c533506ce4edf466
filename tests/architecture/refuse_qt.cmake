# SPDX-License-Identifier: GPL-3.0-or-later
# A dependency provider that stops the configuration at the first look for Qt.
macro(a2q_refuse_qt method package)
  if("${package}" MATCHES "^(Qt|QCustomPlot|KF[0-9])")
    message(FATAL_ERROR "this configuration looks for ${package}")
  endif()
endmacro()
cmake_language(SET_DEPENDENCY_PROVIDER a2q_refuse_qt SUPPORTED_METHODS FIND_PACKAGE)
