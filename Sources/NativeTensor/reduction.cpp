// Sums, orders and counts.
#include <ATen/ops/_unique2.h>
#include <ATen/ops/all.h>
#include <ATen/ops/amax.h>
#include <ATen/ops/amin.h>
#include <ATen/ops/any.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/argmin.h>
#include <ATen/ops/bincount.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/histc.h>
#include <ATen/ops/kthvalue.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/logsumexp.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/searchsorted.h>
#include <ATen/ops/sort.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/topk.h>
#include <ATen/ops/var.h>

#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>

#include "boundary.h"

namespace anneal {

namespace {

/// The dimensions to reduce: all of them where none is named.
std::vector<int64_t> reduced(const at::Tensor& x, const intptr_t* dims, intptr_t count) {
  std::vector<int64_t> result(dims, dims + count);
  if (count == 0) {
    result.resize(static_cast<size_t>(x.dim()));
    std::iota(result.begin(), result.end(), 0);
  }
  return result;
}

at::Tensor apply(
    int32_t function, const at::Tensor& x, const std::vector<int64_t>& dims, bool kept) {
  switch (function) {
    case ANNEAL_SUM: return at::sum(x, dims, kept);
    case ANNEAL_MEAN: return at::mean(x, dims, kept);
    case ANNEAL_MAX: return at::amax(x, dims, kept);
    case ANNEAL_MIN: return at::amin(x, dims, kept);
    case ANNEAL_LOG_SUM_EXP: return at::logsumexp(x, dims, kept);
    case ANNEAL_ALL: return at::all(x, dims, kept);
    case ANNEAL_ANY: return at::any(x, dims, kept);
    case ANNEAL_NORM1: return at::linalg_vector_norm(x, 1, dims, kept);
    case ANNEAL_NORM2: return at::linalg_vector_norm(x, 2, dims, kept);
    default:
      throw std::invalid_argument("unknown reduction " + std::to_string(function));
  }
}

int32_t reduce(
    int32_t function, anneal_tensor* x, const intptr_t* dims, intptr_t count, bool kept,
    anneal_result* out) {
  return giving(out, [&] {
    const at::Tensor tensor = borrow(x);
    return apply(function, tensor, reduced(tensor, dims, count), kept);
  });
}

int32_t variance(
    anneal_tensor* x, const intptr_t* dims, intptr_t count, double correction, bool kept,
    anneal_result* out) {
  return giving(out, [&] {
    const at::Tensor tensor = borrow(x);
    const std::optional<at::Scalar> less = correction;
    return at::var(tensor, reduced(tensor, dims, count), less, kept);
  });
}

int32_t argmax(anneal_tensor* x, intptr_t dim, bool kept, anneal_result* out) {
  return giving(out, [&] { return at::argmax(borrow(x), dim, kept); });
}

int32_t argmin(anneal_tensor* x, intptr_t dim, bool kept, anneal_result* out) {
  return giving(out, [&] { return at::argmin(borrow(x), dim, kept); });
}

int32_t cumulative_sum(anneal_tensor* x, intptr_t dim, anneal_result* out) {
  return giving(out, [&] { return at::cumsum(borrow(x), dim); });
}

int32_t top(
    anneal_tensor* x, intptr_t k, intptr_t dim, bool largest, anneal_result* values,
    anneal_result* indices) {
  return giving_pair(values, indices, [&] { return at::topk(borrow(x), k, dim, largest); });
}

int32_t sort(
    anneal_tensor* x, intptr_t dim, bool descending, anneal_result* values,
    anneal_result* indices) {
  return giving_pair(values, indices, [&] {
    return at::sort(borrow(x), std::optional<bool>(true), dim, descending);
  });
}

int32_t kth(
    anneal_tensor* x, intptr_t k, intptr_t dim, bool kept, anneal_result* values,
    anneal_result* indices) {
  return giving_pair(values, indices, [&] { return at::kthvalue(borrow(x), k, dim, kept); });
}

int32_t histogram(
    anneal_tensor* x, intptr_t bins, double low, double high, anneal_result* out) {
  return giving(out, [&] { return at::histc(borrow(x), bins, low, high); });
}

int32_t count(
    anneal_tensor* x, anneal_tensor* weights, intptr_t minimum, anneal_result* out) {
  return giving(out, [&] { return at::bincount(borrow(x), maybe(weights), minimum); });
}

int32_t unique(anneal_tensor* x, anneal_result* values, anneal_result* counts) {
  return giving_pair(values, counts, [&] {
    auto [found, inverse, times] = at::_unique2(borrow(x), true, false, true);
    return std::make_tuple(found, times);
  });
}

int32_t search(
    anneal_tensor* sorted, anneal_tensor* values, bool right, anneal_result* out) {
  return giving(out, [&] {
    return at::searchsorted(borrow(sorted), borrow(values), false, right);
  });
}

}  // namespace

const anneal_reduction_table reduction_table = {
    .reduce = reduce,
    .variance = variance,
    .argmax = argmax,
    .argmin = argmin,
    .cumulative_sum = cumulative_sum,
    .top = top,
    .sort = sort,
    .kth = kth,
    .histogram = histogram,
    .count = count,
    .unique = unique,
    .search = search,
};

}  // namespace anneal
