#include "Image.h"

#include <algorithm>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <string>

#include "Frame.h"
#include "Guard.h"
#include "RowTaker.h"

namespace anneal {

namespace {

bool startsWith(ImageBytes bytes, const void *magic, size_t size) {
  return bytes.size >= static_cast<int64_t>(size) && std::memcmp(bytes.data, magic, size) == 0;
}

int32_t formatOf(ImageBytes bytes) {
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n", 8)) return ANNEAL_DATA_PNG;
  if (startsWith(bytes, "\xff\xd8\xff", 3)) return ANNEAL_DATA_JPEG;
  if (startsWith(bytes, "RIFF", 4) && bytes.size >= 12
      && std::memcmp(bytes.data + 8, "WEBP", 4) == 0) {
    return ANNEAL_DATA_WEBP;
  }
  if (startsWith(bytes, "II*\0", 4) || startsWith(bytes, "MM\0*", 4)
      || startsWith(bytes, "II+\0", 4) || startsWith(bytes, "MM\0+", 4)) {
    return ANNEAL_DATA_TIFF;
  }
  if (startsWith(bytes, "BM", 2)) return ANNEAL_DATA_BMP;
  if (bytes.size == 0) fail("the file is empty");
  fail("the content is none of JPEG, PNG, WebP, TIFF and BMP");
}

AnnealDataImageInfo probeStored(ImageBytes bytes) {
  AnnealDataImageInfo info;
  switch (formatOf(bytes)) {
    case ANNEAL_DATA_PNG: info = probePng(bytes); break;
    case ANNEAL_DATA_JPEG: info = probeJpeg(bytes); break;
    case ANNEAL_DATA_WEBP: info = probeWebp(bytes); break;
    case ANNEAL_DATA_TIFF: info = probeTiff(bytes); break;
    default: info = probeBmp(bytes); break;
  }
  checkPixels(info.width, info.height, mostPixels);
  return info;
}

/// Turns planes and puts them in their place in the result, with a frame around them.
template <typename Sample>
void deliver(
    const std::vector<cv::Mat> &planes, const AnnealDataImageInfo &info,
    const AnnealDataImageRequest &request, const Frame &frame, Sample *out) {
  const AnnealDataPicture &picture = request.picture;
  const auto *colour = request.frame;
  for (int plane = 0; plane < picture.channels; ++plane) {
    cv::Mat target(
        picture.height, picture.width, cv::DataType<Sample>::type,
        out + size_t(plane) * size_t(picture.height) * size_t(picture.width));
    if (frame.place.size() != target.size()) {
      const uint32_t level =
          picture.channels == 1 ? luma(colour[0], colour[1], colour[2]) : colour[plane];
      target.setTo(cv::Scalar(request.deep != 0 ? level * 257 : level));
    }
    turned(planes[size_t(plane)], info.orientation).copyTo(target(frame.place));
  }
}

}  // namespace

void checkPixels(int64_t width, int64_t height, int64_t most) {
  const bool isSound = width >= 1 && height >= 1 && width <= mostSide && height <= mostSide;
  if (isSound && width * height <= most) return;
  fail("the image claims " + std::to_string(width) + "x" + std::to_string(height)
       + " pixels, more than is decoded");
}

AnnealDataImageInfo probe(ImageBytes bytes) {
  AnnealDataImageInfo info = probeStored(bytes);
  if (exchangesSides(info.orientation)) std::swap(info.width, info.height);
  return info;
}

void decode(ImageBytes bytes, const AnnealDataImageRequest &request, void *out) {
  const AnnealDataImageInfo info = probeStored(bytes);
  const cv::Size stored(info.width, info.height);
  const Frame frame(stored, info.orientation, request.picture);
  std::vector<cv::Mat> planes;
  if (info.format == ANNEAL_DATA_JPEG) {
    planes = decodeJpeg(bytes, request, frame);
  } else {
    RowTaker rows(stored, request, frame);
    switch (info.format) {
      case ANNEAL_DATA_PNG: decodePng(bytes, rows); break;
      case ANNEAL_DATA_WEBP: decodeWebp(bytes, rows); break;
      case ANNEAL_DATA_TIFF: decodeTiff(bytes, rows); break;
      default: decodeBmp(bytes, rows); break;
    }
    planes = rows.planes();
  }
  if (request.deep != 0) {
    deliver(planes, info, request, frame, static_cast<float *>(out));
  } else {
    deliver(planes, info, request, frame, static_cast<uint8_t *>(out));
  }
}

void checkShape(const AnnealDataPicture &shape) {
  if (shape.channels != 1 && shape.channels != 3) fail("a picture has 1 or 3 channels");
  if (shape.height < 1 || shape.width < 1
      || int64_t{shape.height} * shape.width > mostPixels) {
    fail("a picture's size is empty or too large");
  }
}

void toPlanes(const cv::Mat &picture, uint8_t *planes) {
  const size_t plane = picture.total();
  std::vector<cv::Mat> views;
  for (int channel = 0; channel < picture.channels(); ++channel) {
    views.emplace_back(picture.rows, picture.cols, CV_8UC1, planes + plane * channel);
  }
  cv::split(picture, views);
}

cv::Mat fromPlanes(const uint8_t *planes, const AnnealDataPicture &shape) {
  const size_t plane = size_t(shape.height) * size_t(shape.width);
  std::vector<cv::Mat> views;
  for (int channel = 0; channel < shape.channels; ++channel) {
    // OpenCV has no matrix of constant data; merging only reads it.
    views.emplace_back(
        shape.height, shape.width, CV_8UC1, const_cast<uint8_t *>(planes + plane * channel));
  }
  cv::Mat picture;
  cv::merge(views, picture);
  return picture;
}

}  // namespace anneal
