// Reverse-mode differentiation.
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include "boundary.h"

namespace anneal {

namespace {

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
    .record = record,
};

}  // namespace anneal
