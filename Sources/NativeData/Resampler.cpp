#include "Resampler.h"

#include <algorithm>
#include <cmath>

#include "Wide.h"

namespace anneal {

namespace {

/// Weights of bytes are multiples of 2^-14, and blended rows of 2^-6.
constexpr int weightBits = 14, blendBits = 6;

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

/// Sums the weighted samples of each target sample.
///
/// - Parameter first: The first sample of each, from the start of a row that begins at `begin`.
ANNEAL_WIDE void shrink(
    uint8_t *__restrict out, const int16_t *__restrict row, const int *__restrict first, int begin,
    const int16_t *__restrict weights, int taps, int count) {
  constexpr int shift = weightBits + blendBits;
  for (int column = 0; column < count; ++column, weights += taps) {
    const int16_t *samples = row + (first[column] - begin);
    int32_t sum = 1 << (shift - 1);
    for (int tap = 0; tap < taps; tap += 8) {
      for (int lane = 0; lane < 8; ++lane) {
        sum += int32_t{samples[tap + lane]} * int32_t{weights[tap + lane]};
      }
    }
    out[column] = static_cast<uint8_t>(sum >> shift);
  }
}
void shrink(
    float *__restrict out, const float *__restrict row, const int *__restrict first, int begin,
    const float *__restrict weights, int taps, int count) {
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
Resampler<Sample, Result>::Resampler(cv::Size source, const cv::Rect2d &box, cv::Mat out)
    : horizontal(source.width, box.x, box.width, out.cols),
      vertical(source.height, box.y, box.height, out.rows),
      across(weightsOf(horizontal, Weight())),
      down(weightsOf(vertical, Weight())),
      begin(horizontal.begin()),
      width(horizontal.end() - begin),
      out(out),
      together(vertical.mostTogether()),
      sums(size_t(together) * size_t(width)),
      blended(size_t(width + horizontal.taps)) {}

template <typename Sample, typename Result>
void Resampler<Sample, Result>::take(const Sample *row) {
  const int number = next++;
  while (opened < out.rows && vertical.first[size_t(opened)] <= number) {
    std::fill_n(sumsOf(opened++), width, Sum());
  }
  for (int place = target; place < opened; ++place) {
    const int tap = number - vertical.first[size_t(place)];
    if (tap >= vertical.count[size_t(place)]) continue;
    const Weight weight = down[size_t(place) * size_t(vertical.taps) + size_t(tap)];
    add(sumsOf(place), row + begin, weight, width);
    if (tap == vertical.count[size_t(place)] - 1) finish(target++);
  }
}

template <typename Sample, typename Result>
void Resampler<Sample, Result>::finish(int row) {
  store(blended.data(), sumsOf(row), width);
  shrink(
      out.template ptr<Result>(row), blended.data(), horizontal.first.data(), begin, across.data(),
      horizontal.taps, out.cols);
}

template class Resampler<uint8_t, uint8_t>;
template class Resampler<uint16_t, float>;

}  // namespace anneal
