// The library's only exported symbol.
#include <c10/util/Exception.h>
#include <malloc.h>
#include <torch/headeronly/version.h>

#include "NativeTensor.h"
#include "boundary.h"

// Offered by libtorch_cpu: the version it was built as, in the layout of TORCH_ABI_VERSION.
extern "C" uint64_t aoti_torch_abi_version();

namespace anneal {

namespace {

constexpr uint32_t packed(uint64_t major, uint64_t minor, uint64_t patch) {
  return static_cast<uint32_t>(major << 16 | minor << 8 | patch);
}

uint32_t loaded_torch() {
  const uint64_t version = aoti_torch_abi_version();
  return packed(version >> 56 & 0xff, version >> 48 & 0xff, version >> 40 & 0xff);
}

/// Keeps the memory of freed tensors for the next ones. Given back to the system at every step it would
/// come back as thousands of page faults, a tenth of a training's time.
void keep_freed_memory() {
  // The largest block that may come from the heap, which is what the library allows at most.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

}  // namespace

}  // namespace anneal

extern "C" __attribute__((visibility("default"))) const anneal_tensor_api* anneal_tensor_open() {
  using namespace anneal;
  try {
    keep_freed_memory();
    static const anneal_tensor_api api = {
        .version = ANNEAL_TENSOR_API_VERSION,
        .compiled_torch = packed(TORCH_VERSION_MAJOR, TORCH_VERSION_MINOR, TORCH_VERSION_PATCH),
        .loaded_torch = loaded_torch(),
        .last_error = last_failure,
        .handle = &handle_table,
        .shape = &shape_table,
        .arithmetic = &arithmetic_table,
        .reduction = &reduction_table,
        .layer = &layer_table,
        .loss = &loss_table,
        .image = &image_table,
        .row = &row_table,
        .spectrum = &spectrum_table,
        .gradient = &gradient_table,
        .optimizer = &optimizer_table,
        .quantization = &quantization_table,
        .device = &device_table,
    };
    return &api;
  } catch (...) {
    return nullptr;
  }
}
