// What every family of functions shares: handles, failures and threads at the C border.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/TensorImpl.h>

#include <optional>
#include <utility>
#include <vector>

#include "CTensor.h"

namespace anneal {

/// Gives ownership of a tensor to the caller beyond the border. An undefined tensor becomes null.
anneal_tensor* own(at::Tensor tensor);

/// Takes back what `own` gave.
void disown(anneal_tensor* handle) noexcept;

/// How many tensors are owned beyond the border.
intptr_t live_tensors() noexcept;

/// Stores the exception in flight as this thread's last failure.
void note_failure() noexcept;

/// This thread's last failure.
const char* last_failure() noexcept;

/// Replaces this thread's last failure.
void set_failure(const char* message) noexcept;

/// The thread count that every operation computes with.
void want_threads(int count);

/// The thread count that this thread alone computes with, 0 for that of all; returns what it was.
int swap_own_threads(int count) noexcept;

/// Applies the wanted thread count to this thread. A fresh thread starts with the count last set
/// anywhere and applies that again at its first parallel operation, so this is repeated.
void match_threads();

using Impl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

/// The tensor behind a handle, retained for as long as the value lives.
inline at::Tensor borrow(anneal_tensor* handle) {
  return at::Tensor(Impl::reclaim_copy(reinterpret_cast<c10::TensorImpl*>(handle)));
}

/// The tensor behind a handle that may be null.
inline std::optional<at::Tensor> maybe(anneal_tensor* handle) {
  if (handle == nullptr) return std::nullopt;
  return borrow(handle);
}

inline std::vector<at::Tensor> list(const anneal_element* handles, intptr_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(static_cast<size_t>(count));
  for (intptr_t i = 0; i < count; ++i) tensors.push_back(borrow(handles[i]));
  return tensors;
}

inline at::IntArrayRef sizes(const intptr_t* values, intptr_t count) {
  static_assert(sizeof(intptr_t) == sizeof(int64_t));
  return {reinterpret_cast<const int64_t*>(values), static_cast<size_t>(count)};
}

at::ScalarType scalar_type(int32_t type);
int32_t type_code(at::ScalarType type);
at::Device device_of(int32_t device);
int32_t device_code(const at::Device& device);
at::TensorOptions options(int32_t type, int32_t device);

/// Runs `body`; an exception becomes a status.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
  try {
    match_threads();
    body();
    return ANNEAL_OK;
  } catch (...) {
    note_failure();
    return ANNEAL_FAILED;
  }
}

/// Runs `body` and gives the tensor it returns to the caller.
template <typename Body>
int32_t giving(anneal_result* out, Body&& body) noexcept {
  return guarded([&] { *out = own(body()); });
}

/// Runs `body` and gives the two tensors it returns to the caller.
template <typename Body>
int32_t giving_pair(anneal_result* first, anneal_result* second, Body&& body) noexcept {
  return guarded([&] {
    auto [a, b] = body();
    *first = own(std::move(a));
    *second = own(std::move(b));
  });
}

extern const anneal_handle_table handle_table;
extern const anneal_shape_table shape_table;
extern const anneal_arithmetic_table arithmetic_table;
extern const anneal_reduction_table reduction_table;
extern const anneal_layer_table layer_table;
extern const anneal_loss_table loss_table;
extern const anneal_image_table image_table;
extern const anneal_row_table row_table;
extern const anneal_spectrum_table spectrum_table;
extern const anneal_gradient_table gradient_table;
extern const anneal_optimizer_table optimizer_table;
extern const anneal_quantization_table quantization_table;
extern const anneal_device_table device_table;

}  // namespace anneal
