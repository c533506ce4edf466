// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Compiles a function once per vector level and picks one when the library is loaded. Sanitizers
// cannot run the resolvers that this needs and clang 14 gets overloads wrong, so their builds have
// the portable version alone: the same results, fewer lanes at a time.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define A2Q_MULTIVERSION __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define A2Q_MULTIVERSION
#endif

// A multiversioned function only gains when its helpers are compiled into it.
#define A2Q_INLINE inline __attribute__((always_inline))
