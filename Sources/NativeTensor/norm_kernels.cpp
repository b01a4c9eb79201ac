#include "norm_kernels.h"

#include <algorithm>
#include <bit>

// The same bits on every processor: products and sums are rounded one by one.
#pragma clang fp contract(off)

// Several forms of each loop, of which the processor's own is taken.
#if defined(__x86_64__)
#define ANNEAL_WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define ANNEAL_WIDE
#endif
#define ANNEAL_INLINE __attribute__((always_inline)) inline

namespace anneal {

namespace {

ANNEAL_INLINE float wide(float value) { return value; }

ANNEAL_INLINE float wide(Half value) {
  return std::bit_cast<float>(static_cast<uint32_t>(value.bits) << 16);
}

ANNEAL_INLINE void store(float& place, float value) { place = value; }

/// Rounds to the nearest, to the even one of two. A NaN stays one.
ANNEAL_INLINE void store(Half& place, float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value);
  const uint32_t nearest = bits + 0x7fff + (bits >> 16 & 1);
  const bool is_number = value == value;
  place.bits = static_cast<uint16_t>((is_number ? nearest : bits | 0x400000) >> 16);
}

ANNEAL_INLINE float held(float value, Bounds bounds) {
  value = value < bounds.low ? bounds.low : value;
  return value > bounds.high ? bounds.high : value;
}

/// Calls `body(start, count)` for each sequence of values of lanes 0 to count.
template <typename Body>
ANNEAL_INLINE void by_lanes(Span span, Body&& body) {
  int64_t start = 0;
  for (; start + span.lanes <= span.length; start += span.lanes) body(start, span.lanes);
  if (start < span.length) body(start, span.length - start);
}

template <typename Value>
ANNEAL_INLINE void sum(const Value* __restrict x, Span span, float* __restrict sums) {
  std::fill_n(sums, span.lanes, 0.0F);
  by_lanes(span, [&](int64_t start, int64_t count) __attribute__((always_inline)) {
    for (int64_t i = 0; i < count; ++i) sums[i] += wide(x[start + i]);
  });
}

template <typename Value>
ANNEAL_INLINE void square(
    const Value* __restrict x, Span span, const float* __restrict center,
    float* __restrict sums, float* __restrict squares) {
  std::fill_n(sums, span.lanes, 0.0F);
  std::fill_n(squares, span.lanes, 0.0F);
  by_lanes(span, [&](int64_t start, int64_t count) __attribute__((always_inline)) {
    for (int64_t i = 0; i < count; ++i) {
      const float distance = wide(x[start + i]) - center[i];
      sums[i] += distance;
      squares[i] += distance * distance;
    }
  });
}

template <bool adds, typename Value>
ANNEAL_INLINE void map(
    const Value* __restrict x, const Value* __restrict addend, Value* __restrict y, Span span,
    LaneMap map, Bounds bounds) {
  const float *__restrict center = map.center, *__restrict factor = map.factor;
  const float* __restrict shift = map.shift;
  by_lanes(span, [&](int64_t start, int64_t count) __attribute__((always_inline)) {
    for (int64_t i = 0; i < count; ++i) {
      float value = (wide(x[start + i]) - center[i]) * factor[i] + shift[i];
      if constexpr (adds) value += wide(addend[start + i]);
      store(y[start + i], held(value, bounds));
    }
  });
}

template <bool bounded, typename Value>
ANNEAL_INLINE float passed(const Value* gradient, const Value* y, int64_t i, Bounds bounds) {
  const float g = wide(gradient[i]);
  if constexpr (bounded) {
    const float value = wide(y[i]);
    const bool is_within = (value > bounds.low) & (value < bounds.high);
    return is_within ? g : 0;
  }
  return g;
}

template <bool bounded, bool keeps, typename Value>
ANNEAL_INLINE void gather(
    const Value* __restrict gradient, const Value* __restrict x, const Value* __restrict y,
    Value* __restrict kept, Span span, const float* __restrict center, Bounds bounds,
    float* __restrict sums, float* __restrict products) {
  std::fill_n(sums, span.lanes, 0.0F);
  std::fill_n(products, span.lanes, 0.0F);
  by_lanes(span, [&](int64_t start, int64_t count) __attribute__((always_inline)) {
    for (int64_t i = 0; i < count; ++i) {
      const float g = passed<bounded>(gradient, y, start + i, bounds);
      if constexpr (keeps) store(kept[start + i], g);
      sums[i] += g;
      products[i] += g * (wide(x[start + i]) - center[i]);
    }
  });
}

template <bool bounded, typename Value>
ANNEAL_INLINE void derive(
    const Value* __restrict gradient, const Value* __restrict x, const Value* __restrict y,
    Value* __restrict to, Span span, LaneSlope s, Bounds bounds) {
  const float *__restrict center = s.center, *__restrict factor = s.factor;
  const float *__restrict slope = s.slope, *__restrict shift = s.shift;
  by_lanes(span, [&](int64_t start, int64_t count) __attribute__((always_inline)) {
    for (int64_t i = 0; i < count; ++i) {
      const float g = passed<bounded>(gradient, y, start + i, bounds);
      const float distance = wide(x[start + i]) - center[i];
      store(to[start + i], g * factor[i] + distance * slope[i] + shift[i]);
    }
  });
}

}  // namespace

#define ANNEAL_NORM_KERNEL_BODIES(Value)                                                          \
  ANNEAL_WIDE void sum_lanes(const Value* x, Span span, float* sums) { sum(x, span, sums); }      \
                                                                                                  \
  ANNEAL_WIDE void square_lanes(                                                                  \
      const Value* x, Span span, const float* center, float* sums, float* squares) {              \
    square(x, span, center, sums, squares);                                                       \
  }                                                                                               \
                                                                                                  \
  ANNEAL_WIDE void map_lanes(                                                                     \
      const Value* x, const Value* addend, Value* y, Span span, LaneMap lanes, Bounds bounds) {   \
    if (addend) {                                                                                 \
      map<true>(x, addend, y, span, lanes, bounds);                                               \
    } else {                                                                                      \
      map<false>(x, addend, y, span, lanes, bounds);                                              \
    }                                                                                             \
  }                                                                                               \
                                                                                                  \
  ANNEAL_WIDE void gather_lanes(                                                                  \
      const Value* gradient, const Value* x, const Value* y, Value* kept, Span span,              \
      const float* center, Bounds bounds, float* sums, float* products) {                         \
    if (y && kept) {                                                                              \
      gather<true, true>(gradient, x, y, kept, span, center, bounds, sums, products);             \
    } else if (y) {                                                                               \
      gather<true, false>(gradient, x, y, kept, span, center, bounds, sums, products);            \
    } else if (kept) {                                                                            \
      gather<false, true>(gradient, x, y, kept, span, center, bounds, sums, products);            \
    } else {                                                                                      \
      gather<false, false>(gradient, x, y, kept, span, center, bounds, sums, products);           \
    }                                                                                             \
  }                                                                                               \
                                                                                                  \
  ANNEAL_WIDE void derive_lanes(                                                                  \
      const Value* gradient, const Value* x, const Value* y, Value* to, Span span,                \
      LaneSlope slope, Bounds bounds) {                                                           \
    if (y) {                                                                                      \
      derive<true>(gradient, x, y, to, span, slope, bounds);                                      \
    } else {                                                                                      \
      derive<false>(gradient, x, y, to, span, slope, bounds);                                     \
    }                                                                                             \
  }

ANNEAL_NORM_KERNEL_BODIES(float)
ANNEAL_NORM_KERNEL_BODIES(Half)

}  // namespace anneal
