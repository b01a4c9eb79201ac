// JPEG through libjpeg-turbo, whose inverse DCT can write an image at k/8 of its size.

#include <turbojpeg.h>

#include <cstring>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>

#include "Guard.h"
#include "Image.h"

namespace anneal {

namespace {

struct Decompressor {
  tjhandle handle = tjInitDecompress();
  Decompressor() {
    if (handle == nullptr) fail(tjGetErrorStr2(nullptr));
  }
  ~Decompressor() { tjDestroy(handle); }
  Decompressor(const Decompressor &) = delete;
  Decompressor &operator=(const Decompressor &) = delete;
};

struct Header {
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
};

Header readHeader(const Decompressor &decompressor, ImageBytes bytes) {
  Header header;
  if (tjDecompressHeader3(
          decompressor.handle, bytes.data, static_cast<unsigned long>(bytes.size), &header.width,
          &header.height, &header.subsampling, &header.colorspace) != 0) {
    fail(std::string("the JPEG's header cannot be read: ") + tjGetErrorStr2(decompressor.handle));
  }
  if (header.width < 1 || header.height < 1) {
    fail("the JPEG's header cannot be read: it holds no picture");
  }
  return header;
}

/// The smallest scaled size that is still at least `wanted`, or the full size.
cv::Size scaledSize(const Header &header, cv::Size wanted) {
  cv::Size best(header.width, header.height);
  int count = 0;
  const tjscalingfactor *factors = tjGetScalingFactors(&count);
  for (int index = 0; index < count; ++index) {
    const cv::Size size(
        TJSCALED(header.width, factors[index]), TJSCALED(header.height, factors[index]));
    const bool covers = size.width >= wanted.width && size.height >= wanted.height;
    if (covers && size.area() < best.area()) best = size;
  }
  return best;
}

/// The EXIF data of a JPEG file: an APP1 segment before the picture's own data.
ImageBytes exifData(ImageBytes bytes) {
  int64_t place = 2;
  while (place + 4 <= bytes.size && bytes.data[place] == 0xff) {
    const uint8_t marker = bytes.data[place + 1];
    if (marker == 0xff) {
      ++place;
      continue;
    }
    constexpr uint8_t app1 = 0xe1, startOfScan = 0xda, endOfImage = 0xd9;
    if (marker == startOfScan || marker == endOfImage) break;
    const int64_t length = bytes.data[place + 2] << 8 | bytes.data[place + 3];
    if (length < 2 || place + 2 + length > bytes.size) break;
    constexpr char name[] = "Exif\0";
    if (marker == app1 && length >= 8 && std::memcmp(bytes.data + place + 4, name, 6) == 0) {
      return {bytes.data + place + 10, length - 8};
    }
    place += 2 + length;
  }
  return {nullptr, 0};
}

/// Bytes between two markers are padding that cameras leave; any other warning is lost data.
bool isHarmless(const char *warning) { return std::strstr(warning, "extraneous bytes") != nullptr; }

/// Multiplies the inks out: Adobe's CMYK files store them inverted, so this is their product.
cv::Mat withoutInks(const cv::Mat &inks) {
  cv::Mat picture(inks.size(), CV_8UC3);
  for (int row = 0; row < inks.rows; ++row) {
    const auto *in = inks.ptr<cv::Vec4b>(row);
    auto *out = picture.ptr<cv::Vec3b>(row);
    for (int column = 0; column < inks.cols; ++column) {
      for (int channel = 0; channel < 3; ++channel) {
        out[column][channel] =
            static_cast<uint8_t>((in[column][channel] * in[column][3] + 127) / 255);
      }
    }
  }
  return picture;
}

}  // namespace

AnnealDataImageInfo probeJpeg(ImageBytes bytes) {
  const Decompressor decompressor;
  const Header header = readHeader(decompressor, bytes);
  return {
      ANNEAL_DATA_JPEG, header.width, header.height, exifOrientation(exifData(bytes)), 8, 0};
}

cv::Mat decodeJpeg(ImageBytes bytes, int channels, cv::Size wanted) {
  const Decompressor decompressor;
  const Header header = readHeader(decompressor, bytes);
  const bool inks = header.colorspace == TJCS_CMYK || header.colorspace == TJCS_YCCK;
  const int format = inks ? TJPF_CMYK : channels == 1 ? TJPF_GRAY : TJPF_RGB;
  cv::Mat image(scaledSize(header, wanted), CV_8UC(tjPixelSize[format]));
  const int failed = tjDecompress2(
      decompressor.handle, bytes.data, static_cast<unsigned long>(bytes.size), image.data,
      image.cols, static_cast<int>(image.step), image.rows, format,
      TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
  if (failed != 0) {
    const char *reason = tjGetErrorStr2(decompressor.handle);
    const bool warned = tjGetErrorCode(decompressor.handle) == TJERR_WARNING;
    if (!warned || !isHarmless(reason)) fail(std::string("the JPEG is damaged: ") + reason);
  }
  if (!inks) return image;
  cv::Mat picture = withoutInks(image);
  if (channels == 1) cv::cvtColor(picture, picture, cv::COLOR_RGB2GRAY);
  return picture;
}

}  // namespace anneal
