// Batch norm, an addition and a rectifier in one, over rows and images in host memory.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "norm_kernels.h"

namespace anneal {

/// `[C]` tensors, each of which may be absent.
struct NormParameters {
  std::optional<at::Tensor> weight, bias, running_mean, running_variance;
};

struct NormSettings {
  /// Whether the batch's own statistics serve, which move the running ones by `momentum`.
  bool training;
  double momentum, epsilon;
};

/// Whether `norm_forward` can take these: rows, or images whose channels are innermost, in float32 or
/// bfloat16, with every parameter in float32.
bool takes_norm(
    const at::Tensor& x, const std::optional<at::Tensor>& addend,
    const NormParameters& parameters);

/// What a backward pass needs of a forward one.
struct NormResult {
  at::Tensor output;
  /// `[C]` float32: what was subtracted, and what was multiplied with.
  at::Tensor mean, inverse;
};

/// y = bounded((x - mean) * inverse * weight + bias + addend) for each channel of `[N, C, ...]`. The same
/// bits for any number of threads and on any processor.
NormResult norm_forward(
    const at::Tensor& x, const std::optional<at::Tensor>& addend, Bounds bounds,
    const NormParameters& parameters, const NormSettings& settings);

/// The gradients of x, the addend (undefined where there was none), weight and bias.
struct NormGradients {
  at::Tensor x, addend, weight, bias;
};

/// - Parameter training: Whether mean and inverse are the batch's, and so depend on x.
NormGradients norm_backward(
    const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& weight,
    const NormResult& result, bool has_addend, Bounds bounds, bool training);

/// What `norm_forward` gives, by its kernels where they can take the tensors and by libtorch's operations
/// elsewhere; differentiable once.
at::Tensor bounded_norm(
    const at::Tensor& x, const std::optional<at::Tensor>& addend, Bounds bounds,
    const NormParameters& parameters, const NormSettings& settings);

}  // namespace anneal
