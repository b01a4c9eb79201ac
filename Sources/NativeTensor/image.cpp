// Resampling of images.
#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/_upsample_nearest_exact2d.h>
#include <ATen/ops/affine_grid_generator.h>
#include <ATen/ops/grid_sampler.h>
#include <ATen/ops/upsample_bicubic2d.h>
#include <ATen/ops/upsample_bilinear2d.h>

#include <optional>
#include <stdexcept>
#include <string>

#include "boundary.h"

namespace anneal {

namespace {

[[noreturn]] void refuse(int32_t interpolation) {
  throw std::invalid_argument("unknown interpolation " + std::to_string(interpolation));
}

at::Tensor resized(
    const at::Tensor& x, at::IntArrayRef size, int32_t interpolation, bool antialias) {
  switch (interpolation) {
    case ANNEAL_NEAREST:
      return at::_upsample_nearest_exact2d(x, size, std::nullopt, std::nullopt);
    case ANNEAL_BILINEAR:
      return antialias
                 ? at::_upsample_bilinear2d_aa(x, size, false, std::nullopt, std::nullopt)
                 : at::upsample_bilinear2d(x, size, false, std::nullopt, std::nullopt);
    case ANNEAL_BICUBIC:
      return antialias ? at::_upsample_bicubic2d_aa(x, size, false, std::nullopt, std::nullopt)
                       : at::upsample_bicubic2d(x, size, false, std::nullopt, std::nullopt);
    default: refuse(interpolation);
  }
}

int32_t affine_grid(
    anneal_tensor* theta, const intptr_t* size, intptr_t dimensions, anneal_result* out) {
  return giving(out, [&] {
    return at::affine_grid_generator(borrow(theta), sizes(size, dimensions), false);
  });
}

int32_t grid_sample(
    anneal_tensor* x, anneal_tensor* grid, int32_t interpolation, int32_t border,
    anneal_result* out) {
  return giving(out, [&] {
    // The native codes: 0 bilinear, 1 nearest, 2 bicubic; 0 zeros, 1 border, 2 reflection.
    int64_t mode = 0;
    switch (interpolation) {
      case ANNEAL_NEAREST: mode = 1; break;
      case ANNEAL_BILINEAR: mode = 0; break;
      case ANNEAL_BICUBIC: mode = 2; break;
      default: refuse(interpolation);
    }
    return at::grid_sampler(borrow(x), borrow(grid), mode, border, false);
  });
}

int32_t interpolate(
    anneal_tensor* x, const intptr_t* size, int32_t interpolation, bool antialias,
    anneal_result* out) {
  return giving(out, [&] {
    return resized(borrow(x), sizes(size, 2), interpolation, antialias);
  });
}

}  // namespace

const anneal_image_table image_table = {
    .affine_grid = affine_grid,
    .grid_sample = grid_sample,
    .interpolate = interpolate,
};

}  // namespace anneal
