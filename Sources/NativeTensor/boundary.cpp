#include "boundary.h"

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>

#include <atomic>
#include <stdexcept>
#include <string>

namespace anneal {

namespace {

std::atomic<intptr_t> live{0};
std::atomic<int> wanted_threads{0};
thread_local std::string failure;
thread_local int own_threads = 0;

constexpr at::ScalarType types[] = {
    at::kFloat, at::kDouble, at::kHalf, at::kBFloat16, at::kByte,
    at::kChar,  at::kInt,    at::kLong, at::kBool,
};

}  // namespace

anneal_tensor* own(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  live.fetch_add(1, std::memory_order_relaxed);
  return reinterpret_cast<anneal_tensor*>(tensor.unsafeReleaseTensorImpl());
}

void disown(anneal_tensor* handle) noexcept {
  if (handle == nullptr) return;
  live.fetch_sub(1, std::memory_order_relaxed);
  Impl::reclaim(reinterpret_cast<c10::TensorImpl*>(handle));
}

intptr_t live_tensors() noexcept { return live.load(std::memory_order_relaxed); }

void set_failure(const char* message) noexcept {
  try {
    failure = message;
  } catch (...) {
    failure.clear();
  }
}

const char* last_failure() noexcept { return failure.c_str(); }

void note_failure() noexcept {
  try {
    throw;
  } catch (const c10::Error& error) {
    set_failure(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_failure(error.what());
  } catch (...) {
    set_failure("an exception of an unknown type");
  }
}

void want_threads(int count) { wanted_threads.store(count, std::memory_order_relaxed); }

int swap_own_threads(int count) noexcept {
  const int before = own_threads;
  own_threads = count;
  return before;
}

void match_threads() {
  const int count =
      own_threads > 0 ? own_threads : wanted_threads.load(std::memory_order_relaxed);
  if (count > 0 && at::get_num_threads() != count) at::set_num_threads(count);
}

at::ScalarType scalar_type(int32_t type) {
  if (type < 0 || type >= static_cast<int32_t>(std::size(types))) {
    throw std::invalid_argument("unknown element type " + std::to_string(type));
  }
  return types[type];
}

int32_t type_code(at::ScalarType type) {
  for (size_t i = 0; i < std::size(types); ++i) {
    if (types[i] == type) return static_cast<int32_t>(i);
  }
  throw std::invalid_argument(
      std::string("element type ") + c10::toString(type) + " is not offered");
}

at::Device device_of(int32_t device) {
  if (device < ANNEAL_CPU) {
    throw std::invalid_argument("unknown device " + std::to_string(device));
  }
  if (device == ANNEAL_CPU) return at::Device(at::kCPU);
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(device));
}

int32_t device_code(const at::Device& device) {
  return device.is_cpu() ? ANNEAL_CPU : device.index();
}

at::TensorOptions options(int32_t type, int32_t device) {
  return at::TensorOptions().dtype(scalar_type(type)).device(device_of(device));
}

}  // namespace anneal
