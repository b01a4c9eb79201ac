// Tensors from nothing, and the same elements in another form.
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/clone.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/index_add.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/one_hot.h>
#include <ATen/ops/pad.h>
#include <ATen/ops/permute.h>
#include <ATen/ops/reshape.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tril.h>
#include <ATen/ops/triu.h>

#include <optional>

#include "boundary.h"

namespace anneal {

namespace {

int32_t full(
    const intptr_t* shape, intptr_t dimensions, double value, int32_t type, int32_t device,
    anneal_result* out) {
  return giving(out, [&] {
    return at::full(sizes(shape, dimensions), value, options(type, device));
  });
}

int32_t empty(
    const intptr_t* shape, intptr_t dimensions, int32_t type, int32_t device,
    anneal_result* out) {
  return giving(out, [&] {
    const bool pinned = device == ANNEAL_PINNED;
    return at::empty(
        sizes(shape, dimensions),
        options(type, pinned ? ANNEAL_CPU : device).pinned_memory(pinned));
  });
}

int32_t range(
    double first, double step, intptr_t count, int32_t type, int32_t device,
    anneal_result* out) {
  return giving(out, [&] {
    const auto indices = at::arange(count, at::TensorOptions(at::kDouble).device(device_of(device)));
    return indices.mul(step).add(first).to(scalar_type(type));
  });
}

int32_t convert(anneal_tensor* x, int32_t type, int32_t device, anneal_result* out) {
  return giving(out, [&] {
    const at::Tensor tensor = borrow(x);
    const at::ScalarType to_type =
        type == ANNEAL_KEEP ? tensor.scalar_type() : scalar_type(type);
    const at::Device to_device = device == ANNEAL_KEEP ? tensor.device() : device_of(device);
    // A copy to the host that did not wait would be read before it is complete.
    const bool is_asynchronous = to_device.is_cuda();
    return tensor.to(to_device, to_type, is_asynchronous, false, std::nullopt);
  });
}

int32_t contiguous(anneal_tensor* x, int32_t layout, anneal_result* out) {
  return giving(out, [&] {
    return borrow(x).contiguous(
        layout == ANNEAL_CHANNELS_LAST ? at::MemoryFormat::ChannelsLast
                                       : at::MemoryFormat::Contiguous);
  });
}

int32_t clone(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return borrow(x).clone(); });
}

int32_t pin(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return borrow(x).pin_memory(); });
}

int32_t reshape(
    anneal_tensor* x, const intptr_t* shape, intptr_t dimensions, anneal_result* out) {
  return giving(out, [&] { return at::reshape(borrow(x), sizes(shape, dimensions)); });
}

int32_t expand(
    anneal_tensor* x, const intptr_t* shape, intptr_t dimensions, anneal_result* out) {
  return giving(out, [&] { return borrow(x).expand(sizes(shape, dimensions)); });
}

int32_t permute(
    anneal_tensor* x, const intptr_t* order, intptr_t dimensions, anneal_result* out) {
  return giving(out, [&] { return at::permute(borrow(x), sizes(order, dimensions)); });
}

int32_t flip(anneal_tensor* x, const intptr_t* dims, intptr_t count, anneal_result* out) {
  return giving(out, [&] { return at::flip(borrow(x), sizes(dims, count)); });
}

int32_t narrow(
    anneal_tensor* x, intptr_t dim, intptr_t first, intptr_t length, anneal_result* out) {
  return giving(out, [&] { return borrow(x).narrow(dim, first, length); });
}

int32_t select(anneal_tensor* x, intptr_t dim, intptr_t index, anneal_result* out) {
  return giving(out, [&] { return borrow(x).select(dim, index); });
}

int32_t unfold(
    anneal_tensor* x, intptr_t dim, intptr_t size, intptr_t step, anneal_result* out) {
  return giving(out, [&] { return borrow(x).unfold(dim, size, step); });
}

int32_t index_select(
    anneal_tensor* x, intptr_t dim, anneal_tensor* indices, anneal_result* out) {
  return giving(out, [&] { return at::index_select(borrow(x), dim, borrow(indices)); });
}

int32_t gather(anneal_tensor* x, intptr_t dim, anneal_tensor* indices, anneal_result* out) {
  return giving(out, [&] { return at::gather(borrow(x), dim, borrow(indices)); });
}

int32_t index_add(
    anneal_tensor* x, intptr_t dim, anneal_tensor* indices, anneal_tensor* source,
    anneal_result* out) {
  return giving(out, [&] {
    return at::index_add(borrow(x), dim, borrow(indices), borrow(source));
  });
}

int32_t nonzero(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return at::nonzero(borrow(x)); });
}

int32_t one_hot(anneal_tensor* x, intptr_t classes, anneal_result* out) {
  return giving(out, [&] { return at::one_hot(borrow(x), classes); });
}

int32_t concatenate(
    const anneal_element* tensors, intptr_t count, intptr_t dim, anneal_result* out) {
  return giving(out, [&] { return at::cat(list(tensors, count), dim); });
}

int32_t stack(
    const anneal_element* tensors, intptr_t count, intptr_t dim, anneal_result* out) {
  return giving(out, [&] { return at::stack(list(tensors, count), dim); });
}

int32_t pad(
    anneal_tensor* x, const intptr_t* amounts, intptr_t count, const char* mode, double value,
    anneal_result* out) {
  return giving(out, [&] {
    const bool is_constant = c10::string_view(mode) == "constant";
    return at::pad(
        borrow(x), sizes(amounts, count), mode,
        is_constant ? std::optional<double>(value) : std::nullopt);
  });
}

int32_t triangle(anneal_tensor* x, bool upper, intptr_t diagonal, anneal_result* out) {
  return giving(out, [&] {
    return upper ? at::triu(borrow(x), diagonal) : at::tril(borrow(x), diagonal);
  });
}

}  // namespace

const anneal_shape_table shape_table = {
    .full = full,
    .empty = empty,
    .range = range,
    .convert = convert,
    .contiguous = contiguous,
    .clone = clone,
    .pin = pin,
    .reshape = reshape,
    .expand = expand,
    .permute = permute,
    .flip = flip,
    .narrow = narrow,
    .select = select,
    .unfold = unfold,
    .index_select = index_select,
    .gather = gather,
    .index_add = index_add,
    .nonzero = nonzero,
    .one_hot = one_hot,
    .concatenate = concatenate,
    .stack = stack,
    .pad = pad,
    .triangle = triangle,
};

}  // namespace anneal
