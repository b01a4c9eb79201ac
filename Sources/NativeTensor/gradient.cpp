// Reverse-mode differentiation.
#include <ATen/core/grad_mode.h>
#include <ATen/ops/isfinite.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstring>

#include "boundary.h"

namespace anneal {

namespace {

/// Whether no float has all bits of its exponent set. A pass over memory that stores nothing: a training asks
/// this of all its gradients in every step.
bool are_finite(const float* values, int64_t count) {
  constexpr uint32_t exponent = 0x7f800000;
  uint32_t found = 0;
  for (int64_t i = 0; i < count; ++i) {
    uint32_t bits;
    std::memcpy(&bits, values + i, sizeof bits);
    found |= static_cast<uint32_t>((bits & exponent) == exponent);
  }
  return found == 0;
}

bool is_finite(const at::Tensor& x) {
  if (x.is_cpu() && x.scalar_type() == at::kFloat && x.is_non_overlapping_and_dense()) {
    return are_finite(x.const_data_ptr<float>(), x.numel());
  }
  return at::isfinite(x).all().item<bool>();
}

std::vector<at::Tensor> seeds(anneal_tensor* seed) {
  if (seed == nullptr) return {};
  return {borrow(seed)};
}

int32_t require(anneal_tensor* x, bool required) {
  return guarded([&] { borrow(x).set_requires_grad(required); });
}

int32_t get(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return borrow(x).grad(); });
}

int32_t set(anneal_tensor* x, anneal_tensor* gradient) {
  return guarded([&] {
    borrow(x).mutable_grad() = gradient == nullptr ? at::Tensor() : borrow(gradient);
  });
}

int32_t detach(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return borrow(x).detach(); });
}

int32_t backward(anneal_tensor* root, anneal_tensor* seed, bool graph_kept) {
  return guarded([&] {
    torch::autograd::backward({borrow(root)}, seeds(seed), graph_kept, false);
  });
}

int32_t derive(
    anneal_tensor* root, const anneal_element* inputs, intptr_t count, bool graph_kept,
    anneal_result* out) {
  return guarded([&] {
    const std::vector<at::Tensor> gradients = torch::autograd::grad(
        {borrow(root)}, list(inputs, count), {}, graph_kept, false, true);
    for (const at::Tensor& gradient : gradients) *out++ = own(gradient);
  });
}

int32_t finite(const anneal_element* leaves, intptr_t count, bool* out) {
  return guarded([&] {
    const at::NoGradGuard guard;
    *out = true;
    for (const at::Tensor& leaf : list(leaves, count)) {
      const at::Tensor gradient = leaf.grad();
      if (gradient.defined() && !is_finite(gradient)) {
        *out = false;
        return;
      }
    }
  });
}

bool record(bool recording) {
  const bool was = at::GradMode::is_enabled();
  at::GradMode::set_enabled(recording);
  return was;
}

}  // namespace

const anneal_gradient_table gradient_table = {
    .require = require,
    .get = get,
    .set = set,
    .detach = detach,
    .backward = backward,
    .derive = derive,
    .finite = finite,
    .record = record,
};

}  // namespace anneal
