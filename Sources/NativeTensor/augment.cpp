#include "augment.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "color.h"

#pragma clang fp contract(off)

namespace anneal {

namespace {

/// What a channel's values go through as they are written: (x - center) * factor + base.
struct Finish {
  float center = 0, factor = 1, base = 0;

  float operator()(float value) const { return (value - center) * factor + base; }
};

/// What resampling has to know beside the image and the map.
struct Sampling {
  bool is_nearest;
  int32_t border;
  const float* fill;
  const Finish* finish;
};

/// Places with 32 bits behind the point, so that steps from pixel to pixel add up exactly.
using Fixed = int64_t;
constexpr double unit = 0x1p32;

Fixed fixed(double value) { return std::llround(std::clamp(value, -0x1p28, 0x1p28) * unit); }

/// Where a row of new pixels comes from: (x + dx i, y + dy i) for pixel i.
struct Line {
  Fixed x, y, dx, dy;
};

Fixed floor_quotient(Fixed a, Fixed b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

/// Narrows `first..<last` to the pixels for which start + step i is in 0..<limit.
void narrow(Fixed start, Fixed step, Fixed limit, int64_t& first, int64_t& last) {
  if (step == 0) {
    if (start < 0 || start >= limit) last = first;
    return;
  }
  // The first i at or beyond a bound, in the direction of travel.
  const auto reaching = [&](Fixed bound) { return -floor_quotient(start - bound, step); };
  if (step > 0) {
    first = std::max<int64_t>(first, reaching(0));
    last = std::min<int64_t>(last, reaching(limit));
  } else {
    first = std::max<int64_t>(first, floor_quotient(limit - start, step) + 1);
    last = std::min<int64_t>(last, floor_quotient(-start, step) + 1);
  }
  last = std::max(first, last);
}

/// One image and one map of it.
template <typename Value>
class Resampling {
 public:
  Resampling(
      const Value* from, float* to, int64_t channels, int64_t height, int64_t width,
      const double* map, const Sampling& sampling)
      : from(from), to(to), channels(channels), height(height), width(width), map(map),
        sampling(sampling) {}

  void run() {
    if (is_copy()) return copy();
    if (!sampling.is_nearest && map[1] == 0 && map[3] == 0) return stretch();
    for (int64_t row = 0; row < height; ++row) sample(row, line(row));
  }

 private:
  const Value* const from;
  float* const to;
  const int64_t channels, height, width;
  const double* const map;
  const Sampling& sampling;

  Line line(int64_t row) const {
    const double cx = static_cast<double>(width - 1) / 2;
    const double cy = static_cast<double>(height - 1) / 2;
    const double y = static_cast<double>(row) - cy;
    return {
        fixed(map[1] * y - map[0] * cx + map[2] + cx),
        fixed(map[4] * y - map[3] * cx + map[5] + cy), fixed(map[0]), fixed(map[3])};
  }

  /// Whether pixels only move by whole ones, perhaps mirrored.
  bool is_copy() const {
    return std::abs(map[0]) == 1 && std::abs(map[4]) == 1 && map[1] == 0 && map[3] == 0 &&
           map[2] == std::floor(map[2]) && map[5] == std::floor(map[5]);
  }

  void copy() {
    for (int64_t row = 0; row < height; ++row) {
      const Line line = this->line(row);
      const int64_t y = line.y >> 32, x = line.x >> 32;
      const int64_t step = map[0] > 0 ? 1 : -1;
      int64_t first = 0, last = width;
      narrow(line.y, 0, height << 32, first, last);
      narrow(line.x, line.dx, width << 32, first, last);
      for (int64_t c = 0; c < channels; ++c) {
        const Finish finish = sampling.finish[c];
        float* const out = to + (c * height + row) * width;
        for (int64_t i = 0; i < first; ++i) out[i] = careful(c, line, i);
        if (first < last) {
          const Value* const in = from + (c * height + y) * width + x;
          if (step > 0) {
            for (int64_t i = first; i < last; ++i) out[i] = finish(static_cast<float>(in[i]));
          } else {
            for (int64_t i = first; i < last; ++i) out[i] = finish(static_cast<float>(in[-i]));
          }
        }
        for (int64_t i = last; i < width; ++i) out[i] = careful(c, line, i);
      }
    }
  }

  /// A place along one side: between two neighbours, nearer to the second by the share.
  struct Between {
    int32_t place;
    float share;
  };

  /// The pixels `first..<last` of a side whose places lie within the image. What is enlarged reaches to the
  /// outer border of the outer pixels, which is not blended with what lies outside.
  std::vector<Between> along(
      Fixed start, Fixed step, int64_t count, int64_t side, int64_t& first, int64_t& last) const {
    const Fixed end = (side - 1) << 32, half = std::abs(step) < Fixed{1} << 32 ? Fixed{1} << 31 : 0;
    std::vector<Between> places(count);
    first = 0;
    last = side > 1 ? count : 0;
    narrow(start + half, step, end + 2 * half, first, last);
    for (int64_t i = first; i < last; ++i) {
      const Fixed at = std::clamp<Fixed>(start + step * i, 0, end);
      const bool is_end = at == end;
      places[i].place = static_cast<int32_t>(at >> 32) - is_end;
      places[i].share = is_end ? 1 : static_cast<float>(static_cast<uint32_t>(at)) * 0x1p-32F;
    }
    return places;
  }

  /// Rows stay rows: two of them are blended, and then the pixels within.
  void stretch() {
    const Line start = line(0);
    int64_t left = 0, right = 0, top = 0, bottom = 0;
    const std::vector<Between> across = along(start.x, start.dx, width, width, left, right);
    const std::vector<Between> down = along(start.y, fixed(map[4]), height, height, top, bottom);
    std::vector<float> blended(width);
    for (int64_t row = 0; row < height; ++row) {
      const bool is_inside = top <= row && row < bottom && left < right;
      const int64_t first = is_inside ? left : width, last = is_inside ? right : width;
      for (int64_t c = 0; c < channels; ++c) {
        const Finish finish = sampling.finish[c];
        float* const out = to + (c * height + row) * width;
        edges(out, c, line(row), first, last);
        if (!is_inside) continue;
        const Value* const above = from + (c * height + down[row].place) * width;
        const Value* const below = above + width;
        const float share = down[row].share;
        const auto [low, high] = std::minmax(across[first].place, across[last - 1].place);
        for (int64_t i = low; i < high + 2; ++i) {
          const auto a = static_cast<float>(above[i]), b = static_cast<float>(below[i]);
          blended[i] = a + (b - a) * share;
        }
        for (int64_t i = first; i < last; ++i) {
          const float a = blended[across[i].place], b = blended[across[i].place + 1];
          out[i] = finish(a + (b - a) * across[i].share);
        }
      }
    }
  }

  void sample(int64_t row, const Line& line) {
    int64_t first = 0, last = width;
    if (sampling.is_nearest) {
      last = 0;
    } else {
      narrow(line.x, line.dx, (width - 1) << 32, first, last);
      narrow(line.y, line.dy, (height - 1) << 32, first, last);
    }
    const int64_t plane = height * width;
    for (int64_t i = first; i < last; ++i) {
      const Fixed x = line.x + line.dx * i, y = line.y + line.dy * i;
      const float right = static_cast<float>(static_cast<uint32_t>(x)) * 0x1p-32F;
      const float down = static_cast<float>(static_cast<uint32_t>(y)) * 0x1p-32F;
      const Value* in = from + (y >> 32) * width + (x >> 32);
      float* out = to + row * width + i;
      for (int64_t c = 0; c < channels; ++c, in += plane, out += plane) {
        const auto a = static_cast<float>(in[0]), b = static_cast<float>(in[1]);
        const auto e = static_cast<float>(in[width]), f = static_cast<float>(in[width + 1]);
        const float above = a + (b - a) * right, below = e + (f - e) * right;
        *out = sampling.finish[c](above + (below - above) * down);
      }
    }
    for (int64_t c = 0; c < channels; ++c) {
      edges(to + (c * height + row) * width, c, line, first, last);
    }
  }

  /// The pixels before and after those whose neighbours are all within the image.
  void edges(float* out, int64_t c, const Line& line, int64_t first, int64_t last) const {
    if (first >= last) first = last = width;
    for (int64_t i = 0; i < first; ++i) out[i] = careful(c, line, i);
    for (int64_t i = last; i < width; ++i) out[i] = careful(c, line, i);
  }

  float careful(int64_t c, const Line& line, int64_t i) const {
    const Fixed x = line.x + line.dx * i, y = line.y + line.dy * i;
    const Finish finish = sampling.finish[c];
    if (sampling.is_nearest) {
      const Fixed half = Fixed{1} << 31;
      return finish(pixel(c, (x + half) >> 32, (y + half) >> 32));
    }
    const float right = static_cast<float>(static_cast<uint32_t>(x)) * 0x1p-32F;
    const float down = static_cast<float>(static_cast<uint32_t>(y)) * 0x1p-32F;
    const int64_t left = x >> 32, top = y >> 32;
    const float a = pixel(c, left, top), b = pixel(c, left + 1, top);
    const float e = pixel(c, left, top + 1), f = pixel(c, left + 1, top + 1);
    const float above = a + (b - a) * right, below = e + (f - e) * right;
    return finish(above + (below - above) * down);
  }

  float pixel(int64_t c, int64_t x, int64_t y) const {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      if (sampling.border == ANNEAL_BORDER_ZEROS) return sampling.fill[c];
      x = inside(x, width);
      y = inside(y, height);
    }
    return static_cast<float>(from[(c * height + y) * width + x]);
  }

  int64_t inside(int64_t place, int64_t side) const {
    if (sampling.border == ANNEAL_BORDER_EDGE || side == 1) {
      return std::clamp<int64_t>(place, 0, side - 1);
    }
    // The border pixel is not repeated: 2 1 | 0 1 2.
    const int64_t period = 2 * (side - 1);
    place = std::abs(place) % period;
    return place < side ? place : period - place;
  }
};

/// The images of a batch, one after the other.
class Changing {
 public:
  Changing(const at::Tensor& images, at::Tensor& result, const anneal_image_program& program)
      : images(images), result(result), program(program), channels(images.size(1)),
        height(images.size(2)), width(images.size(3)), first(channels * height * width),
        second(channels * height * width), plain(channels), last(channels), fill(channels) {}

  void change(int64_t index) {
    const anneal_image_step* step = program.steps + program.starts[index];
    const anneal_image_step* const end = program.steps + program.starts[index + 1];
    float* const to = result.mutable_data_ptr<float>() + index * count();
    finish_with(1, 0);
    std::copy_n(program.fill, channels, fill.begin());
    static constexpr double still[6] = {1, 0, 0, 0, 1, 0};
    if (step == end) return from_source(index, still, to, last);
    if (end - step == 1 && step->change == ANNEAL_IMAGE_MAP) {
      return from_source(index, step->values, to, last);
    }
    const bool starts_with_map = step->change == ANNEAL_IMAGE_MAP;
    from_source(index, starts_with_map ? step->values : still, first.data(), plain);
    step += starts_with_map;
    bool is_light = false;
    for (; step != end; ++step) {
      if (step->change == ANNEAL_IMAGE_MAP) {
        const bool is_last = step + 1 == end;
        resample(first.data(), is_last ? to : second.data(), step->values, is_last ? last : plain);
        if (is_last) return;
        first.swap(second);
        continue;
      }
      if (!is_light) to_light();
      is_light = true;
      change_light({first.data(), channels, height, width}, *step);
    }
    for (int64_t c = 0; c < channels; ++c) {
      const Finish finish = last[c];
      const float* const from = first.data() + c * height * width;
      float* const out = to + c * height * width;
      for (int64_t i = 0; i < height * width; ++i) out[i] = finish(from[i]);
    }
  }

 private:
  const at::Tensor& images;
  at::Tensor& result;
  const anneal_image_program& program;
  const int64_t channels, height, width;
  std::vector<float> first, second;
  const std::vector<Finish> plain;
  std::vector<Finish> last;
  std::vector<float> fill;

  int64_t count() const { return channels * height * width; }

  /// The figures for values of which `range` times, and `dark` more, are the image's own.
  void finish_with(float range, float dark) {
    for (int64_t c = 0; c < channels; ++c) {
      last[c].center = (program.centers[c] - dark) / range;
      last[c].factor = program.factors[c] * range;
      last[c].base = program.bases[c];
    }
  }

  void to_light() {
    const float dark = program.dark, range = program.bright - program.dark;
    for (float& value : first) {
      const float light = (value - dark) / range;
      value = light < 0 ? 0 : (light > 1 ? 1 : light);
    }
    for (float& value : fill) value = (value - dark) / range;
    finish_with(range, dark);
  }

  void from_source(
      int64_t index, const double* map, float* to, const std::vector<Finish>& finish) {
    if (images.scalar_type() == at::kByte) {
      resample(images.const_data_ptr<uint8_t>() + index * count(), to, map, finish);
    } else {
      resample(images.const_data_ptr<float>() + index * count(), to, map, finish);
    }
  }

  template <typename Value>
  void resample(
      const Value* from, float* to, const double* map, const std::vector<Finish>& finish) {
    const Sampling sampling{
        program.interpolation == ANNEAL_NEAREST, program.border, fill.data(), finish.data()};
    Resampling<Value>(from, to, channels, height, width, map, sampling).run();
  }
};

}  // namespace

at::Tensor changed_images(const at::Tensor& images, const anneal_image_program& program) {
  const bool is_known =
      images.scalar_type() == at::kByte || images.scalar_type() == at::kFloat;
  if (!images.is_cpu() || images.dim() != 4 || !is_known) {
    throw std::invalid_argument("images to change are uint8 or float32 [N, C, H, W] in host memory");
  }
  if (!(program.bright > program.dark)) throw std::invalid_argument("light has no range");
  const at::Tensor source = images.contiguous();
  at::Tensor result = at::empty(source.sizes(), at::kFloat);
  if (result.numel() == 0) return result;
  const int64_t pixels = source.size(1) * source.size(2) * source.size(3);
  const int64_t grain = std::max<int64_t>(1, (1 << 13) / pixels);
  at::parallel_for(0, source.size(0), grain, [&](int64_t begin, int64_t end) {
    Changing changing(source, result, program);
    for (int64_t index = begin; index < end; ++index) changing.change(index);
  });
  return result;
}

}  // namespace anneal
