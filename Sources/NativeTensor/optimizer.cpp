// Kernels over all parameters at once.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_add.h>
#include <ATen/ops/_foreach_addcdiv.h>
#include <ATen/ops/_foreach_addcmul.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/_foreach_div.h>
#include <ATen/ops/_foreach_lerp.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_foreach_sign.h>
#include <ATen/ops/_foreach_sqrt.h>
#include <ATen/ops/_fused_adam.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/_fused_sgd.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>

#include <stdexcept>
#include <string>

#include "boundary.h"

namespace anneal {

namespace {

/// Runs `body` without recording it for differentiation; nothing happens for empty lists.
template <typename Body>
int32_t unrecorded(intptr_t count, Body&& body) noexcept {
  return guarded([&] {
    if (count == 0) return;
    const at::NoGradGuard guard;
    body();
  });
}

int32_t update(
    int32_t function, const anneal_element* targets, const anneal_element* sources,
    intptr_t count, double a) {
  return unrecorded(count, [&] {
    const auto x = list(targets, count);
    const auto y = list(sources, count);
    switch (function) {
      case ANNEAL_LIST_ADD: at::_foreach_add_(x, y, a); break;
      case ANNEAL_LIST_MULTIPLY: at::_foreach_mul_(x, y); break;
      case ANNEAL_LIST_DIVIDE: at::_foreach_div_(x, y); break;
      case ANNEAL_LIST_COPY: at::_foreach_copy_(x, y); break;
      case ANNEAL_LIST_LERP: at::_foreach_lerp_(x, y, a); break;
      case ANNEAL_LIST_ADD_SQUARE: at::_foreach_addcmul_(x, y, y, a); break;
      case ANNEAL_LIST_ADD_SIGN: at::_foreach_add_(x, at::_foreach_sign(y), a); break;
      default: throw std::invalid_argument("unknown list update " + std::to_string(function));
    }
  });
}

int32_t scale(const anneal_element* targets, intptr_t count, double a, double b) {
  return unrecorded(count, [&] {
    const auto x = list(targets, count);
    if (a != 1) at::_foreach_mul_(x, a);
    if (b != 0) at::_foreach_add_(x, b);
  });
}

int32_t add_normalized(
    const anneal_element* targets, const anneal_element* numerators,
    const anneal_element* squares, intptr_t count, double a, double epsilon) {
  return unrecorded(count, [&] {
    const auto denominators = at::_foreach_sqrt(list(squares, count));
    at::_foreach_add_(denominators, epsilon);
    at::_foreach_addcdiv_(list(targets, count), list(numerators, count), denominators, a);
  });
}

int32_t sgd(
    const anneal_element* parameters, const anneal_element* gradients,
    const anneal_element* momenta, intptr_t count, double rate, double decay, double momentum,
    double dampening, bool nesterov, bool first) {
  return unrecorded(count, [&] {
    const std::vector<at::Tensor> buffers =
        momentum == 0 ? std::vector<at::Tensor>() : list(momenta, count);
    at::_fused_sgd_(
        list(parameters, count), list(gradients, count), buffers, decay, momentum, rate,
        dampening, nesterov, false, first);
  });
}

int32_t adam(
    const anneal_element* parameters, const anneal_element* gradients,
    const anneal_element* means, const anneal_element* squares, const anneal_element* steps,
    intptr_t count, double rate, double beta1, double beta2, double decay, double epsilon,
    bool decoupled) {
  return unrecorded(count, [&] {
    const auto x = list(parameters, count);
    const auto g = list(gradients, count);
    const auto m = list(means, count);
    const auto v = list(squares, count);
    const auto t = list(steps, count);
    // The kernels read the count of the step being taken.
    at::_foreach_add_(t, 1);
    if (decoupled) {
      at::_fused_adamw_(x, g, m, v, {}, t, rate, beta1, beta2, decay, epsilon, false, false);
    } else {
      at::_fused_adam_(x, g, m, v, {}, t, rate, beta1, beta2, decay, epsilon, false, false);
    }
  });
}

int32_t norm(const anneal_element* tensors, intptr_t count, anneal_result* out) {
  return giving(out, [&] {
    const at::NoGradGuard guard;
    if (count == 0) return at::zeros({}, at::kFloat);
    return at::linalg_vector_norm(at::stack(at::_foreach_norm(list(tensors, count), 2)), 2);
  });
}

int32_t clip(const anneal_element* tensors, intptr_t count, anneal_tensor* norm, double bound) {
  return unrecorded(count, [&] {
    const at::Tensor factor = borrow(norm).add(1e-6).reciprocal().mul(bound).clamp_max(1);
    at::_foreach_mul_(list(tensors, count), factor);
  });
}

}  // namespace

const anneal_optimizer_table optimizer_table = {
    .update = update,
    .scale = scale,
    .add_normalized = add_normalized,
    .sgd = sgd,
    .adam = adam,
    .norm = norm,
    .clip = clip,
};

}  // namespace anneal
