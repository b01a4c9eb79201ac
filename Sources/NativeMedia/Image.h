// Images from files to the planes of a feature.

#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

#include "CData.h"

namespace anneal {

/// A whole image file in memory, or its start.
struct ImageBytes {
  const uint8_t *data;
  int64_t size;
};

/// No picture of more pixels is decoded: 16384 x 16384, beyond any photograph.
constexpr int64_t mostPixels = int64_t{1} << 28;

/// No side is longer, because what is held for each row and column grows with it.
constexpr int64_t mostSide = int64_t{1} << 18;

/// Nor is a picture of more pixels that has to be held whole, because its format does not give row after row.
constexpr int64_t mostPixelsHeld = int64_t{1} << 26;

/// The format by content, with the size its header promises once the picture is turned as it is to be
/// seen; throws where no decoder knows the format, and where the size is beyond what is decoded.
AnnealDataImageInfo probe(ImageBytes bytes);

/// Decodes an image file to the planes that are asked for, turned as it is to be seen.
void decode(ImageBytes bytes, const AnnealDataImageRequest &request, void *out);

/// The orientation that EXIF data states (TIFF 6.0 with the tag 0x0112 of its first directory), 1 where
/// it states none. The bytes are untrusted.
int32_t exifOrientation(ImageBytes tiff);

/// Turns and mirrors a stored picture by its EXIF orientation.
cv::Mat turned(const cv::Mat &picture, int32_t orientation);

/// Whether turning exchanges height and width.
inline bool exchangesSides(int32_t orientation) { return orientation >= 5; }

/// Whether an ICC profile is one for RGB that does not call itself sRGB. The bytes are untrusted.
bool isOtherThanSRGB(ImageBytes profile);

/// Throws where a picture is empty, has more pixels than `most`, or too long a side.
void checkPixels(int64_t width, int64_t height, int64_t most);

class RowTaker;
struct Frame;

// Each decoder gives the rows of the stored picture to a `RowTaker`, or its planes at once where it has
// a shorter way to them. Each `probe` leaves width and height as they are stored.

AnnealDataImageInfo probeJpeg(ImageBytes bytes);
AnnealDataImageInfo probePng(ImageBytes bytes);
AnnealDataImageInfo probeWebp(ImageBytes bytes);
AnnealDataImageInfo probeBmp(ImageBytes bytes);
AnnealDataImageInfo probeTiff(ImageBytes bytes);

/// Planes of `frame.size`.
std::vector<cv::Mat> decodeJpeg(
    ImageBytes bytes, const AnnealDataImageRequest &request, const Frame &frame);
void decodePng(ImageBytes bytes, RowTaker &rows);
void decodeWebp(ImageBytes bytes, RowTaker &rows);
void decodeBmp(ImageBytes bytes, RowTaker &rows);
void decodeTiff(ImageBytes bytes, RowTaker &rows);

/// Writes interleaved grey or RGB bytes as a PNG file.
void writePng(const cv::Mat &picture, const char *path);

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
