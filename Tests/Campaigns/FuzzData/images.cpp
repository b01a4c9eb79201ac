// Feeds hostile bytes to the image decoders, under AddressSanitizer; see Tests/Campaigns/fuzz.

#include <cstdint>
#include <exception>
#include <vector>

#include "Image.h"

/// Decodes the bytes to a picture whose kind depends on them, so that every way is taken.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  uint32_t sum = 2166136261;
  for (size_t place = 0; place < size; ++place) sum = (sum ^ bytes[place]) * 16777619;
  AnnealDataImageRequest request{};
  request.picture.channels = sum % 2 == 0 ? 1 : 3;
  request.picture.height = 1 + int32_t(sum >> 4 & 31);
  request.picture.width = 1 + int32_t(sum >> 9 & 31);
  request.picture.fit = int32_t(sum >> 14 & 3) % 3;
  request.deep = (sum >> 16 & 3) == 0;
  request.background[0] = 255;
  std::vector<float> out(size_t(request.picture.channels * request.picture.height)
                         * size_t(request.picture.width));
  const anneal::ImageBytes image{bytes, int64_t(size)};
  try {
    const AnnealDataImageInfo info = anneal::probe(image);
    // Large pictures take long, so only some are decoded.
    const bool isLarge = int64_t{info.width} * info.height > 1 << 18;
    if (isLarge && (sum >> 20 & 63) != 0) return 0;
    anneal::decode(image, request, out.data());
  } catch (const std::exception &) {
    // Refused: what else there may be is what the sanitizer looks for.
  }
  return 0;
}
