#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"
#include "NonLocalMeans.h"

namespace anneal {

namespace {

void checkOdd(int32_t side, const char *what) {
  if (side < 1 || side > 99 || side % 2 == 0) {
    fail(std::string("the ") + what + " is " + std::to_string(side) + ", not odd within 1...99");
  }
}

/// Non-local means; colour pictures as OpenCV's coloured variant does, which weighs light and colour apart
/// in CIE L*a*b*.
cv::Mat nonLocalMeans(const cv::Mat &picture, const AnnealDataDenoise &filter) {
  checkOdd(filter.search, "search window");
  const PatchSearch settings{filter.kernel, filter.search, filter.strength};
  if (picture.channels() == 1) return nonLocalMeans(picture, settings);
  cv::Mat lab, light, colour, result;
  cv::cvtColor(picture, lab, cv::COLOR_LRGB2Lab);
  cv::extractChannel(lab, light, 0);
  colour.create(lab.size(), CV_8UC2);
  cv::mixChannels(lab, colour, {1, 0, 2, 1});
  light = nonLocalMeans(light, settings);
  colour = nonLocalMeans(colour, settings);
  const cv::Mat parts[] = {light, colour};
  cv::mixChannels(parts, 2, &lab, 1, std::vector<int>{0, 0, 1, 1, 2, 2}.data(), 3);
  cv::cvtColor(lab, result, cv::COLOR_Lab2LRGB);
  return result;
}

}  // namespace

cv::Mat denoised(const cv::Mat &picture, const AnnealDataDenoise &filter) {
  checkOdd(filter.kernel, "kernel");
  const cv::Size window(filter.kernel, filter.kernel);
  cv::Mat result;
  switch (filter.method) {
    case ANNEAL_DATA_MEDIAN: cv::medianBlur(picture, result, filter.kernel); return result;
    case ANNEAL_DATA_MEAN: cv::blur(picture, result, window); return result;
    case ANNEAL_DATA_GAUSSIAN:
      cv::GaussianBlur(picture, result, window, filter.strength);
      return result;
    case ANNEAL_DATA_BILATERAL:
      cv::bilateralFilter(picture, result, filter.kernel, filter.strength, filter.spread);
      return result;
    case ANNEAL_DATA_NON_LOCAL_MEANS: return nonLocalMeans(picture, filter);
    default: fail("the denoising method " + std::to_string(filter.method) + " is unknown");
  }
}

void denoise(
    const uint8_t *in, int64_t pictures, const AnnealDataPicture &shape,
    const AnnealDataDenoise &filter, uint8_t *out) {
  const int64_t stride = int64_t{shape.channels} * shape.height * shape.width;
  const auto one = [&](int64_t index) {
    toPlanes(denoised(fromPlanes(in + index * stride, shape), filter), out + index * stride);
  };
  // Where every thread has a picture of its own, filters run on one thread each; else the threads share
  // one picture after the other.
  if (pictures < cv::getNumThreads()) {
    for (int64_t index = 0; index < pictures; ++index) one(index);
    return;
  }
  cv::parallel_for_(cv::Range(0, int(pictures)), [&](const cv::Range &range) {
    for (int index = range.start; index < range.end; ++index) one(index);
  });
}

}  // namespace anneal
