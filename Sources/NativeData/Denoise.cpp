#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>
#include <string>

#include "Guard.h"
#include "Image.h"

namespace anneal {

namespace {

void checkOdd(int32_t side, const char *what) {
  if (side < 1 || side > 99 || side % 2 == 0) {
    fail(std::string("the ") + what + " is " + std::to_string(side) + ", not odd within 1...99");
  }
}

/// Non-local means; colour pictures by its coloured variant, which weighs light and colour apart.
cv::Mat nonLocalMeans(const cv::Mat &picture, const AnnealDataDenoise &filter) {
  checkOdd(filter.search, "search window");
  const auto strength = static_cast<float>(filter.strength);
  cv::Mat result;
  if (picture.channels() == 1) {
    cv::fastNlMeansDenoising(picture, result, strength, filter.kernel, filter.search);
    return result;
  }
  cv::Mat swapped;
  cv::cvtColor(picture, swapped, cv::COLOR_RGB2BGR);
  cv::fastNlMeansDenoisingColored(
      swapped, result, strength, strength, filter.kernel, filter.search);
  cv::cvtColor(result, result, cv::COLOR_BGR2RGB);
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

}  // namespace anneal
