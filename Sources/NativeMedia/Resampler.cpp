#include "Resampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "Wide.h"

namespace anneal {

namespace {

/// Weights of bytes are multiples of 2^-14, and blended rows of 2^-6.
constexpr int weightBits = 14, blendBits = 6, sumBits = weightBits + blendBits;

/// Tables of no longer sides are kept.
constexpr int mostKept = 1 << 13;

/// Rounds the weights of each target sample so that their sum stays 1 and no error piles up.
std::vector<int16_t> fixedWeights(const ResampleAxis &axis) {
  std::vector<int16_t> result(axis.weights.size());
  for (size_t start = 0; start < result.size(); start += size_t(axis.taps)) {
    double exact = 0;
    long rounded = 0;
    for (size_t tap = start; tap < start + size_t(axis.taps); ++tap) {
      exact += axis.weights[tap] * (1 << weightBits);
      result[tap] = static_cast<int16_t>(std::lround(exact) - rounded);
      rounded += result[tap];
    }
  }
  return result;
}

std::vector<int16_t> weightsOf(const ResampleAxis &axis, int16_t) { return fixedWeights(axis); }
std::vector<float> weightsOf(const ResampleAxis &axis, float) {
  return {axis.weights.begin(), axis.weights.end()};
}

/// Adds weighted samples of one row to sums.
ANNEAL_WIDE void add(
    int32_t *__restrict sums, const uint8_t *__restrict row, int16_t weight, int count) {
  for (int column = 0; column < count; ++column) sums[column] += weight * int32_t{row[column]};
}
void add(float *__restrict sums, const uint16_t *__restrict row, float weight, int count) {
  for (int column = 0; column < count; ++column) sums[column] += weight * float(row[column]);
}

ANNEAL_WIDE void store(int16_t *__restrict out, const int32_t *__restrict sums, int count) {
  constexpr int shift = weightBits - blendBits;
  for (int column = 0; column < count; ++column) {
    out[column] = static_cast<int16_t>((sums[column] + (1 << (shift - 1))) >> shift);
  }
}
void store(float *out, const float *sums, int count) { std::copy_n(sums, count, out); }

/// The sum of weighted samples, rounded to a byte.
uint8_t weighted(const int16_t *samples, const int16_t *weights, int taps) {
  int32_t sum = 1 << (sumBits - 1);
  for (int tap = 0; tap < taps; ++tap) sum += int32_t{samples[tap]} * int32_t{weights[tap]};
  return static_cast<uint8_t>(sum >> sumBits);
}

/// Sums the weighted samples of each target sample.
///
/// - Parameters:
///   - first: The first sample of each, from the start of a row that begins at `begin`.
///   - taps: A multiple of 8.
void shrink(
    uint8_t *out, const int16_t *row, const int *first, int begin, const int16_t *weights,
    int taps, int count) {
  int column = 0;
#if defined(__SSE2__)
  // Four at a time: eight products of each are summed in pairs, and then across.
  for (; column + 4 <= count; column += 4, weights += 4 * taps) {
    __m128i sums[4];
    for (int lane = 0; lane < 4; ++lane) {
      const int16_t *samples = row + (first[column + lane] - begin);
      const int16_t *own = weights + lane * taps;
      sums[lane] = _mm_setzero_si128();
      for (int tap = 0; tap < taps; tap += 8) {
        const __m128i products = _mm_madd_epi16(
            _mm_loadu_si128(reinterpret_cast<const __m128i *>(samples + tap)),
            _mm_loadu_si128(reinterpret_cast<const __m128i *>(own + tap)));
        sums[lane] = _mm_add_epi32(sums[lane], products);
      }
    }
    const __m128i low = _mm_add_epi32(
        _mm_unpacklo_epi32(sums[0], sums[1]), _mm_unpackhi_epi32(sums[0], sums[1]));
    const __m128i high = _mm_add_epi32(
        _mm_unpacklo_epi32(sums[2], sums[3]), _mm_unpackhi_epi32(sums[2], sums[3]));
    const __m128i whole =
        _mm_add_epi32(_mm_unpacklo_epi64(low, high), _mm_unpackhi_epi64(low, high));
    const __m128i rounded =
        _mm_srai_epi32(_mm_add_epi32(whole, _mm_set1_epi32(1 << (sumBits - 1))), sumBits);
    const __m128i bytes = _mm_packus_epi16(_mm_packs_epi32(rounded, rounded), rounded);
    const int32_t four = _mm_cvtsi128_si32(bytes);
    std::memcpy(out + column, &four, 4);
  }
#endif
  for (; column < count; ++column, weights += taps) {
    out[column] = weighted(row + (first[column] - begin), weights, taps);
  }
}
void shrink(
    float *out, const float *row, const int *first, int begin, const float *weights, int taps,
    int count) {
  for (int column = 0; column < count; ++column, weights += taps) {
    float sum = 0;
    for (int tap = 0; tap < taps; ++tap) sum += row[first[column] - begin + tap] * weights[tap];
    out[column] = sum;
  }
}

}  // namespace

ResampleAxis::ResampleAxis(int source, double start, double length, int target) {
  const double scale = length / target;
  const double reach = std::max(scale, 1.0);
  // A multiple of 8, so that sums need no rest.
  taps = (2 * static_cast<int>(std::ceil(reach)) + 1 + 7) / 8 * 8;
  weights.resize(size_t(taps) * size_t(target));
  for (int place = 0; place < target; ++place) {
    const double middle = start + (place + 0.5) * scale;
    int low = std::max(0, static_cast<int>(middle - reach + 0.5));
    int high = std::min(source, static_cast<int>(middle + reach + 0.5));
    low = std::min(low, source - 1);
    high = std::min(std::max(high, low + 1), low + taps);
    double *own = weights.data() + size_t(place) * size_t(taps);
    double sum = 0;
    for (int sample = low; sample < high; ++sample) {
      const double distance = std::abs(sample + 0.5 - middle) / reach;
      own[sample - low] = std::max(0.0, 1 - distance);
      sum += own[sample - low];
    }
    if (sum == 0) own[0] = sum = 1;
    for (int sample = low; sample < high; ++sample) own[sample - low] /= sum;
    first.push_back(low);
    count.push_back(high - low);
  }
}

int ResampleAxis::mostTogether() const {
  size_t most = 1, opened = 0;
  for (size_t place = 0; place < first.size(); ++place) {
    const int last = first[place] + count[place] - 1;
    while (opened < first.size() && first[opened] <= last) ++opened;
    most = std::max(most, opened - place);
  }
  return static_cast<int>(most);
}

template <typename Sample, typename Result>
auto Resampler<Sample, Result>::table(int source, double start, double length, int target)
    -> std::shared_ptr<const Table> {
  struct Known {
    int source = 0, target = 0;
    double start = 0, length = 0;
    std::shared_ptr<const Table> table;
  };
  thread_local std::array<Known, 8> known;
  thread_local size_t oldest = 0;
  for (const Known &one : known) {
    if (one.source == source && one.target == target && one.start == start
        && one.length == length) {
      return one.table;
    }
  }
  ResampleAxis axis(source, start, length, target);
  std::vector<Weight> weights = weightsOf(axis, Weight());
  axis.weights = {};
  const auto made = std::make_shared<const Table>(Table{std::move(axis), std::move(weights)});
  // A long one is not worth its memory.
  if (source <= mostKept) known[oldest++ % known.size()] = {source, target, start, length, made};
  return made;
}

template <typename Sample, typename Result>
Resampler<Sample, Result>::Resampler(cv::Size source, const cv::Rect2d &box, cv::Mat out)
    : across(table(source.width, box.x, box.width, out.cols)),
      down(table(source.height, box.y, box.height, out.rows)),
      begin(across->axis.begin()),
      width(across->axis.end() - begin),
      out(out),
      together(down->axis.mostTogether()),
      sums(size_t(together) * size_t(width)),
      blended(size_t(width + across->axis.taps)) {}

template <typename Sample, typename Result>
void Resampler<Sample, Result>::take(const Sample *row) {
  const ResampleAxis &axis = down->axis;
  const int number = next++;
  while (opened < out.rows && axis.first[size_t(opened)] <= number) {
    std::fill_n(sumsOf(opened++), width, Sum());
  }
  for (int place = target; place < opened; ++place) {
    const int tap = number - axis.first[size_t(place)];
    if (tap >= axis.count[size_t(place)]) continue;
    const Weight weight = down->weights[size_t(place) * size_t(axis.taps) + size_t(tap)];
    add(sumsOf(place), row + begin, weight, width);
    if (tap == axis.count[size_t(place)] - 1) finish(target++);
  }
}

template <typename Sample, typename Result>
void Resampler<Sample, Result>::finish(int row) {
  store(blended.data(), sumsOf(row), width);
  shrink(
      out.template ptr<Result>(row), blended.data(), across->axis.first.data(), begin,
      across->weights.data(), across->axis.taps, out.cols);
}

template class Resampler<uint8_t, uint8_t>;
template class Resampler<uint16_t, float>;

}  // namespace anneal
