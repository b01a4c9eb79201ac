#include "norm.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "norm_kernels.h"

namespace anneal {

namespace {

/// About how many values are summed before the next ones; as many whatever the threads are, so that sums
/// come out the same.
constexpr int64_t part_values = 1 << 13;

/// Rows of `channels` values, cut into parts.
struct Parts {
  int64_t channels, rows;
  /// Rows of a part but the last.
  int64_t height;
  int64_t count;
  at::MemoryFormat format;

  struct Part {
    /// The first value, and how many there are.
    int64_t start, length;
  };

  Part operator[](int64_t index) const {
    const int64_t row = index * height;
    return {row * channels, std::min(height, rows - row) * channels};
  }
};

at::MemoryFormat format_of(const at::Tensor& x) {
  return x.dim() == 2 ? at::MemoryFormat::Contiguous : x.suggest_memory_format();
}

Parts parts_of(const at::Tensor& x) {
  const int64_t channels = x.size(1), rows = x.numel() / channels;
  const int64_t height = std::max<int64_t>(part_values / channels, 32);
  return {channels, rows, height, (rows + height - 1) / height, format_of(x)};
}

/// How rows are handed to the kernels: several at once where they are short, so that vectors of the
/// processor are filled.
class Lanes {
 public:
  explicit Lanes(int64_t channels)
      : channels_(channels), width_((63 + channels) / channels * channels) {}

  int64_t width() const { return width_; }

  /// The figures of the channels, repeated.
  std::vector<float> spread(const float* figures) const {
    std::vector<float> lanes(width_);
    spread(figures, lanes);
    return lanes;
  }

  void spread(const float* figures, std::vector<float>& lanes) const {
    for (int64_t i = 0; i < width_; i += channels_) {
      std::copy_n(figures, channels_, lanes.data() + i);
    }
  }

  /// Adds what the lanes of each channel hold.
  void fold(const std::vector<float>& lanes, float* sums) const {
    std::copy_n(lanes.begin(), channels_, sums);
    for (int64_t i = channels_; i < width_; i += channels_) {
      for (int64_t c = 0; c < channels_; ++c) sums[c] += lanes[i + c];
    }
  }

 private:
  int64_t channels_, width_;
};

/// What a thread keeps from part to part.
struct Scratch {
  explicit Scratch(int64_t width) : center(width), sums(width), products(width) {}

  std::vector<float> center, sums, products;
};

/// Runs `body` for each part, on all threads.
template <typename Body>
void for_each_part(const Parts& parts, const Lanes& lanes, Body&& body) {
  at::parallel_for(0, parts.count, 4, [&](int64_t begin, int64_t end) {
    Scratch scratch(lanes.width());
    for (int64_t index = begin; index < end; ++index) {
      const auto [start, length] = parts[index];
      body(index, start, Span{length, lanes.width()}, scratch);
    }
  });
}

template <typename Body>
void with_type(const at::Tensor& x, Body&& body) {
  if (x.scalar_type() == at::kFloat) {
    body(float());
  } else {
    body(Half());
  }
}

template <typename Value>
const Value* values_of(const at::Tensor& x) {
  return x.defined() ? static_cast<const Value*>(x.const_data_ptr()) : nullptr;
}

template <typename Value>
Value* places_of(at::Tensor& x) {
  return x.defined() ? static_cast<Value*>(x.mutable_data_ptr()) : nullptr;
}

template <typename Value>
const Value* past(const Value* values, int64_t start) {
  return values ? values + start : nullptr;
}

template <typename Value>
Value* past(Value* values, int64_t start) {
  return values ? values + start : nullptr;
}

/// Two figures of each channel.
struct Pair {
  explicit Pair(int64_t channels) : first(channels), second(channels) {}

  std::vector<double> first, second;
};

/// The mean and the squared distances to it of every channel: those of a part in two passes, of which the
/// second mends what the first has lost, joined as by Chan, Golub and LeVeque (1983, equations 1.5 and 1.7).
Pair moments_of(const at::Tensor& x, const Parts& parts, const Lanes& lanes) {
  const int64_t channels = parts.channels;
  const int64_t figures = parts.count * channels;
  std::vector<float> means(figures), rests(figures), squares(figures);
  with_type(x, [&](auto type) {
    using Value = decltype(type);
    const Value* from = values_of<Value>(x);
    for_each_part(parts, lanes, [&](int64_t index, int64_t start, Span span, Scratch& own) {
      float* mean = means.data() + index * channels;
      sum_lanes(from + start, span, own.sums.data());
      lanes.fold(own.sums, mean);
      const float share = 1 / static_cast<float>(span.length / channels);
      for (int64_t c = 0; c < channels; ++c) mean[c] *= share;
      lanes.spread(mean, own.center);
      square_lanes(from + start, span, own.center.data(), own.sums.data(), own.products.data());
      lanes.fold(own.sums, rests.data() + index * channels);
      lanes.fold(own.products, squares.data() + index * channels);
    });
  });
  Pair all(channels);
  double before = 0;
  for (int64_t index = 0; index < parts.count; ++index) {
    const double count = static_cast<double>(parts[index].length / channels);
    const double total = before + count;
    for (int64_t c = 0; c < channels; ++c) {
      const int64_t figure = index * channels + c;
      const double rest = rests[figure];
      const double difference = means[figure] + rest / count - all.first[c];
      all.second[c] +=
          squares[figure] - rest * rest / count + difference * difference * before * count / total;
      all.first[c] += difference * count / total;
    }
    before = total;
  }
  return all;
}

/// A value for each channel.
at::Tensor vector_of(const at::Tensor& x) {
  return at::empty({x.size(1)}, x.options().dtype(at::kFloat));
}

}  // namespace

bool takes_norm(
    const at::Tensor& x, const std::optional<at::Tensor>& addend,
    const NormParameters& parameters) {
  const auto is_plain = [](const std::optional<at::Tensor>& t) {
    return t && t->is_cpu() && t->scalar_type() == at::kFloat && t->is_contiguous();
  };
  const bool is_type = x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16;
  const bool is_added = !addend || (addend->is_cpu() && addend->sizes() == x.sizes() &&
                                    addend->scalar_type() == x.scalar_type());
  return x.is_cpu() && is_type && x.dim() >= 2 && x.numel() > 0 &&
         (x.dim() == 2 || format_of(x) != at::MemoryFormat::Contiguous) && is_added &&
         is_plain(parameters.weight) && is_plain(parameters.bias) &&
         is_plain(parameters.running_mean) && is_plain(parameters.running_variance);
}

NormResult norm_forward(
    const at::Tensor& input, const std::optional<at::Tensor>& added, Bounds bounds,
    const NormParameters& parameters, const NormSettings& settings) {
  const Parts parts = parts_of(input);
  const Lanes lanes(parts.channels);
  const at::Tensor x = input.contiguous(parts.format);
  const at::Tensor addend = added ? added->contiguous(parts.format) : at::Tensor();
  NormResult result{at::empty_like(x), vector_of(x), vector_of(x)};
  float* means = result.mean.mutable_data_ptr<float>();
  float* inverses = result.inverse.mutable_data_ptr<float>();
  float* running = parameters.running_mean->mutable_data_ptr<float>();
  float* spread = parameters.running_variance->mutable_data_ptr<float>();
  if (settings.training) {
    const Pair moments = moments_of(x, parts, lanes);
    const double rows = static_cast<double>(parts.rows);
    for (int64_t c = 0; c < parts.channels; ++c) {
      const double mean = moments.first[c], variance = moments.second[c] / rows;
      means[c] = static_cast<float>(mean);
      inverses[c] = static_cast<float>(1 / std::sqrt(variance + settings.epsilon));
      const double sample = rows > 1 ? moments.second[c] / (rows - 1) : variance;
      running[c] = static_cast<float>(running[c] + settings.momentum * (mean - running[c]));
      spread[c] = static_cast<float>(spread[c] + settings.momentum * (sample - spread[c]));
    }
  } else {
    for (int64_t c = 0; c < parts.channels; ++c) {
      means[c] = running[c];
      inverses[c] = static_cast<float>(1 / std::sqrt(spread[c] + settings.epsilon));
    }
  }
  std::vector<float> factors(parts.channels);
  for (int64_t c = 0; c < parts.channels; ++c) {
    factors[c] = parameters.weight->const_data_ptr<float>()[c] * inverses[c];
  }
  const std::vector<float> center = lanes.spread(means), factor = lanes.spread(factors.data()),
                           shift = lanes.spread(parameters.bias->const_data_ptr<float>());
  const LaneMap map{center.data(), factor.data(), shift.data()};
  with_type(x, [&](auto type) {
    using Value = decltype(type);
    const Value *from = values_of<Value>(x), *extra = values_of<Value>(addend);
    Value* to = places_of<Value>(result.output);
    for_each_part(parts, lanes, [&](int64_t, int64_t start, Span span, Scratch&) {
      map_lanes(from + start, past(extra, start), to + start, span, map, bounds);
    });
  });
  return result;
}

NormGradients norm_backward(
    const at::Tensor& outer, const at::Tensor& input, const at::Tensor& weight,
    const NormResult& result, bool has_addend, Bounds bounds, bool training) {
  const Parts parts = parts_of(input);
  const Lanes lanes(parts.channels);
  const int64_t channels = parts.channels;
  const at::Tensor x = input.contiguous(parts.format);
  const at::Tensor gradient = outer.to(x.scalar_type()).contiguous(parts.format);
  NormGradients gradients{at::empty_like(x), {}, vector_of(x), vector_of(x)};
  if (has_addend) gradients.addend = at::empty_like(x);
  const std::vector<float> center = lanes.spread(result.mean.const_data_ptr<float>());
  std::vector<float> sums(parts.count * channels), products(parts.count * channels);
  with_type(x, [&](auto type) {
    using Value = decltype(type);
    const Value *g = values_of<Value>(gradient), *from = values_of<Value>(x);
    const Value* y = bounds.are_any() ? values_of<Value>(result.output) : nullptr;
    Value* kept = places_of<Value>(gradients.addend);
    for_each_part(parts, lanes, [&](int64_t index, int64_t start, Span span, Scratch& own) {
      gather_lanes(
          g + start, from + start, past(y, start), past(kept, start), span, center.data(), bounds,
          own.sums.data(), own.products.data());
      lanes.fold(own.sums, sums.data() + index * channels);
      lanes.fold(own.products, products.data() + index * channels);
    });
  });
  Pair all(channels);
  for (int64_t i = 0; i < parts.count * channels; ++i) {
    all.first[i % channels] += sums[i];
    all.second[i % channels] += products[i];
  }
  std::vector<float> factors(channels), slopes(channels), shifts(channels);
  const double rows = static_cast<double>(parts.rows);
  for (int64_t c = 0; c < channels; ++c) {
    const double inverted = result.inverse.const_data_ptr<float>()[c];
    const double factor = weight.const_data_ptr<float>()[c] * inverted;
    factors[c] = static_cast<float>(factor);
    if (training) {
      slopes[c] = static_cast<float>(-factor * inverted * inverted * all.second[c] / rows);
      shifts[c] = static_cast<float>(-factor * all.first[c] / rows);
    }
    gradients.weight.mutable_data_ptr<float>()[c] = static_cast<float>(all.second[c] * inverted);
    gradients.bias.mutable_data_ptr<float>()[c] = static_cast<float>(all.first[c]);
  }
  const std::vector<float> factor = lanes.spread(factors.data()),
                           slope = lanes.spread(slopes.data()),
                           shift = lanes.spread(shifts.data());
  const LaneSlope lane{center.data(), factor.data(), slope.data(), shift.data()};
  with_type(x, [&](auto type) {
    using Value = decltype(type);
    // What was kept has gone through the bounds already.
    const Value* g = values_of<Value>(has_addend ? gradients.addend : gradient);
    const Value* from = values_of<Value>(x);
    const Value* y = bounds.are_any() && !has_addend ? values_of<Value>(result.output) : nullptr;
    Value* to = places_of<Value>(gradients.x);
    for_each_part(parts, lanes, [&](int64_t, int64_t start, Span span, Scratch&) {
      derive_lanes(g + start, from + start, past(y, start), to + start, span, lane, bounds);
    });
  });
  return gradients;
}

}  // namespace anneal
