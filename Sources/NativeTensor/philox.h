// The random streams of the Swift side, whose numbers these are bit for bit.
#pragma once

#include <array>
#include <cstdint>

namespace anneal {

/// Philox4x32-10 (Salmon et al. 2011) over the blocks of one stream from 2^32 on.
class Philox {
 public:
  /// - words: a key of two words and the counter's upper half.
  explicit Philox(const uint32_t (&words)[4])
      : key{words[0], words[1]}, lane{words[2], words[3]} {}

  std::array<uint32_t, 4> block(uint64_t index) const {
    index += uint64_t{1} << 32;
    std::array<uint32_t, 4> x = {
        static_cast<uint32_t>(index), static_cast<uint32_t>(index >> 32), lane[0], lane[1]};
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; ++round) {
      const uint64_t first = uint64_t{x[0]} * 0xD2511F53U;
      const uint64_t second = uint64_t{x[2]} * 0xCD9E8D57U;
      x = {static_cast<uint32_t>(second >> 32) ^ x[1] ^ k0, static_cast<uint32_t>(second),
           static_cast<uint32_t>(first >> 32) ^ x[3] ^ k1, static_cast<uint32_t>(first)};
      k0 += 0x9E3779B9U;
      k1 += 0xBB67AE85U;
    }
    return x;
  }

 private:
  std::array<uint32_t, 2> key, lane;
};

/// A number from 0 to below 1 with 24 random bits.
inline float uniform(uint32_t word) { return static_cast<float>(word >> 8) * 0x1p-24F; }

/// A standard normal number from the quantile of a uniform one (Acklam's rational form, whose relative
/// error of 1.15e-9 is far below what an image shows), of additions, products and one logarithm that
/// only tails need.
double normal(uint32_t word);

}  // namespace anneal
