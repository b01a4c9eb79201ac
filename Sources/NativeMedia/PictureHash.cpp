// Hashes by which pictures that look alike are found: the 64-bit ones of the Python package imagehash,
// which are of a small grey picture as Pillow makes it.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "Guard.h"
#include "Image.h"

namespace anneal {

namespace {

using Plane = std::vector<uint8_t>;

/// Grey by the weights of ITU-R 601 in 16-bit fixed point.
Plane grey(const uint8_t *planes, const AnnealDataPicture &shape) {
  const size_t count = size_t(shape.height) * size_t(shape.width);
  if (shape.channels == 1) return Plane(planes, planes + count);
  Plane result(count);
  for (size_t index = 0; index < count; ++index) {
    const uint32_t sum = 19595u * planes[index] + 38470u * planes[count + index]
                         + 7471u * planes[2 * count + index] + 0x8000u;
    result[index] = uint8_t(sum >> 16);
  }
  return result;
}

/// Which neighbours make a pixel of a resized line, with weights in fixed point.
struct Taps {
  int first;
  std::vector<int32_t> weights;
};

constexpr int precision = 22;

double lanczos(double x) {
  if (x == 0) return 1;
  if (std::abs(x) >= 3) return 0;
  const double t = std::numbers::pi * x;
  return std::sin(t) / t * std::sin(t / 3) / (t / 3);
}

/// Lanczos' kernel of three lobes, widened where a line gets shorter so that it sees every pixel.
std::vector<Taps> taps(int from, int to) {
  const double scale = double(from) / to;
  const double widening = std::max(scale, 1.0);
  const double support = 3 * widening;
  std::vector<Taps> result;
  for (int place = 0; place < to; ++place) {
    const double center = (place + 0.5) * scale;
    const int first = std::max(int(center - support + 0.5), 0);
    const int end = std::min(int(center + support + 0.5), from);
    std::vector<double> weights;
    double sum = 0;
    for (int x = first; x < end; ++x) {
      weights.push_back(lanczos((x - center + 0.5) / widening));
      sum += weights.back();
    }
    Taps line{first, {}};
    for (const double weight : weights) {
      const double fixed = weight / sum * (1 << precision);
      line.weights.push_back(int32_t(fixed < 0 ? fixed - 0.5 : fixed + 0.5));
    }
    result.push_back(line);
  }
  return result;
}

/// Resizes the lines of a plane, and turns it so that its columns become lines.
Plane resizedTurned(const Plane &plane, int lines, int length, int to) {
  if (length == to) {
    Plane turned(plane.size());
    for (int y = 0; y < lines; ++y) {
      for (int x = 0; x < length; ++x) turned[size_t(x) * lines + y] = plane[size_t(y) * length + x];
    }
    return turned;
  }
  const std::vector<Taps> table = taps(length, to);
  Plane result(size_t(lines) * to);
  for (int y = 0; y < lines; ++y) {
    for (int place = 0; place < to; ++place) {
      const Taps &own = table[place];
      const uint8_t *pixels = plane.data() + size_t(y) * length + own.first;
      int64_t sum = 1 << (precision - 1);
      for (size_t k = 0; k < own.weights.size(); ++k) sum += int64_t{own.weights[k]} * pixels[k];
      result[size_t(place) * lines + y] = uint8_t(std::clamp<int64_t>(sum >> precision, 0, 255));
    }
  }
  return result;
}

Plane resized(const Plane &plane, int height, int width, int toHeight, int toWidth) {
  const Plane columns = resizedTurned(plane, height, width, toWidth);
  return resizedTurned(columns, toWidth, height, toHeight);
}

/// The cosine transform (DCT-II) of each line's first 8 frequencies, turned.
std::vector<double> cosinesTurned(const std::vector<double> &values, int lines, int length) {
  std::vector<double> result(size_t(lines) * 8);
  for (int y = 0; y < lines; ++y) {
    for (int k = 0; k < 8; ++k) {
      double sum = 0;
      for (int x = 0; x < length; ++x) {
        sum += values[size_t(y) * length + x] * std::cos(std::numbers::pi * k * (2 * x + 1) / (2 * length));
      }
      result[size_t(k) * lines + y] = 2 * sum;
    }
  }
  return result;
}

uint64_t perceptual(const Plane &picture, int height, int width) {
  constexpr int side = 32;
  const Plane small = resized(picture, height, width, side, side);
  const std::vector<double> values(small.begin(), small.end());
  const std::vector<double> low = cosinesTurned(cosinesTurned(values, side, side), 8, side);
  std::vector<double> sorted = low;
  std::sort(sorted.begin(), sorted.end());
  const double median = (sorted[31] + sorted[32]) / 2;
  uint64_t hash = 0;
  for (const double value : low) hash = hash << 1 | (value > median);
  return hash;
}

uint64_t difference(const Plane &picture, int height, int width) {
  const Plane small = resized(picture, height, width, 8, 9);
  uint64_t hash = 0;
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) hash = hash << 1 | (small[y * 9 + x + 1] > small[y * 9 + x]);
  }
  return hash;
}

uint64_t average(const Plane &picture, int height, int width) {
  const Plane small = resized(picture, height, width, 8, 8);
  int sum = 0;
  for (const uint8_t value : small) sum += value;
  uint64_t hash = 0;
  for (const uint8_t value : small) hash = hash << 1 | (64 * value > sum);
  return hash;
}

}  // namespace

void hashes(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture &shape, int32_t method,
    uint64_t *out) {
  const auto make = method == ANNEAL_DATA_PERCEPTUAL_HASH   ? perceptual
                    : method == ANNEAL_DATA_DIFFERENCE_HASH ? difference
                    : method == ANNEAL_DATA_AVERAGE_HASH
                        ? average
                        : throw std::runtime_error("the kind of hash is unknown");
  const int64_t stride = int64_t{shape.channels} * shape.height * shape.width;
  cv::parallel_for_(cv::Range(0, int(pictures)), [&](const cv::Range &range) {
    for (int index = range.start; index < range.end; ++index) {
      out[index] = make(grey(in + index * stride, shape), shape.height, shape.width);
    }
  });
}

}  // namespace anneal
