#include "Image.h"

#include <cstring>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "Guard.h"

namespace anneal {

namespace {

// 16384 x 16384 pixels: beyond any photograph, and under a gigabyte when decoded.
constexpr int64_t maximumPixels = int64_t{1} << 28;

bool startsWith(ImageBytes bytes, const void *magic, size_t size) {
  return bytes.size >= static_cast<int64_t>(size) && std::memcmp(bytes.data, magic, size) == 0;
}

}  // namespace

AnnealDataImageInfo probe(ImageBytes bytes) {
  AnnealDataImageInfo info;
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n", 8)) {
    info = probePng(bytes);
  } else if (startsWith(bytes, "\xff\xd8\xff", 3)) {
    info = probeJpeg(bytes);
  } else if (bytes.size == 0) {
    fail("the file is empty");
  } else {
    fail("the content is neither PNG nor JPEG");
  }
  if (info.width < 1 || info.height < 1 || int64_t{info.width} * info.height > maximumPixels) {
    fail("the image claims " + std::to_string(info.width) + "x" + std::to_string(info.height)
         + " pixels, more than is decoded");
  }
  if (exchangesSides(info.orientation)) std::swap(info.width, info.height);
  return info;
}

cv::Mat decode(ImageBytes bytes, const AnnealDataPicture &picture) {
  const AnnealDataImageInfo info = probe(bytes);
  cv::Size wanted = neededSize(info, picture);
  if (exchangesSides(info.orientation)) std::swap(wanted.width, wanted.height);
  const cv::Mat stored = info.format == ANNEAL_DATA_PNG
                             ? decodePng(bytes, picture.channels)
                             : decodeJpeg(bytes, picture.channels, wanted);
  return turned(stored, info.orientation);
}

void checkShape(const AnnealDataPicture &shape) {
  if (shape.channels != 1 && shape.channels != 3) fail("a picture has 1 or 3 channels");
  if (shape.height < 1 || shape.width < 1
      || int64_t{shape.height} * shape.width > maximumPixels) {
    fail("a picture's size is empty or too large");
  }
}

cv::Size neededSize(const AnnealDataImageInfo &info, const AnnealDataPicture &picture) {
  const double horizontal = double(picture.width) / info.width;
  const double vertical = double(picture.height) / info.height;
  const double across = picture.fit == ANNEAL_DATA_COVER     ? std::max(horizontal, vertical)
                        : picture.fit == ANNEAL_DATA_CONTAIN ? std::min(horizontal, vertical)
                                                             : 0;
  if (across == 0) return {picture.width, picture.height};
  return {cvCeil(info.width * across), cvCeil(info.height * across)};
}

cv::Mat fitted(const cv::Mat &image, const AnnealDataPicture &picture) {
  const cv::Size target(picture.width, picture.height);
  if (image.size() == target) return image;
  cv::Rect source({0, 0}, image.size());
  cv::Rect place({0, 0}, target);
  const double horizontal = double(target.width) / image.cols;
  const double vertical = double(target.height) / image.rows;
  if (picture.fit == ANNEAL_DATA_COVER) {
    const double scale = std::max(horizontal, vertical);
    source.width = std::clamp(cvRound(target.width / scale), 1, image.cols);
    source.height = std::clamp(cvRound(target.height / scale), 1, image.rows);
    source.x = (image.cols - source.width) / 2;
    source.y = (image.rows - source.height) / 2;
  } else if (picture.fit == ANNEAL_DATA_CONTAIN) {
    const double scale = std::min(horizontal, vertical);
    place.width = std::clamp(cvRound(image.cols * scale), 1, target.width);
    place.height = std::clamp(cvRound(image.rows * scale), 1, target.height);
    place.x = (target.width - place.width) / 2;
    place.y = (target.height - place.height) / 2;
  } else if (picture.fit != ANNEAL_DATA_STRETCH) {
    fail("the fit " + std::to_string(picture.fit) + " is unknown");
  }
  // Averaging areas keeps a smaller image free of aliasing; a larger one is interpolated.
  const bool shrinks = place.width < source.width || place.height < source.height;
  cv::Mat resized;
  cv::resize(
      image(source), resized, place.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  if (place.size() == target) return resized;
  cv::Mat framed = cv::Mat::zeros(target, image.type());
  resized.copyTo(framed(place));
  return framed;
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
