// Images from files to the planes of a feature.

#pragma once

#include <opencv2/core.hpp>

#include <cstdint>

#include "CData.h"

namespace anneal {

/// A whole image file in memory.
struct ImageBytes {
  const uint8_t *data;
  int64_t size;
};

/// The format by content, with the size its header promises once the picture is turned as it is to be
/// seen; throws where it is neither PNG nor JPEG, and where the size is beyond what is decoded.
AnnealDataImageInfo probe(ImageBytes bytes);

/// Decodes an image file to grey or RGB, turned as it is to be seen, at no less than the pixels that
/// `picture` needs.
cv::Mat decode(ImageBytes bytes, const AnnealDataPicture &picture);

/// The orientation that EXIF data states (TIFF 6.0 with the tag 0x0112 of its first directory), 1 where
/// it states none. The bytes are untrusted.
int32_t exifOrientation(ImageBytes tiff);

/// Turns and mirrors a stored picture by its EXIF orientation.
cv::Mat turned(const cv::Mat &picture, int32_t orientation);

/// Whether turning exchanges height and width.
inline bool exchangesSides(int32_t orientation) { return orientation >= 5; }

/// Decodes a JPEG to grey or RGB at the smallest DCT scale that still covers `wanted`.
cv::Mat decodeJpeg(ImageBytes bytes, int channels, cv::Size wanted);
AnnealDataImageInfo probeJpeg(ImageBytes bytes);

/// Decodes a PNG to grey or RGB of 8 bits; transparency is dropped.
cv::Mat decodePng(ImageBytes bytes, int channels);
AnnealDataImageInfo probePng(ImageBytes bytes);
void writePng(const cv::Mat &picture, const char *path);

/// The pixels that the source must at least have so that `picture` needs no enlarging.
cv::Size neededSize(const AnnealDataImageInfo &info, const AnnealDataPicture &picture);

/// Brings a decoded image to the size and fit wanted.
cv::Mat fitted(const cv::Mat &image, const AnnealDataPicture &picture);

/// Filters one picture.
cv::Mat denoised(const cv::Mat &picture, const AnnealDataDenoise &filter);

/// Filters pictures that lie one after the other, on OpenCV's threads.
void denoise(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture &shape,
    const AnnealDataDenoise &filter, uint8_t *out);

/// A hash of 64 bits of each picture, alike for pictures that look alike.
void hashes(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture &shape, int32_t method,
    uint64_t *out);

/// Interleaved pixels to planes and back.
void toPlanes(const cv::Mat &picture, uint8_t *planes);
cv::Mat fromPlanes(const uint8_t *planes, const AnnealDataPicture &shape);

/// Throws where a picture's shape is not one that is supported.
void checkShape(const AnnealDataPicture &shape);

}  // namespace anneal
