#include "color.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "philox.h"

#pragma clang fp contract(off)

// Two forms of each loop, of which the processor's own is taken. Both give the same bits.
#if defined(__x86_64__)
#define ANNEAL_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ANNEAL_WIDE
#endif

namespace anneal {

namespace {

float held(float value) { return value < 0 ? 0 : (value > 1 ? 1 : value); }

/// x * part + other * (1 - part)
ANNEAL_WIDE void blend_with(float* x, int64_t count, float other, float part) {
  const float rest = other * (1 - part);
  for (int64_t i = 0; i < count; ++i) {
    const float y = x[i] * part + rest;
    x[i] = y < 0 ? 0 : (y > 1 ? 1 : y);
  }
}

ANNEAL_WIDE void blend(float* x, const float* other, int64_t count, float part) {
  const float rest = 1 - part;
  for (int64_t i = 0; i < count; ++i) {
    const float y = x[i] * part + other[i] * rest;
    x[i] = y < 0 ? 0 : (y > 1 ? 1 : y);
  }
}

/// The light that eyes see, by the weights of ITU-R BT.601.
ANNEAL_WIDE void grey_of(const float* r, const float* g, const float* b, float* y, int64_t count) {
  for (int64_t i = 0; i < count; ++i) y[i] = 0.2989F * r[i] + 0.587F * g[i] + 0.114F * b[i];
}

std::vector<float> grey(const Planes& image) {
  std::vector<float> result(image.pixels());
  if (image.channels == 3) {
    grey_of(image.plane(0), image.plane(1), image.plane(2), result.data(), image.pixels());
  } else {
    std::copy_n(image.values, image.pixels(), result.begin());
  }
  return result;
}

/// In sixteen parts, which processors add side by side.
double sum(const float* x, int64_t count) {
  std::array<double, 16> parts{};
  int64_t i = 0;
  for (; i + 16 <= count; i += 16) {
    for (int64_t lane = 0; lane < 16; ++lane) parts[lane] += x[i + lane];
  }
  for (; i < count; ++i) parts[0] += x[i];
  double total = 0;
  for (const double part : parts) total += part;
  return total;
}

void contrast(const Planes& image, float part) {
  double total = 0;
  if (image.channels == 3) {
    const std::vector<float> light = grey(image);
    total = sum(light.data(), image.pixels()) / static_cast<double>(image.pixels());
  } else {
    const int64_t count = image.pixels() * image.channels;
    total = sum(image.values, count) / static_cast<double>(count);
  }
  blend_with(
      image.values, image.pixels() * image.channels, static_cast<float>(total), part);
}

void saturation(const Planes& image, float part) {
  if (image.channels != 3) return;
  const std::vector<float> light = grey(image);
  for (int64_t c = 0; c < 3; ++c) blend(image.plane(c), light.data(), image.pixels(), part);
}

/// By way of hue, saturation and value (Smith 1978), without branches.
ANNEAL_WIDE void turn_hues(float* red, float* green, float* blue, int64_t count, float turn) {
  for (int64_t i = 0; i < count; ++i) {
    const float r = red[i], g = green[i], b = blue[i];
    const float rg = r > g ? r : g, most = rg > b ? rg : b;
    const float gr = r < g ? r : g, least = gr < b ? gr : b;
    const float range = most - least;
    const float divisor = range > 0 ? range : 1;
    const float byRed = (g - b) / divisor;
    const float byGreen = (b - r) / divisor + 2;
    const float byBlue = (r - g) / divisor + 4;
    float h = most == r ? byRed : (most == g ? byGreen : byBlue);
    h = h / 6 + turn;
    h = (h - std::floor(h)) * 6;
    // Each channel lies below the most by the range times how far its hue is from h.
    const auto channel = [&](float shift) __attribute__((always_inline)) {
      float k = h + shift;
      k = k >= 6 ? k - 6 : k;
      float part = k < 4 - k ? k : 4 - k;
      part = part < 0 ? 0 : (part > 1 ? 1 : part);
      return most - range * part;
    };
    red[i] = channel(5);
    green[i] = channel(3);
    blue[i] = channel(1);
  }
}

void sharpness(const Planes& image, float part) {
  const int64_t h = image.height, w = image.width;
  if (h < 3 || w < 3) return;
  std::vector<float> smooth(image.pixels());
  for (int64_t c = 0; c < image.channels; ++c) {
    float* const x = image.plane(c);
    std::copy_n(x, image.pixels(), smooth.begin());
    for (int64_t row = 1; row < h - 1; ++row) {
      const float *above = x + (row - 1) * w, *here = above + w, *below = here + w;
      for (int64_t i = 1; i < w - 1; ++i) {
        const float ring = above[i - 1] + above[i] + above[i + 1] + here[i - 1] + here[i + 1] +
                           below[i - 1] + below[i] + below[i + 1];
        smooth[row * w + i] = (ring + 5 * here[i]) / 13;
      }
    }
    blend(x, smooth.data(), image.pixels(), part);
  }
}

ANNEAL_WIDE void posterize(float* x, int64_t count, float levels) {
  for (int64_t i = 0; i < count; ++i) {
    const float level = std::floor(x[i] * levels);
    x[i] = (level < levels - 1 ? level : levels - 1) / levels;
  }
}

ANNEAL_WIDE void solarize(float* x, int64_t count, float threshold) {
  for (int64_t i = 0; i < count; ++i) x[i] = x[i] >= threshold ? 1 - x[i] : x[i];
}

void autocontrast(const Planes& image) {
  for (int64_t c = 0; c < image.channels; ++c) {
    float* const x = image.plane(c);
    const auto [least, most] = std::minmax_element(x, x + image.pixels());
    const float low = *least, range = *most - *least;
    if (range <= 0) continue;
    for (int64_t i = 0; i < image.pixels(); ++i) x[i] = held((x[i] - low) / range);
  }
}

/// As Pillow does, in whole numbers.
void equalize(const Planes& image) {
  for (int64_t c = 0; c < image.channels; ++c) {
    float* const x = image.plane(c);
    std::array<int64_t, 256> counts{};
    const auto level = [](float value) { return static_cast<int>(value * 255.999F); };
    for (int64_t i = 0; i < image.pixels(); ++i) counts[level(x[i])] += 1;
    int last = 255;
    while (last > 0 && counts[last] == 0) --last;
    const int64_t step = (image.pixels() - counts[last]) / 255;
    if (step == 0) {
      for (int64_t i = 0; i < image.pixels(); ++i) x[i] = static_cast<float>(level(x[i])) / 255;
      continue;
    }
    std::array<float, 256> table{};
    int64_t below = step / 2;
    for (int i = 0; i < 256; ++i) {
      table[i] = static_cast<float>(std::min<int64_t>(255, below / step)) / 255;
      below += counts[i];
    }
    for (int64_t i = 0; i < image.pixels(); ++i) x[i] = table[level(x[i])];
  }
}

void noise(const Planes& image, const anneal_image_step& step) {
  const Philox stream(step.words);
  const int64_t count = image.pixels() * image.channels;
  for (int64_t i = 0; i < count; i += 4) {
    const std::array<uint32_t, 4> words = stream.block(i / 4);
    for (int64_t lane = 0; lane < std::min<int64_t>(4, count - i); ++lane) {
      const double amount = step.values[0] * normal(words[lane]);
      image.values[i + lane] = held(image.values[i + lane] + static_cast<float>(amount));
    }
  }
}

void erase(const Planes& image, const anneal_image_step& step) {
  const Philox stream(step.words);
  const auto side = [&](int at, int64_t bound) {
    return std::clamp<int64_t>(static_cast<int64_t>(step.values[at]), 0, bound);
  };
  const int64_t left = side(0, image.width), top = side(1, image.height);
  const int64_t right = std::min(image.width, left + side(2, image.width));
  const int64_t bottom = std::min(image.height, top + side(3, image.height));
  const auto light = static_cast<float>(step.values[4]);
  uint64_t place = 0;
  for (int64_t c = 0; c < image.channels; ++c) {
    for (int64_t y = top; y < bottom; ++y) {
      float* const row = image.plane(c) + y * image.width;
      for (int64_t x = left; x < right; ++x, ++place) {
        row[x] = light >= 0 ? light : uniform(stream.block(place / 4)[place % 4]);
      }
    }
  }
}

}  // namespace

void change_light(const Planes& image, const anneal_image_step& step) {
  const auto amount = static_cast<float>(step.values[0]);
  const int64_t count = image.pixels() * image.channels;
  switch (step.change) {
    case ANNEAL_IMAGE_BRIGHTNESS: return blend_with(image.values, count, 0, amount);
    case ANNEAL_IMAGE_CONTRAST: return contrast(image, amount);
    case ANNEAL_IMAGE_SATURATION: return saturation(image, amount);
    case ANNEAL_IMAGE_HUE:
      if (image.channels != 3) return;
      return turn_hues(image.plane(0), image.plane(1), image.plane(2), image.pixels(), amount);
    case ANNEAL_IMAGE_SHARPNESS: return sharpness(image, amount);
    case ANNEAL_IMAGE_POSTERIZE:
      return posterize(image.values, count, static_cast<float>(1 << static_cast<int>(amount)));
    case ANNEAL_IMAGE_SOLARIZE: return solarize(image.values, count, amount);
    case ANNEAL_IMAGE_AUTOCONTRAST: return autocontrast(image);
    case ANNEAL_IMAGE_EQUALIZE: return equalize(image);
    case ANNEAL_IMAGE_NOISE: return noise(image, step);
    case ANNEAL_IMAGE_ERASE: return erase(image, step);
    default:
      throw std::invalid_argument("unknown change of an image " + std::to_string(step.change));
  }
}

}  // namespace anneal
