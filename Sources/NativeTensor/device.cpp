// The machine and the engine's settings.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/ops/empty.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>

#include "boundary.h"

// From ATen/autocast_mode.h, which costs more to compile than all the rest of this file.
namespace at::autocast {
TORCH_API bool is_autocast_enabled(at::DeviceType device_type);
TORCH_API void set_autocast_enabled(at::DeviceType device_type, bool enabled);
TORCH_API at::ScalarType get_autocast_dtype(at::DeviceType device_type);
TORCH_API void set_autocast_dtype(at::DeviceType device_type, at::ScalarType dtype);
TORCH_API void clear_cache();
}  // namespace at::autocast

namespace anneal {

namespace {

/// Opens the CUDA library once; the reason where it can not be.
const std::string& cuda_library_failure() {
  static const std::string failure = [] {
    // cuBLAS repeats its results only with a workspace of a fixed size.
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
    dlerror();
    if (dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL) != nullptr) return std::string();
    const char* reason = dlerror();
    return std::string(reason == nullptr ? "libtorch_cuda.so can not be opened" : reason);
  }();
  return failure;
}

int32_t set_threads(intptr_t count) {
  return guarded([&] {
    if (count < 1) throw std::invalid_argument("a thread count is at least 1");
    want_threads(static_cast<int>(count));
    match_threads();
  });
}

intptr_t threads() {
  try {
    match_threads();
    return at::get_num_threads();
  } catch (...) {
    note_failure();
    return 1;
  }
}

intptr_t swap_own(intptr_t count) { return swap_own_threads(static_cast<int>(count)); }

int32_t set_interop_threads(intptr_t count) {
  return guarded([&] {
    if (static_cast<intptr_t>(at::get_num_interop_threads()) != count) {
      at::set_num_interop_threads(static_cast<int>(count));
    }
  });
}

int32_t set_determinism(int32_t determinism) {
  return guarded([&] {
    const bool on = determinism != ANNEAL_DETERMINISM_NONE;
    const bool only_warns = determinism == ANNEAL_DETERMINISM_PREFERRED;
    at::globalContext().setDeterministicAlgorithms(on, only_warns);
    at::globalContext().setDeterministicFillUninitializedMemory(false);
    at::globalContext().setBenchmarkCuDNN(false);
    at::globalContext().setDeterministicCuDNN(on);
  });
}

int32_t set_reduced_float32(bool on) {
  return guarded([&] {
    at::globalContext().setAllowTF32CuBLAS(on);
    at::globalContext().setAllowTF32CuDNN(on);
  });
}

bool reduced_float32() {
  return at::globalContext().allowTF32CuBLAS() && at::globalContext().allowTF32CuDNN();
}

int32_t cuda_count(intptr_t* count) {
  return guarded([&] {
    *count = 0;
    set_failure("");
    const std::string& failure = cuda_library_failure();
    if (!failure.empty()) return set_failure(failure.c_str());
    if (!c10::impl::hasDeviceGuardImpl(at::kCUDA)) {
      return set_failure("libtorch_cuda.so offers no CUDA devices");
    }
    *count = c10::impl::getDeviceGuardImpl(at::kCUDA)->deviceCount();
    if (*count > 0) return;
    try {
      at::empty({1}, at::TensorOptions(at::kFloat).device(at::kCUDA));
      set_failure("no CUDA device is visible");
    } catch (...) {
      note_failure();
    }
  });
}

int32_t synchronize(int32_t device) {
  return guarded([&] {
    if (device == ANNEAL_CPU) return;
    c10::impl::getDeviceGuardImpl(at::kCUDA)->synchronizeDevice(
        static_cast<at::DeviceIndex>(device));
  });
}

int32_t capability(char* text, intptr_t capacity) {
  return guarded([&] {
    if (capacity < 1) throw std::invalid_argument("there is no room for the text");
    const std::string name = at::get_cpu_capability();
    const size_t length = std::min(name.size(), static_cast<size_t>(capacity - 1));
    std::copy_n(name.data(), length, text);
    text[length] = '\0';
  });
}

int32_t swap_autocast(anneal_autocast* state) {
  return guarded([&] {
    const auto kind = state->device == ANNEAL_CPU ? at::kCPU : at::kCUDA;
    const at::ScalarType type = scalar_type(state->type);
    const bool was_enabled = at::autocast::is_autocast_enabled(kind);
    const int32_t was_type = type_code(at::autocast::get_autocast_dtype(kind));
    at::autocast::set_autocast_enabled(kind, state->enabled);
    at::autocast::set_autocast_dtype(kind, type);
    // Copies of weights in the lower precision are valid for one scope and one step.
    at::autocast::clear_cache();
    state->enabled = was_enabled;
    state->type = was_type;
  });
}

}  // namespace

const anneal_device_table device_table = {
    .set_threads = set_threads,
    .threads = threads,
    .set_interop_threads = set_interop_threads,
    .set_determinism = set_determinism,
    .set_reduced_float32 = set_reduced_float32,
    .reduced_float32 = reduced_float32,
    .cuda_count = cuda_count,
    .synchronize = synchronize,
    .capability = capability,
    .swap_autocast = swap_autocast,
    .swap_own_threads = swap_own,
};

}  // namespace anneal
