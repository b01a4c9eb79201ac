// Random changes of images in host memory.
#pragma once

#include <ATen/core/Tensor.h>

#include "CTensor.h"

namespace anneal {

/// `[N, C, H, W]` images, uint8 or float32 and row-major, after the steps of each, as float32.
at::Tensor changed_images(const at::Tensor& images, const anneal_image_program& program);

}  // namespace anneal
