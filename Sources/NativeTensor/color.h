// Changes of the light of one image: float32 planes `[channels, pixels]` from 0 to 1, in place.
#pragma once

#include <cstdint>

#include "CTensor.h"

namespace anneal {

struct Planes {
  float* values;
  int64_t channels, height, width;

  int64_t pixels() const { return height * width; }
  float* plane(int64_t channel) const { return values + channel * pixels(); }
};

/// Applies one step that is no map. The colour steps are those of Torchvision 0.29 for floating point.
void change_light(const Planes& image, const anneal_image_step& step);

}  // namespace anneal
