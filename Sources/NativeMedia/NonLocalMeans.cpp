#include "NonLocalMeans.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace anneal {

namespace {

constexpr int lanes = 8;

/// The weight of each possible sum of squared differences, divided by a power of two instead of by the
/// patch's size, as whole numbers that cannot overflow a window's sum.
struct Weights {
  std::vector<int32_t> table;
  int shift = 0;

  Weights(const PatchSearch &settings, int channels) {
    const int pixels = settings.patch * settings.patch;
    while ((1 << shift) < pixels) ++shift;
    const double scale = double(1 << shift) / pixels;
    const int most = std::numeric_limits<int32_t>::max() / (settings.search * settings.search * 255);
    const int count = int(255 * 255 * channels / scale + 1);
    for (int index = 0; index < count; ++index) {
      const double distance = index * scale;
      const double share =
          std::exp(-distance / (settings.strength * settings.strength * channels));
      const int weight = cvRound(most * share);
      if (weight < 0.001 * most) break;
      table.push_back(weight);
    }
    // Whatever is further than the last one weighs nothing.
    table.push_back(0);
  }

  int32_t last() const { return int32_t(table.size()) - 1; }
};

/// One row of a strip, for one displacement: sums of columns in, weighted sums out.
struct Row {
  const int32_t *columns;
  int width;
  int patch;
  int channels;
  const uint8_t *displaced;
  int32_t *weights;
  /// The sums of each channel, one row after the other.
  int32_t *sums;
  size_t stride;
};

void accumulatePlain(const Row &row, const Weights &weights, int from) {
  for (int x = from; x < row.width; ++x) {
    int32_t distance = 0;
    for (int k = 0; k < row.patch; ++k) distance += row.columns[x + k];
    const int32_t weight = weights.table[std::min(distance >> weights.shift, weights.last())];
    row.weights[x] += weight;
    for (int c = 0; c < row.channels; ++c) {
      row.sums[c * row.stride + x] += weight * row.displaced[c * row.stride + x];
    }
  }
}

/// Adds the squared differences of two rows to sums of columns.
void addSquares(const uint8_t *one, const uint8_t *other, int32_t *sums, int count) {
  for (int x = 0; x < count; ++x) {
    const int32_t difference = int32_t(one[x]) - int32_t(other[x]);
    sums[x] += difference * difference;
  }
}

/// Takes the squared differences of two rows out of sums of columns and adds those of two others.
void slideSquares(
    const uint8_t *oldOne, const uint8_t *oldOther, const uint8_t *newOne, const uint8_t *newOther,
    int32_t *sums, int count) {
  for (int x = 0; x < count; ++x) {
    const int32_t gone = int32_t(oldOne[x]) - int32_t(oldOther[x]);
    const int32_t come = int32_t(newOne[x]) - int32_t(newOther[x]);
    sums[x] += come * come - gone * gone;
  }
}

#if defined(__x86_64__)

/// The squared differences of eight bytes.
__attribute__((target("avx2"))) inline __m256i squaresWide(const uint8_t *one, const uint8_t *other) {
  const __m128i a = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(one));
  const __m128i b = _mm_loadl_epi64(reinterpret_cast<const __m128i *>(other));
  const __m256i difference =
      _mm256_cvtepu8_epi32(_mm_or_si128(_mm_subs_epu8(a, b), _mm_subs_epu8(b, a)));
  return _mm256_madd_epi16(difference, difference);
}

__attribute__((target("avx2"))) inline __m256i loadWide(const int32_t *values) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(values));
}

__attribute__((target("avx2"))) inline void storeWide(int32_t *values, __m256i wide) {
  _mm256_storeu_si256(reinterpret_cast<__m256i *>(values), wide);
}

__attribute__((target("avx2"))) void slideSquaresWide(
    const uint8_t *oldOne, const uint8_t *oldOther, const uint8_t *newOne, const uint8_t *newOther,
    int32_t *sums, int count) {
  int x = 0;
  for (; x + lanes <= count; x += lanes) {
    const __m256i change = _mm256_sub_epi32(
        squaresWide(newOne + x, newOther + x), squaresWide(oldOne + x, oldOther + x));
    storeWide(sums + x, _mm256_add_epi32(loadWide(sums + x), change));
  }
  slideSquares(oldOne + x, oldOther + x, newOne + x, newOther + x, sums + x, count - x);
}

template <int channels>
__attribute__((target("avx2"))) void accumulateWide(const Row &row, const Weights &weights) {
  const __m256i last = _mm256_set1_epi32(weights.last());
  const __m128i shift = _mm_cvtsi32_si128(weights.shift);
  int x = 0;
  for (; x + lanes <= row.width; x += lanes) {
    __m256i distance = loadWide(row.columns + x);
    for (int k = 1; k < row.patch; ++k) {
      distance = _mm256_add_epi32(distance, loadWide(row.columns + x + k));
    }
    const __m256i place = _mm256_min_epi32(_mm256_srl_epi32(distance, shift), last);
    const __m256i isNear = _mm256_cmpgt_epi32(last, place);
    if (_mm256_testz_si256(isNear, isNear)) continue;
    const __m256i weight = _mm256_i32gather_epi32(weights.table.data(), place, 4);
    storeWide(row.weights + x, _mm256_add_epi32(loadWide(row.weights + x), weight));
    for (int c = 0; c < channels; ++c) {
      const __m256i value = _mm256_cvtepu8_epi32(
          _mm_loadl_epi64(reinterpret_cast<const __m128i *>(row.displaced + c * row.stride + x)));
      int32_t *sums = row.sums + c * row.stride + x;
      storeWide(sums, _mm256_add_epi32(loadWide(sums), _mm256_mullo_epi32(weight, value)));
    }
  }
  accumulatePlain(row, weights, x);
}

bool hasWideVectors() { return __builtin_cpu_supports("avx2"); }

#endif

/// The rows from `first` on of one picture; pictures lie with a border that holds every displacement.
class Strip {
 public:
  Strip(const std::vector<cv::Mat> &planes, const PatchSearch &settings, const Weights &weights)
      : planes(planes), settings(settings), weights(weights), half(settings.patch / 2),
        reach(settings.search / 2), border(half + reach), width(planes[0].cols - 2 * border),
        // Rows are as wide as those with their border, so that planes and sums have one stride.
        columns(planes[0].cols + lanes) {}

  void run(int first, int count, std::vector<cv::Mat> &results) {
    stride = size_t(planes[0].cols);
    const size_t channels = planes.size();
    sums.assign(channels * stride * size_t(count), 0);
    totals.assign(stride * size_t(count), 0);
    for (int down = -reach; down <= reach; ++down) {
      for (int right = -reach; right <= reach; ++right) displace(first, count, down, right);
    }
    for (size_t c = 0; c < channels; ++c) {
      for (int y = 0; y < count; ++y) {
        uint8_t *out = results[c].ptr<uint8_t>(first + y);
        const int32_t *sum = sums.data() + (size_t(y) * channels + c) * stride;
        const int32_t *total = totals.data() + size_t(y) * stride;
        for (int x = 0; x < width; ++x) {
          out[x] = uint8_t((uint32_t(sum[x]) + uint32_t(total[x]) / 2) / uint32_t(total[x]));
        }
      }
    }
  }

 private:
  const std::vector<cv::Mat> &planes;
  const PatchSearch &settings;
  const Weights &weights;
  const int half, reach, border, width;
  size_t stride = 0;
  std::vector<int32_t> columns, sums, totals;
  std::vector<uint8_t> displaced;

  /// A row of a plane from `x` on, both counted from the picture without its border.
  const uint8_t *at(size_t channel, int y, int x) const {
    return planes[channel].ptr<uint8_t>(y + border) + x + border;
  }

  void displace(int first, int count, int down, int right) {
    const int span = width + 2 * half;
    std::fill(columns.begin(), columns.end(), 0);
    for (size_t c = 0; c < planes.size(); ++c) {
      for (int k = -half; k <= half; ++k) {
        addSquares(
            at(c, first + k, -half), at(c, first + k + down, right - half), columns.data(), span);
      }
    }
    for (int y = first; y < first + count; ++y) {
      if (y > first) slide(y, down, right, span);
      accumulate(y, y - first, down, right);
    }
  }

  void slide(int y, int down, int right, int span) {
    const int gone = y - half - 1;
    const int come = y + half;
    for (size_t c = 0; c < planes.size(); ++c) {
      const uint8_t *oldOne = at(c, gone, -half), *oldOther = at(c, gone + down, right - half);
      const uint8_t *newOne = at(c, come, -half), *newOther = at(c, come + down, right - half);
#if defined(__x86_64__)
      if (isWide) {
        slideSquaresWide(oldOne, oldOther, newOne, newOther, columns.data(), span);
        continue;
      }
#endif
      slideSquares(oldOne, oldOther, newOne, newOther, columns.data(), span);
    }
  }

  void accumulate(int y, int place, int down, int right) {
    const size_t channels = planes.size();
    const uint8_t *values = at(0, y + down, right);
    if (channels > 1) {
      displaced.resize(channels * stride);
      for (size_t c = 0; c < channels; ++c) {
        std::copy_n(at(c, y + down, right), width, displaced.data() + c * stride);
      }
      values = displaced.data();
    }
    const Row row{
        columns.data(), width, settings.patch, int(channels), values,
        totals.data() + size_t(place) * stride,
        sums.data() + size_t(place) * channels * stride, stride};
#if defined(__x86_64__)
    if (isWide) {
      channels == 1 ? accumulateWide<1>(row, weights) : accumulateWide<2>(row, weights);
      return;
    }
#endif
    accumulatePlain(row, weights, 0);
  }

#if defined(__x86_64__)
  const bool isWide = hasWideVectors();
#endif
};

}  // namespace

cv::Mat nonLocalMeans(const cv::Mat &picture, const PatchSearch &settings) {
  const int border = settings.patch / 2 + settings.search / 2;
  std::vector<cv::Mat> planes;
  cv::split(picture, planes);
  std::vector<cv::Mat> results;
  for (cv::Mat &plane : planes) {
    cv::Mat framed;
    cv::copyMakeBorder(plane, framed, border, border, border, border, cv::BORDER_DEFAULT);
    plane = framed;
    results.emplace_back(picture.rows, picture.cols, CV_8UC1);
  }
  const Weights weights(settings, picture.channels());
  // High enough that the sums of the first row are little work beside the others, low enough that the
  // accumulated sums stay in the nearest caches.
  const int height = std::clamp(picture.rows / (4 * std::max(1, cv::getNumThreads())), 16, 48);
  const int strips = (picture.rows + height - 1) / height;
  cv::parallel_for_(cv::Range(0, strips), [&](const cv::Range &range) {
    Strip strip(planes, settings, weights);
    for (int index = range.start; index < range.end; ++index) {
      const int first = index * height;
      strip.run(first, std::min(height, picture.rows - first), results);
    }
  });
  cv::Mat result;
  cv::merge(results, result);
  return result;
}

}  // namespace anneal
