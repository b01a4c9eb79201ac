// Lifetime, properties and host memory of tensors.
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

#include "boundary.h"

namespace anneal {

namespace {

int32_t describe(anneal_tensor* x, anneal_tensor_info* info) {
  return guarded([&] {
    const at::Tensor tensor = borrow(x);
    *info = {
        .type = type_code(tensor.scalar_type()),
        .device = device_code(tensor.device()),
        .dimensions = tensor.dim(),
        .count = tensor.numel(),
        .requires_gradient = tensor.requires_grad(),
        .is_contiguous = tensor.is_contiguous(),
        .is_channels_last = tensor.is_contiguous(at::MemoryFormat::ChannelsLast),
    };
  });
}

int32_t shape(anneal_tensor* x, intptr_t* out) {
  return guarded([&] {
    for (const int64_t size : borrow(x).sizes()) *out++ = size;
  });
}

int32_t address(anneal_tensor* x, const void** out) {
  return guarded([&] {
    const at::Tensor tensor = borrow(x);
    if (!tensor.device().is_cpu() || !tensor.is_contiguous()) {
      throw std::invalid_argument("the tensor is not contiguous in host memory");
    }
    *out = tensor.const_data_ptr();
  });
}

int32_t read(anneal_tensor* x, void* to, intptr_t bytes) {
  return guarded([&] {
    const at::Tensor tensor = borrow(x).detach().to(at::kCPU).contiguous();
    if (static_cast<size_t>(bytes) != tensor.nbytes()) {
      throw std::invalid_argument(
          "the tensor holds " + std::to_string(tensor.nbytes()) + " bytes, not " +
          std::to_string(bytes));
    }
    if (bytes > 0) std::memcpy(to, tensor.const_data_ptr(), tensor.nbytes());
  });
}

int32_t copy(
    const void* from, const intptr_t* shape, intptr_t dimensions, int32_t type,
    anneal_result* out) {
  return giving(out, [&] {
    at::Tensor tensor = at::empty(sizes(shape, dimensions), options(type, ANNEAL_CPU));
    if (tensor.nbytes() > 0) std::memcpy(tensor.mutable_data_ptr(), from, tensor.nbytes());
    return tensor;
  });
}

int32_t view(
    const void* from, const intptr_t* shape, intptr_t dimensions, int32_t type, void* context,
    void (*done)(void*), anneal_result* out) {
  return guarded([&] {
    // The last copy of the deleter to go, here or in the storage, calls `done`.
    const std::shared_ptr<void> owner(context, done);
    at::Tensor tensor = at::from_blob(
        const_cast<void*>(from), sizes(shape, dimensions), [owner](void*) {},
        options(type, ANNEAL_CPU));
    *out = own(std::move(tensor));
  });
}

}  // namespace

const anneal_handle_table handle_table = {
    .release = disown,
    .live = live_tensors,
    .describe = describe,
    .shape = shape,
    .address = address,
    .read = read,
    .copy = copy,
    .view = view,
};

}  // namespace anneal
