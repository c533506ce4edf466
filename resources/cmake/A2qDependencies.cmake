# SPDX-License-Identifier: GPL-3.0-or-later
# Third-party packages. Qt is looked for in views/ and app/workbench alone.
find_package(Threads REQUIRED)
find_package(tl-expected REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(CURL 7.85 REQUIRED)
find_package(LibArchive REQUIRED)
find_package(Protobuf REQUIRED)
find_package(ONNX REQUIRED)
find_package(HDF5 1.10.7 REQUIRED COMPONENTS C)
find_package(Torch REQUIRED)

# HDF5 as a system library: only core/project/hdf5 may name it.
add_library(a2q_libhdf5 INTERFACE)
target_include_directories(a2q_libhdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
target_link_libraries(a2q_libhdf5 INTERFACE ${HDF5_C_LIBRARIES})
target_compile_definitions(a2q_libhdf5 INTERFACE ${HDF5_C_DEFINITIONS})

# LibTorch as a system library of its own: its headers warn, and only core may name it.
add_library(a2q_torch INTERFACE)
target_include_directories(a2q_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(a2q_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(a2q_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(a2q_torch INTERFACE ${a2q_torch_flags})
# clang 14 needs help with LibTorch's headers in C++20: see the file.
target_compile_options(a2q_torch INTERFACE
  "$<$<CXX_COMPILER_ID:Clang>:SHELL:-include \"${CMAKE_CURRENT_LIST_DIR}/clang_vector.h\">")
