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
find_package(Torch REQUIRED)

# LibTorch as a system library of its own: its headers warn, and only core may name it.
add_library(a2q_torch INTERFACE)
target_include_directories(a2q_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(a2q_torch INTERFACE ${TORCH_LIBRARIES})
separate_arguments(a2q_torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(a2q_torch INTERFACE ${a2q_torch_flags})
# clang 14 needs help with LibTorch's headers in C++20: see the file.
target_compile_options(a2q_torch INTERFACE
  "$<$<CXX_COMPILER_ID:Clang>:SHELL:-include \"${CMAKE_CURRENT_LIST_DIR}/clang_vector.h\">")
