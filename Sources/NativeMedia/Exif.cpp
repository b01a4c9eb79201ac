// The orientation of a picture, which cameras write into EXIF data instead of turning the pixels.

#include <cstring>
#include <opencv2/core.hpp>

#include "Image.h"

namespace anneal {

namespace {

/// Reads numbers from the bytes of a TIFF file; 0 beyond their end.
struct TiffReader {
  ImageBytes bytes;
  bool bigEndian;

  uint32_t number(int64_t place, int size) const {
    if (place < 0 || place + size > bytes.size) return 0;
    uint32_t value = 0;
    for (int index = 0; index < size; ++index) {
      const uint32_t byte = bytes.data[place + (bigEndian ? index : size - 1 - index)];
      value = value << 8 | byte;
    }
    return value;
  }
};

}  // namespace

int32_t exifOrientation(ImageBytes tiff) {
  if (tiff.size < 8) return 1;
  const bool bigEndian = std::memcmp(tiff.data, "MM\0*", 4) == 0;
  if (!bigEndian && std::memcmp(tiff.data, "II*\0", 4) != 0) return 1;
  const TiffReader reader{tiff, bigEndian};
  const int64_t directory = reader.number(4, 4);
  const int64_t entries = reader.number(directory, 2);
  for (int64_t entry = 0; entry < entries; ++entry) {
    const int64_t place = directory + 2 + 12 * entry;
    constexpr uint32_t orientationTag = 0x0112, shortType = 3;
    if (reader.number(place, 2) != orientationTag) continue;
    if (reader.number(place + 2, 2) != shortType) return 1;
    const uint32_t value = reader.number(place + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int32_t>(value) : 1;
  }
  return 1;
}

cv::Mat turned(const cv::Mat &picture, int32_t orientation) {
  cv::Mat result;
  switch (orientation) {
    case 2: cv::flip(picture, result, 1); break;
    case 3: cv::rotate(picture, result, cv::ROTATE_180); break;
    case 4: cv::flip(picture, result, 0); break;
    case 5: cv::transpose(picture, result); break;
    case 6: cv::rotate(picture, result, cv::ROTATE_90_CLOCKWISE); break;
    case 7:
      cv::transpose(picture, result);
      cv::rotate(result, result, cv::ROTATE_180);
      break;
    case 8: cv::rotate(picture, result, cv::ROTATE_90_COUNTERCLOCKWISE); break;
    default: return picture;
  }
  return result;
}

}  // namespace anneal
