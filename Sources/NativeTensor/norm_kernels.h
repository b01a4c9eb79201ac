// The loops of `norm.cpp`, over float32 and bfloat16.
//
// A span is a sequence of values of which the n-th belongs to lane n modulo `lanes`. Figures are given, and
// sums are made, for each lane.
#pragma once

#include <cstdint>
#include <limits>

namespace anneal {

/// A bfloat16: the upper half of a float32.
struct Half {
  uint16_t bits;
};

struct Span {
  int64_t length, lanes;
};

/// Within what values are held; those on a bound have no gradient.
struct Bounds {
  float low = -std::numeric_limits<float>::infinity();
  float high = std::numeric_limits<float>::infinity();

  bool are_any() const {
    const float infinity = std::numeric_limits<float>::infinity();
    return low > -infinity || high < infinity;
  }
};

/// y = bounded((x - center) * factor + shift + addend)
struct LaneMap {
  const float *center, *factor, *shift;
};

/// g * factor + (x - center) * slope + shift
struct LaneSlope {
  const float *center, *factor, *slope, *shift;
};

#define ANNEAL_NORM_KERNELS(Value)                                                                \
  void sum_lanes(const Value* x, Span span, float* sums);                                         \
  /* Sums the distances to the center and their squares. */                                       \
  void square_lanes(                                                                              \
      const Value* x, Span span, const float* center, float* sums, float* squares);               \
  void map_lanes(                                                                                 \
      const Value* x, const Value* addend, Value* y, Span span, LaneMap map, Bounds bounds);      \
  /* Sums g and g * (x - center), g being the gradient where `y` is within the bounds, everywhere \
     where `y` is null, and stores g where `kept` is not null. */                                 \
  void gather_lanes(                                                                              \
      const Value* gradient, const Value* x, const Value* y, Value* kept, Span span,              \
      const float* center, Bounds bounds, float* sums, float* products);                          \
  void derive_lanes(                                                                              \
      const Value* gradient, const Value* x, const Value* y, Value* to, Span span,                \
      LaneSlope slope, Bounds bounds);

ANNEAL_NORM_KERNELS(float)
ANNEAL_NORM_KERNELS(Half)

}  // namespace anneal
