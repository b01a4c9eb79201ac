// Finds the bytes that end fields, 64 at a time.

#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace anneal {

/// Goes through the places of a delimiter and of line ends in a text, in order.
class MarkFinder {
 public:
  /// So many bytes behind the text are read, and not heeded.
  static constexpr int64_t padding = 64;

  MarkFinder(const uint8_t *start, const uint8_t *end, uint8_t delimiter)
      : end(end), delimiter(delimiter) {
    seek(start);
  }

  /// Goes on from a place.
  void seek(const uint8_t *place) {
    block = place;
    mask = place < end ? find(place) : 0;
  }

  /// The next mark, or the end of the text.
  const uint8_t *next() {
    while (mask == 0) {
      if (end - block <= 64) {
        block = end;
        return end;
      }
      block += 64;
      mask = find(block);
    }
    const uint8_t *mark = block + __builtin_ctzll(mask);
    mask &= mask - 1;
    return mark;
  }

 private:
  uint64_t find(const uint8_t *text) const {
    uint64_t found = 0;
#if defined(__SSE2__)
    const __m128i marks[3] = {_mm_set1_epi8(static_cast<char>(delimiter)), _mm_set1_epi8('\n'),
                              _mm_set1_epi8('\r')};
    for (int part = 0; part < 4; ++part) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(text + part * 16));
      const __m128i equal = _mm_or_si128(
          _mm_cmpeq_epi8(bytes, marks[0]),
          _mm_or_si128(_mm_cmpeq_epi8(bytes, marks[1]), _mm_cmpeq_epi8(bytes, marks[2])));
      found |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(equal)))
               << (part * 16);
    }
#else
    for (int place = 0; place < 64; ++place) {
      const uint8_t byte = text[place];
      const bool isMark = byte == delimiter || byte == '\n' || byte == '\r';
      found |= static_cast<uint64_t>(isMark) << place;
    }
#endif
    const int64_t rest = end - text;
    return rest < 64 ? found & ((uint64_t{1} << rest) - 1) : found;
  }

  const uint8_t *const end;
  const uint8_t delimiter;
  const uint8_t *block = nullptr;
  uint64_t mask = 0;
};

}  // namespace anneal
