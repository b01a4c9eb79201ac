// Loops over whole numbers that are worth the widest vectors a machine has.

#pragma once

// Compiled twice, and chosen by the machine as the library is loaded. Only for sums of whole numbers, which
// are the same either way.
#if defined(__x86_64__)
#define ANNEAL_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ANNEAL_WIDE
#endif
