// Quantization in floating point, with the straight-through gradient.
#include <ATen/ops/fake_quantize_per_channel_affine.h>
#include <ATen/ops/fake_quantize_per_tensor_affine.h>

#include "boundary.h"

namespace anneal {

namespace {

int32_t tensor(
    anneal_tensor* x, double scale, intptr_t zero, intptr_t low, intptr_t high,
    anneal_result* out) {
  return giving(out, [&] {
    return at::fake_quantize_per_tensor_affine(borrow(x), scale, zero, low, high);
  });
}

int32_t channel(
    anneal_tensor* x, anneal_tensor* scales, anneal_tensor* zeros, intptr_t axis, intptr_t low,
    intptr_t high, anneal_result* out) {
  return giving(out, [&] {
    return at::fake_quantize_per_channel_affine(
        borrow(x), borrow(scales), borrow(zeros), axis, low, high);
  });
}

}  // namespace

const anneal_quantization_table quantization_table = {
    .tensor = tensor,
    .channel = channel,
};

}  // namespace anneal
