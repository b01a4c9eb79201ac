// Spectra of real signals.
#include <ATen/ops/fft_irfft.h>
#include <ATen/ops/fft_rfft.h>
#include <ATen/ops/view_as_complex.h>
#include <ATen/ops/view_as_real.h>

#include "boundary.h"

namespace anneal {

namespace {

int32_t power(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return at::view_as_real(at::fft_rfft(borrow(x))).square().sum(-1); });
}

int32_t forward(anneal_tensor* x, anneal_result* out) {
  return giving(out, [&] { return at::view_as_real(at::fft_rfft(borrow(x))); });
}

int32_t inverse(anneal_tensor* x, intptr_t length, anneal_result* out) {
  return giving(out, [&] {
    return at::fft_irfft(at::view_as_complex(borrow(x).contiguous()), length);
  });
}

}  // namespace

const anneal_spectrum_table spectrum_table = {
    .power = power,
    .forward = forward,
    .inverse = inverse,
};

}  // namespace anneal
