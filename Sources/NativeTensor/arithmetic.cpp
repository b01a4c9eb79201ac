// Arithmetic with broadcasting.
#include <ATen/ops/abs.h>
#include <ATen/ops/add.h>
#include <ATen/ops/atan2.h>
#include <ATen/ops/ceil.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/div.h>
#include <ATen/ops/eq.h>
#include <ATen/ops/erf.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/floor.h>
#include <ATen/ops/floor_divide.h>
#include <ATen/ops/ge.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/gt.h>
#include <ATen/ops/hardsigmoid.h>
#include <ATen/ops/hardswish.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/isnan.h>
#include <ATen/ops/le.h>
#include <ATen/ops/log.h>
#include <ATen/ops/log1p.h>
#include <ATen/ops/log2.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/logical_and.h>
#include <ATen/ops/logical_not.h>
#include <ATen/ops/logical_or.h>
#include <ATen/ops/logical_xor.h>
#include <ATen/ops/lt.h>
#include <ATen/ops/masked_fill.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/ne.h>
#include <ATen/ops/neg.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/reciprocal.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/relu6.h>
#include <ATen/ops/remainder.h>
#include <ATen/ops/round.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/square.h>
#include <ATen/ops/sub.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/trunc.h>
#include <ATen/ops/where.h>

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "boundary.h"

namespace anneal {

namespace {

[[noreturn]] void refuse(const char* family, int32_t function) {
  throw std::invalid_argument(std::string("unknown ") + family + " " + std::to_string(function));
}

at::Tensor apply(int32_t function, const at::Tensor& x) {
  switch (function) {
    case ANNEAL_NEGATE: return at::neg(x);
    case ANNEAL_ABS: return at::abs(x);
    case ANNEAL_SIGN: return at::sign(x);
    case ANNEAL_SQRT: return at::sqrt(x);
    case ANNEAL_RSQRT: return at::rsqrt(x);
    case ANNEAL_SQUARE: return at::square(x);
    case ANNEAL_RECIPROCAL: return at::reciprocal(x);
    case ANNEAL_EXP: return at::exp(x);
    case ANNEAL_LOG: return at::log(x);
    case ANNEAL_LOG1P: return at::log1p(x);
    case ANNEAL_LOG2: return at::log2(x);
    case ANNEAL_SIN: return at::sin(x);
    case ANNEAL_COS: return at::cos(x);
    case ANNEAL_ERF: return at::erf(x);
    case ANNEAL_FLOOR: return at::floor(x);
    case ANNEAL_CEIL: return at::ceil(x);
    case ANNEAL_ROUND: return at::round(x);
    case ANNEAL_TRUNC: return at::trunc(x);
    case ANNEAL_IS_FINITE: return at::isfinite(x);
    case ANNEAL_IS_NAN: return at::isnan(x);
    case ANNEAL_NOT: return at::logical_not(x);
    case ANNEAL_RELU: return at::relu(x);
    case ANNEAL_RELU6: return at::relu6(x);
    case ANNEAL_GELU: return at::gelu(x);
    case ANNEAL_GELU_TANH: return at::gelu(x, "tanh");
    case ANNEAL_SILU: return at::silu(x);
    case ANNEAL_SIGMOID: return at::sigmoid(x);
    case ANNEAL_TANH: return at::tanh(x);
    case ANNEAL_HARDSWISH: return at::hardswish(x);
    case ANNEAL_HARDSIGMOID: return at::hardsigmoid(x);
    case ANNEAL_SOFTPLUS: return at::softplus(x);
    case ANNEAL_LOG_SIGMOID: return at::log_sigmoid(x);
    default: refuse("function of one tensor", function);
  }
}

at::Tensor apply(int32_t function, const at::Tensor& x, const at::Tensor& y) {
  switch (function) {
    case ANNEAL_ADD: return at::add(x, y);
    case ANNEAL_SUBTRACT: return at::sub(x, y);
    case ANNEAL_MULTIPLY: return at::mul(x, y);
    case ANNEAL_DIVIDE: return at::div(x, y);
    case ANNEAL_FLOOR_DIVIDE: return at::floor_divide(x, y);
    case ANNEAL_REMAINDER: return at::remainder(x, y);
    case ANNEAL_POWER: return at::pow(x, y);
    case ANNEAL_MAXIMUM: return at::maximum(x, y);
    case ANNEAL_MINIMUM: return at::minimum(x, y);
    case ANNEAL_ATAN2: return at::atan2(x, y);
    case ANNEAL_EQUAL: return at::eq(x, y);
    case ANNEAL_NOT_EQUAL: return at::ne(x, y);
    case ANNEAL_LESS: return at::lt(x, y);
    case ANNEAL_LESS_EQUAL: return at::le(x, y);
    case ANNEAL_GREATER: return at::gt(x, y);
    case ANNEAL_GREATER_EQUAL: return at::ge(x, y);
    case ANNEAL_AND: return at::logical_and(x, y);
    case ANNEAL_OR: return at::logical_or(x, y);
    case ANNEAL_XOR: return at::logical_xor(x, y);
    default: refuse("function of two tensors", function);
  }
}

/// A number takes part like a scalar of the tensor's own kind: an integer tensor stays one where
/// the number is whole.
at::Scalar scalar_beside(const at::Tensor& x, double value) {
  const bool is_whole = value == std::trunc(value) && std::abs(value) < 9.0e15;
  if (!at::isFloatingType(x.scalar_type()) && is_whole) return static_cast<int64_t>(value);
  return value;
}

at::Tensor apply(int32_t function, const at::Tensor& x, double value) {
  const at::Scalar y = scalar_beside(x, value);
  switch (function) {
    case ANNEAL_ADD: return at::add(x, y);
    case ANNEAL_SUBTRACT: return at::sub(x, y);
    case ANNEAL_MULTIPLY: return at::mul(x, y);
    case ANNEAL_DIVIDE: return at::div(x, y);
    case ANNEAL_FLOOR_DIVIDE: return at::floor_divide(x, y);
    case ANNEAL_REMAINDER: return at::remainder(x, y);
    case ANNEAL_POWER: return at::pow(x, y);
    case ANNEAL_EQUAL: return at::eq(x, y);
    case ANNEAL_NOT_EQUAL: return at::ne(x, y);
    case ANNEAL_LESS: return at::lt(x, y);
    case ANNEAL_LESS_EQUAL: return at::le(x, y);
    case ANNEAL_GREATER: return at::gt(x, y);
    case ANNEAL_GREATER_EQUAL: return at::ge(x, y);
    case ANNEAL_MAXIMUM:
    case ANNEAL_MINIMUM:
      return apply(function, x, at::scalar_tensor(y, x.options()));
    default: refuse("function of a tensor and a number", function);
  }
}

int32_t unary(int32_t function, anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return apply(function, borrow(x)); });
}

int32_t binary(int32_t function, anneal_tensor* x, anneal_tensor* y, anneal_result* out) {
  return giving(out, [&] { return apply(function, borrow(x), borrow(y)); });
}

int32_t binary_number(int32_t function, anneal_tensor* x, double y, anneal_result* out) {
  return giving(out, [&] { return apply(function, borrow(x), y); });
}

int32_t update(int32_t function, anneal_tensor* target, anneal_tensor* source, double scale) {
  return guarded([&] {
    at::Tensor x = borrow(target);
    const at::Tensor y = borrow(source);
    switch (function) {
      case ANNEAL_UPDATE_ADD: x.add_(y, scalar_beside(x, scale)); break;
      case ANNEAL_UPDATE_MULTIPLY: x.mul_(y); break;
      case ANNEAL_UPDATE_DIVIDE: x.div_(y); break;
      case ANNEAL_UPDATE_COPY: x.copy_(y); break;
      case ANNEAL_UPDATE_LERP: x.lerp_(y, scale); break;
      default: refuse("update", function);
    }
  });
}

int32_t update_number(int32_t function, anneal_tensor* target, double value) {
  return guarded([&] {
    at::Tensor x = borrow(target);
    const at::Scalar y = scalar_beside(x, value);
    switch (function) {
      case ANNEAL_UPDATE_ADD: x.add_(y); break;
      case ANNEAL_UPDATE_MULTIPLY: x.mul_(y); break;
      case ANNEAL_UPDATE_DIVIDE: x.div_(y); break;
      case ANNEAL_UPDATE_COPY: x.fill_(y); break;
      default: refuse("update by a number", function);
    }
  });
}

int32_t clamp(anneal_tensor* x, double low, double high, anneal_result* out) {
  return giving(out, [&] {
    const at::Tensor tensor = borrow(x);
    const auto bound = [&](double value) -> std::optional<at::Scalar> {
      if (std::isinf(value)) return std::nullopt;
      return scalar_beside(tensor, value);
    };
    if (std::isinf(low) && std::isinf(high)) return tensor.clone();
    return at::clamp(tensor, bound(low), bound(high));
  });
}

int32_t clamp_tensor(
    anneal_tensor* x, anneal_tensor* low, anneal_tensor* high, anneal_result* out) {
  return giving(out, [&] { return at::clamp(borrow(x), maybe(low), maybe(high)); });
}

int32_t where(
    anneal_tensor* condition, anneal_tensor* x, anneal_tensor* y, anneal_result* out) {
  return giving(out, [&] { return at::where(borrow(condition), borrow(x), borrow(y)); });
}

int32_t masked_fill(anneal_tensor* x, anneal_tensor* mask, double value, anneal_result* out) {
  return giving(out, [&] { return at::masked_fill(borrow(x), borrow(mask), value); });
}

int32_t matmul(anneal_tensor* x, anneal_tensor* y, anneal_result* out) {
  return giving(out, [&] { return at::matmul(borrow(x), borrow(y)); });
}

}  // namespace

const anneal_arithmetic_table arithmetic_table = {
    .unary = unary,
    .binary = binary,
    .binary_number = binary_number,
    .update = update,
    .update_number = update_number,
    .clamp = clamp,
    .clamp_tensor = clamp_tensor,
    .where = where,
    .masked_fill = masked_fill,
    .matmul = matmul,
};

}  // namespace anneal
