// Rows on their way to a model: scales, the figures that scales are fitted from, and changed images.
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "augment.h"
#include "boundary.h"

// The same bits on every processor: products and sums are rounded one by one.
#pragma clang fp contract(off)

namespace anneal {

namespace {

/// Rows whose figures are gathered together, before those of the next ones are added.
constexpr int64_t chunk = 256;

struct Rows {
  at::Tensor tensor;
  int64_t count, groups, run;

  int64_t width() const { return groups * run; }
};

Rows rows_of(anneal_tensor* handle, intptr_t groups) {
  at::Tensor x = borrow(handle);
  if (!x.is_cpu() || (x.scalar_type() != at::kByte && x.scalar_type() != at::kFloat)) {
    throw std::invalid_argument("rows are uint8 or float32 in host memory");
  }
  x = x.contiguous();
  const int64_t count = x.dim() == 0 ? 0 : x.size(0);
  const int64_t width = count == 0 ? 0 : x.numel() / count;
  if (groups < 1 || width % groups != 0) {
    throw std::invalid_argument("rows do not divide into that many groups");
  }
  return {x, count, groups, width / groups};
}

template <typename Body>
void with_values(const Rows& rows, Body&& body) {
  if (rows.tensor.scalar_type() == at::kByte) {
    body(rows.tensor.const_data_ptr<uint8_t>());
  } else {
    body(rows.tensor.const_data_ptr<float>());
  }
}

int64_t grain(const Rows& rows) {
  return std::max<int64_t>(1, (1 << 15) / std::max<int64_t>(1, rows.width()));
}

struct Figures {
  const float *centers, *factors, *bases, *low, *high;
};

template <typename Value>
void scale_run(const Value* x, float* y, int64_t count, const Figures& f, int64_t group) {
  const float center = f.centers[group], factor = f.factors[group], base = f.bases[group];
  for (int64_t i = 0; i < count; ++i) y[i] = (static_cast<float>(x[i]) - center) * factor + base;
}

/// Each value has figures of its own.
template <typename Value>
void scale_each(const Value* x, float* y, int64_t count, const Figures& f) {
  for (int64_t i = 0; i < count; ++i) {
    y[i] = (static_cast<float>(x[i]) - f.centers[i]) * f.factors[i] + f.bases[i];
  }
}

/// What is NaN stays so.
void hold(float* y, int64_t groups, int64_t run, const Figures& f) {
  for (int64_t group = 0; group < groups; ++group) {
    const float low = f.low[group], high = f.high[group];
    for (int64_t i = 0; i < run; ++i, ++y) *y = *y < low ? low : (*y > high ? high : *y);
  }
}

int32_t scale(
    anneal_tensor* x, intptr_t groups, const float* centers, const float* factors,
    const float* bases, const float* low, const float* high, anneal_result* out) {
  return giving(out, [&] {
    const Rows rows = rows_of(x, groups);
    const Figures figures{centers, factors, bases, low, high};
    at::Tensor result = at::empty(rows.tensor.sizes(), at::kFloat);
    float* const to = result.mutable_data_ptr<float>();
    with_values(rows, [&](const auto* from) {
      at::parallel_for(0, rows.count, grain(rows), [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; ++row) {
          const auto* x = from + row * rows.width();
          float* y = to + row * rows.width();
          if (rows.run == 1) {
            scale_each(x, y, rows.groups, figures);
          } else {
            for (int64_t group = 0; group < rows.groups; ++group) {
              scale_run(x + group * rows.run, y + group * rows.run, rows.run, figures, group);
            }
          }
          if (low != nullptr && high != nullptr) hold(y, rows.groups, rows.run, figures);
        }
      });
    });
    return result;
  });
}

constexpr anneal_moments nothing = {
    0, 0, 0, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), 0};

template <typename Value>
bool is_missing(Value value) {
  if constexpr (std::is_floating_point_v<Value>) return std::isnan(value);
  return false;
}

/// Figures of some rows, by two passes over them; `moments` has an entry for each group.
template <typename Value>
void measure(const Value* x, int64_t count, const Rows& rows, anneal_moments* moments) {
  std::fill(moments, moments + rows.groups, nothing);
  const Value* value = x;
  for (int64_t row = 0; row < count; ++row) {
    for (int64_t group = 0; group < rows.groups; ++group) {
      anneal_moments& m = moments[group];
      for (int64_t i = 0; i < rows.run; ++i, ++value) {
        if (is_missing(*value)) continue;
        const double exact = static_cast<double>(*value);
        m.count += 1;
        m.mean += exact;
        m.least = std::min(m.least, exact);
        m.greatest = std::max(m.greatest, exact);
        m.magnitude += std::abs(exact);
      }
    }
  }
  for (int64_t group = 0; group < rows.groups; ++group) {
    if (moments[group].count > 0) moments[group].mean /= moments[group].count;
  }
  value = x;
  for (int64_t row = 0; row < count; ++row) {
    for (int64_t group = 0; group < rows.groups; ++group) {
      const double mean = moments[group].mean;
      double squares = 0;
      for (int64_t i = 0; i < rows.run; ++i, ++value) {
        if (is_missing(*value)) continue;
        const double distance = static_cast<double>(*value) - mean;
        squares += distance * distance;
      }
      moments[group].squares += squares;
    }
  }
}

/// Adds figures of further values (Chan, Golub and LeVeque 1979).
void join(anneal_moments& m, const anneal_moments& other) {
  if (other.count == 0) return;
  const double total = m.count + other.count;
  const double difference = other.mean - m.mean;
  m.squares += other.squares + difference * difference * m.count * other.count / total;
  m.mean += difference * other.count / total;
  m.count = total;
  m.least = std::min(m.least, other.least);
  m.greatest = std::max(m.greatest, other.greatest);
  m.magnitude += other.magnitude;
}

int32_t moments(anneal_tensor* x, intptr_t groups, anneal_moments* all) {
  return guarded([&] {
    const Rows rows = rows_of(x, groups);
    const int64_t chunks = (rows.count + chunk - 1) / chunk;
    std::vector<anneal_moments> parts(chunks * groups);
    with_values(rows, [&](const auto* from) {
      at::parallel_for(0, chunks, 1, [&](int64_t begin, int64_t end) {
        for (int64_t part = begin; part < end; ++part) {
          const int64_t first = part * chunk;
          const int64_t count = std::min(chunk, rows.count - first);
          measure(from + first * rows.width(), count, rows, parts.data() + part * groups);
        }
      });
    });
    for (int64_t part = 0; part < chunks; ++part) {
      for (int64_t group = 0; group < groups; ++group) {
        join(all[group], parts[part * groups + group]);
      }
    }
  });
}

/// A number that is in the order of the values; both zeros are one.
uint32_t ordered(float value) {
  const uint32_t bits = std::bit_cast<uint32_t>(value == 0 ? 0.0F : value);
  return bits >> 31 ? ~bits : bits | 0x80000000U;
}

int32_t tally(
    anneal_tensor* x, intptr_t groups, intptr_t first, intptr_t count, intptr_t ranks,
    const uint32_t* prefixes, int32_t shift, int32_t bits, int64_t* counts) {
  return guarded([&] {
    const Rows rows = rows_of(x, groups);
    if (first < 0 || count < 0 || first + count > groups || shift < 0 || bits < 1 ||
        shift + bits > 32) {
      throw std::invalid_argument("there are no such groups or bits");
    }
    const uint64_t mask = (uint64_t{1} << bits) - 1;
    with_values(rows, [&](const auto* from) {
      at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
        for (int64_t row = 0; row < rows.count; ++row) {
          for (int64_t group = begin; group < end; ++group) {
            const auto* value = from + row * rows.width() + (first + group) * rows.run;
            for (int64_t i = 0; i < rows.run; ++i, ++value) {
              if (is_missing(*value)) continue;
              const uint64_t key = ordered(static_cast<float>(*value));
              for (int64_t rank = 0; rank < ranks; ++rank) {
                const int64_t table = group * ranks + rank;
                if (key >> (shift + bits) != prefixes[table]) continue;
                counts[(table << bits) + static_cast<int64_t>(key >> shift & mask)] += 1;
              }
            }
          }
        }
      });
    });
  });
}

int32_t change_images(
    anneal_tensor* x, const anneal_image_program* program, anneal_result* out) {
  return giving(out, [&] { return changed_images(borrow(x), *program); });
}

}  // namespace

const anneal_row_table row_table = {
    .scale = scale,
    .moments = moments,
    .tally = tally,
    .change_images = change_images,
};

}  // namespace anneal
