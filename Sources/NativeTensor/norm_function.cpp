// Batch norm, an addition and a rectifier as one differentiable function.
#include <ATen/ops/add.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/relu.h>
#include <torch/csrc/autograd/custom_function.h>

#include "norm.h"

namespace anneal {

namespace {

using torch::autograd::AutogradContext;

/// Its arguments are those of `bounded_norm`, one by one, as the gradients are given by their places.
struct BoundedNorm : torch::autograd::Function<BoundedNorm> {
  static constexpr size_t arguments = 11;

  static at::Tensor forward(
      AutogradContext* context, const at::Tensor& x, const std::optional<at::Tensor>& addend,
      const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& running_mean,
      const at::Tensor& running_variance, double low, double high, bool training, double momentum,
      double epsilon) {
    const Bounds bounds{static_cast<float>(low), static_cast<float>(high)};
    NormResult result = norm_forward(
        x, addend, bounds, {weight, bias, running_mean, running_variance},
        {training, momentum, epsilon});
    context->save_for_backward({x, weight, result.output, result.mean, result.inverse});
    context->saved_data["low"] = low;
    context->saved_data["high"] = high;
    context->saved_data["training"] = training;
    context->saved_data["adds"] = addend.has_value();
    return result.output;
  }

  static torch::autograd::variable_list backward(
      AutogradContext* context, torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    auto& data = context->saved_data;
    const Bounds bounds{
        static_cast<float>(data["low"].toDouble()), static_cast<float>(data["high"].toDouble())};
    const NormGradients result = norm_backward(
        gradients[0], saved[0], saved[1], {saved[2], saved[3], saved[4]}, data["adds"].toBool(),
        bounds, data["training"].toBool());
    torch::autograd::variable_list all(arguments);
    all[0] = result.x;
    all[1] = result.addend;
    all[2] = result.weight;
    all[3] = result.bias;
    return all;
  }
};

}  // namespace

at::Tensor bounded_norm(
    const at::Tensor& x, const std::optional<at::Tensor>& addend, Bounds bounds,
    const NormParameters& parameters, const NormSettings& settings) {
  const auto& [weight, bias, running_mean, running_variance] = parameters;
  const auto& [training, momentum, epsilon] = settings;
  if (takes_norm(x, addend, parameters)) {
    return BoundedNorm::apply(
        x, addend, *weight, *bias, *running_mean, *running_variance, double(bounds.low),
        double(bounds.high), training, momentum, epsilon);
  }
  at::Tensor y = at::batch_norm(
      x, weight, bias, running_mean, running_variance, training, momentum, epsilon, true);
  if (addend) y = at::add(y, *addend);
  if (!bounds.are_any()) return y;
  const bool is_rectified = bounds.low == 0 && bounds.high == Bounds().high;
  return is_rectified ? at::relu(y) : at::clamp(y, double(bounds.low), double(bounds.high));
}

}  // namespace anneal
