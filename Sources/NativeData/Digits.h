// Numbers in plain digits, read eight digits at a time.

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace anneal {

/// A field of a table, its bytes without quotes.
using Field = std::basic_string_view<uint8_t>;

/// Powers of ten that are exact in binary.
inline constexpr double powersOfTen[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// Eight bytes as one number, the first of them the least.
inline uint64_t loadWord(const uint8_t *bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// The value of eight digits, the first of them the least byte; false where a byte is none (Lemire,
/// "Quickly parsing eight digits").
inline bool readEight(uint64_t digits, uint64_t &value) {
  uint64_t values = digits - 0x3030303030303030u;
  if ((((digits + 0x4646464646464646u) | values) & 0x8080808080808080u) != 0) return false;
  values = values * 10 + (values >> 8);
  value = ((values & 0x000000ff000000ffu) * 0x000f424000000064u +
           ((values >> 16) & 0x000000ff000000ffu) * 0x0000271000000001u) >>
          32;
  return true;
}

/// Takes the point out of digits that end with the last byte of a word and have zeros before them; what
/// comes before the point moves up. Returns how many digits follow the point, or -1 without one.
inline int takePoint(uint64_t &word) {
  constexpr uint64_t ones = 0x0101010101010101u;
  const uint64_t others = word ^ (ones * '.');
  // The lowest set bit is that of the first point.
  const uint64_t points = (others - ones) & ~others & (ones * 0x80);
  if (points == 0) return -1;
  const int start = __builtin_ctzll(points) & ~7;
  const uint64_t before = word & ((uint64_t{1} << start) - 1);
  const uint64_t after = word & ~((uint64_t{0x100} << start) - 1);
  word = before << 8 | (start == 56 ? 0 : after);
  return 7 - start / 8;
}

/// Reads a sign and up to 15 digits with or without a point. Eight bytes from the start of the field can be
/// read, whatever they are.
///
/// Digits and power of ten are exact in binary, so that one division rounds correctly (Clinger 1990). False
/// for all other texts, numbers or not.
inline bool readDigits(Field field, double &number) {
  const uint8_t *bytes = field.data();
  size_t size = field.size();
  if (size == 0) return false;
  const bool isNegative = *bytes == '-';
  // Without branches, which signs at random would make slow.
  const size_t sign = static_cast<size_t>(isNegative) | static_cast<size_t>(*bytes == '+');
  bytes += sign;
  size -= sign;
  constexpr uint64_t zeros = 0x3030303030303030u;
  uint64_t digits;
  int places;
  if (size - 1 < 8) {
    // What is behind the field goes, and zeros come before it.
    uint64_t word = loadWord(bytes) << (8 - size) * 8;
    places = takePoint(word);
    const size_t count = places < 0 ? size : size - 1;
    if (count == 0) return false;
    if (count < 8) word |= zeros & ((uint64_t{1} << (8 - count) * 8) - 1);
    if (!readEight(word, digits)) return false;
  } else {
    if (size - 9 >= 8) return false;
    uint64_t high = loadWord(bytes);
    uint64_t low = loadWord(bytes + size - 8);
    // The last eight bytes, and those before them as if they were all.
    high <<= (16 - size) * 8;
    const int lowPlaces = takePoint(low);
    int highPlaces = -1;
    size_t count = size;
    if (lowPlaces >= 0) {
      // The byte that the point leaves free is the last one of those before.
      low |= high >> 56;
      high <<= 8;
      --count;
    } else if ((highPlaces = takePoint(high)) >= 0) {
      --count;
    }
    if (count > 15) return false;
    const size_t front = count - 8;
    if (front < 8) high |= front == 0 ? zeros : zeros & ((uint64_t{1} << (8 - front) * 8) - 1);
    uint64_t first;
    uint64_t second;
    if (!readEight(high, first) || !readEight(low, second)) return false;
    digits = first * 100000000 + second;
    places = lowPlaces >= 0 ? lowPlaces : highPlaces >= 0 ? highPlaces + 8 : -1;
  }
  const double magnitude = static_cast<double>(static_cast<int64_t>(digits)) /
                           powersOfTen[places < 0 ? 0 : places];
  uint64_t bits;
  std::memcpy(&bits, &magnitude, 8);
  bits |= static_cast<uint64_t>(isNegative) << 63;
  std::memcpy(&number, &bits, 8);
  return true;
}

}  // namespace anneal
