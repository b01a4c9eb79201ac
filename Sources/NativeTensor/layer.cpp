// Layers of neural networks.
#include <ATen/ops/adaptive_avg_pool2d.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv3d.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/softmax.h>

#include <cmath>
#include <optional>
#include <stdexcept>

#include "boundary.h"
#include "norm.h"

namespace anneal {

namespace {

int32_t linear(
    anneal_tensor* x, anneal_tensor* weight, anneal_tensor* bias, anneal_result* out) {
  return giving(out, [&] { return at::linear(borrow(x), borrow(weight), maybe(bias)); });
}

int32_t convolution(
    anneal_tensor* x, anneal_tensor* weight, anneal_tensor* bias, const intptr_t* stride,
    const intptr_t* padding, const intptr_t* dilation, intptr_t count, intptr_t groups,
    anneal_result* out) {
  return giving(out, [&] {
    // Named by its dimensions, as autocast covers these and not the general `convolution`.
    const auto run = [&](auto&& function) {
      return function(
          borrow(x), borrow(weight), maybe(bias), sizes(stride, count), sizes(padding, count),
          sizes(dilation, count), groups);
    };
    using Sizes = at::IntArrayRef;
    switch (count) {
      case 1:
        return run([](auto&& a, auto&& w, auto&& b, Sizes s, Sizes p, Sizes d, int64_t g) {
          return at::conv1d(a, w, b, s, p, d, g);
        });
      case 2:
        return run([](auto&& a, auto&& w, auto&& b, Sizes s, Sizes p, Sizes d, int64_t g) {
          return at::conv2d(a, w, b, s, p, d, g);
        });
      case 3:
        return run([](auto&& a, auto&& w, auto&& b, Sizes s, Sizes p, Sizes d, int64_t g) {
          return at::conv3d(a, w, b, s, p, d, g);
        });
      default: throw std::invalid_argument("convolutions have one to three dimensions");
    }
  });
}

int32_t max_pool(
    anneal_tensor* x, const intptr_t* window, const intptr_t* stride, const intptr_t* padding,
    bool ceiling, anneal_result* out) {
  return giving(out, [&] {
    return at::max_pool2d(
        borrow(x), sizes(window, 2), sizes(stride, 2), sizes(padding, 2), {1, 1}, ceiling);
  });
}

int32_t average_pool(
    anneal_tensor* x, const intptr_t* window, const intptr_t* stride, const intptr_t* padding,
    bool ceiling, bool counts_padding, anneal_result* out) {
  return giving(out, [&] {
    return at::avg_pool2d(
        borrow(x), sizes(window, 2), sizes(stride, 2), sizes(padding, 2), ceiling,
        counts_padding);
  });
}

int32_t adaptive_average_pool(anneal_tensor* x, const intptr_t* size, anneal_result* out) {
  return giving(out, [&] { return at::adaptive_avg_pool2d(borrow(x), sizes(size, 2)); });
}

int32_t batch_norm(
    anneal_tensor* x, anneal_tensor* addend, anneal_tensor* weight, anneal_tensor* bias,
    anneal_tensor* running_mean, anneal_tensor* running_variance, bool training,
    double momentum, double epsilon, double low, double high, anneal_result* out) {
  return giving(out, [&] {
    const NormParameters parameters{
        maybe(weight), maybe(bias), maybe(running_mean), maybe(running_variance)};
    return bounded_norm(
        borrow(x), maybe(addend), {static_cast<float>(low), static_cast<float>(high)}, parameters,
        {training, momentum, epsilon});
  });
}

int32_t layer_norm(
    anneal_tensor* x, const intptr_t* shape, intptr_t dimensions, anneal_tensor* weight,
    anneal_tensor* bias, double epsilon, anneal_result* out) {
  return giving(out, [&] {
    return at::layer_norm(
        borrow(x), sizes(shape, dimensions), maybe(weight), maybe(bias), epsilon);
  });
}

int32_t group_norm(
    anneal_tensor* x, intptr_t groups, anneal_tensor* weight, anneal_tensor* bias,
    double epsilon, anneal_result* out) {
  return giving(out, [&] {
    return at::group_norm(borrow(x), groups, maybe(weight), maybe(bias), epsilon);
  });
}

int32_t softmax(anneal_tensor* x, intptr_t dim, bool logarithm, anneal_result* out) {
  return giving(out, [&] {
    return logarithm ? at::log_softmax(borrow(x), dim) : at::softmax(borrow(x), dim);
  });
}

int32_t embedding(anneal_tensor* weight, anneal_tensor* indices, anneal_result* out) {
  return giving(out, [&] { return at::embedding(borrow(weight), borrow(indices)); });
}

int32_t attention(
    anneal_tensor* query, anneal_tensor* key, anneal_tensor* value, anneal_tensor* mask,
    bool causal, double scale, anneal_result* out) {
  return giving(out, [&] {
    return at::scaled_dot_product_attention(
        borrow(query), borrow(key), borrow(value), maybe(mask), 0.0, causal,
        std::isnan(scale) ? std::nullopt : std::optional<double>(scale));
  });
}

}  // namespace

const anneal_layer_table layer_table = {
    .linear = linear,
    .convolution = convolution,
    .max_pool = max_pool,
    .average_pool = average_pool,
    .adaptive_average_pool = adaptive_average_pool,
    .batch_norm = batch_norm,
    .layer_norm = layer_norm,
    .group_norm = group_norm,
    .softmax = softmax,
    .embedding = embedding,
    .attention = attention,
};

}  // namespace anneal
