// Hashes and comparisons of fields, which are mostly short.

#pragma once

#include <cstdint>
#include <cstring>

#include "Digits.h"

namespace anneal {

/// Up to eight bytes as a word, with zeros behind them.
inline uint64_t wordOf(const uint8_t *bytes, size_t size) {
  uint64_t word = 0;
  if (size == 8) {
    std::memcpy(&word, bytes, 8);
  } else if (size >= 4) {
    // Two loads that overlap.
    uint32_t first;
    uint32_t last;
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + size - 4, 4);
    word = first | static_cast<uint64_t>(last) << (size - 4) * 8;
  } else if (size > 0) {
    word = bytes[0] | static_cast<uint64_t>(bytes[size / 2]) << size / 2 * 8 |
           static_cast<uint64_t>(bytes[size - 1]) << (size - 1) * 8;
  }
  return word;
}

/// A mixed hash of a field (multiplications by odd constants, as in wyhash).
inline uint64_t hashOf(Field field) {
  uint64_t hash = field.size() * 0x9e3779b97f4a7c15u;
  const uint8_t *byte = field.data();
  size_t rest = field.size();
  for (; rest > 8; byte += 8, rest -= 8) {
    hash = (hash ^ wordOf(byte, 8)) * 0xd6e8feb86659fd93u;
    hash ^= hash >> 32;
  }
  hash = (hash ^ wordOf(byte, rest)) * 0xd6e8feb86659fd93u;
  return hash ^ hash >> 29;
}

/// Whether two texts of a size are the same.
inline bool areEqual(const uint8_t *left, const uint8_t *right, size_t size) {
  if (size > 16) return std::memcmp(left, right, size) == 0;
  if (size <= 8) return wordOf(left, size) == wordOf(right, size);
  return wordOf(left, 8) == wordOf(right, 8) &&
         wordOf(left + size - 8, 8) == wordOf(right + size - 8, 8);
}

}  // namespace anneal
