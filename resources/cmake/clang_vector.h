// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Included before everything else when clang reads code that uses LibTorch 1.13 with libstdc++ 12.
// In C++20 that library's std::vector is constexpr, and clang 14 instantiates constexpr members at
// their first use instead of at the end of the unit; LibTorch uses vectors of types that are only
// completed later. Without constexpr the members wait, as they do in C++17 and with g++.
#if defined(__clang__) && __has_include(<bits/stl_bvector.h>)
#include <algorithm>
#include <memory>
#include <string>
#if defined(_GLIBCXX20_CONSTEXPR) && !defined(_GLIBCXX_VECTOR) && __cplusplus >= 202002L
#pragma push_macro("_GLIBCXX20_CONSTEXPR")
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR inline
// <vector> defines this function after a constexpr declaration: let it define one of another name
// that is the same to the linker.
#define __fill_a1 __fill_a1_of_vector
namespace std {
struct _Bit_iterator;
__attribute__((used)) inline void __fill_a1_of_vector(
    _Bit_iterator, _Bit_iterator, const bool&) __asm__("_ZSt9__fill_a1St13_Bit_iteratorS_RKb");
}  // namespace std
#include <vector>
#undef __fill_a1
#pragma pop_macro("_GLIBCXX20_CONSTEXPR")
#endif
#endif
