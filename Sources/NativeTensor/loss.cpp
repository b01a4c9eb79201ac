// Losses.
#include <ATen/core/Reduction.h>
#include <ATen/ops/binary_cross_entropy_with_logits.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/huber_loss.h>
#include <ATen/ops/kl_div.h>
#include <ATen/ops/l1_loss.h>
#include <ATen/ops/mse_loss.h>

#include <stdexcept>
#include <string>

#include "boundary.h"

namespace anneal {

namespace {

int64_t reduction(int32_t joining) {
  switch (joining) {
    case ANNEAL_JOIN_NONE: return at::Reduction::None;
    case ANNEAL_JOIN_MEAN: return at::Reduction::Mean;
    case ANNEAL_JOIN_SUM: return at::Reduction::Sum;
    default: throw std::invalid_argument("unknown joining " + std::to_string(joining));
  }
}

/// KL divergence, summed over classes; its mean is over samples alone.
at::Tensor divergence(const at::Tensor& x, const at::Tensor& target, int32_t joining) {
  if (joining == ANNEAL_JOIN_MEAN) {
    const at::Tensor total = at::kl_div(x, target, at::Reduction::Sum, true);
    return total.div(static_cast<double>(x.size(0)));
  }
  return at::kl_div(x, target, reduction(joining), true);
}

int32_t cross_entropy(
    anneal_tensor* x, anneal_tensor* target, anneal_tensor* weight, int32_t joining,
    double smoothing, anneal_result* out) {
  return giving(out, [&] {
    return at::cross_entropy_loss(
        borrow(x), borrow(target), maybe(weight), reduction(joining), -100, smoothing);
  });
}

int32_t loss(
    int32_t function, anneal_tensor* x, anneal_tensor* target, int32_t joining,
    double parameter, anneal_result* out) {
  return giving(out, [&] {
    const at::Tensor given = borrow(x);
    const at::Tensor wanted = borrow(target);
    switch (function) {
      case ANNEAL_SQUARED_ERROR: return at::mse_loss(given, wanted, reduction(joining));
      case ANNEAL_ABSOLUTE_ERROR: return at::l1_loss(given, wanted, reduction(joining));
      case ANNEAL_HUBER:
        return at::huber_loss(given, wanted, reduction(joining), parameter);
      case ANNEAL_BINARY:
        return at::binary_cross_entropy_with_logits(
            given, wanted, {}, {}, reduction(joining));
      case ANNEAL_DIVERGENCE: return divergence(given, wanted, joining);
      default: throw std::invalid_argument("unknown loss " + std::to_string(function));
    }
  });
}

}  // namespace

const anneal_loss_table loss_table = {
    .cross_entropy = cross_entropy,
    .loss = loss,
};

}  // namespace anneal
