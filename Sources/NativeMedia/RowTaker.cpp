#include "RowTaker.h"

#include <algorithm>

#include "Guard.h"

namespace anneal {

RowTaker::RowTaker(cv::Size stored, const AnnealDataImageRequest &request, const Frame &frame)
    : stored(stored), deep(request.deep != 0), wanted(request.picture.channels) {
  std::copy_n(request.background, 3, background);
  for (int plane = 0; plane < wanted; ++plane) {
    results.emplace_back(frame.size, deep ? CV_32FC1 : CV_8UC1);
    if (deep) {
      deepResamplers.emplace_back(stored, frame.box, results.back());
    } else {
      byteResamplers.emplace_back(stored, frame.box, results.back());
    }
  }
  if (deep) {
    deepRows.resize(size_t(stored.width) * 3);
  } else {
    byteRows.resize(size_t(stored.width) * 3);
  }
}

void RowTaker::take(const uint8_t *row, int channels) {
  if (!deep) return pass(row, channels, 255, byteRows, byteResamplers);
  std::vector<uint16_t> wider(size_t(stored.width) * size_t(channels));
  std::transform(row, row + wider.size(), wider.begin(), [](uint8_t byte) {
    return static_cast<uint16_t>(byte * 257);
  });
  take(wider.data(), channels);
}

void RowTaker::take(const uint16_t *row, int channels) {
  pass(row, channels, 65535, deepRows, deepResamplers);
}

std::vector<cv::Mat> RowTaker::planes() const {
  if (rows != stored.height) fail("the picture ends too early");
  return results;
}

template <typename Sample, typename Resamplers>
void RowTaker::pass(
    const Sample *row, int channels, uint32_t most, std::vector<Sample> &parts,
    Resamplers &resamplers) {
  if (++rows > stored.height) fail("the picture has too many rows");
  const bool isGrey = channels <= 2, isTransparent = channels % 2 == 0;
  const size_t width = size_t(stored.width);
  if (isGrey && !isTransparent) {
    for (auto &resampler : resamplers) resampler.take(row);
    return;
  }
  Sample *red = parts.data(), *green = red + width, *blue = green + width;
  if (isTransparent) {
    const uint32_t scale = most / 255;
    const uint32_t behind[3] = {
        background[0] * scale, background[1] * scale, background[2] * scale};
    const auto over = [&](uint32_t sample, uint32_t alpha, int channel) {
      return static_cast<Sample>(
          (uint64_t{sample} * alpha + uint64_t{behind[channel]} * (most - alpha) + most / 2) / most);
    };
    const int green1 = isGrey ? 0 : 1, blue1 = isGrey ? 0 : 2;
    for (size_t column = 0; column < width; ++column, row += channels) {
      const uint32_t alpha = row[channels - 1];
      red[column] = over(row[0], alpha, 0);
      green[column] = over(row[green1], alpha, 1);
      blue[column] = over(row[blue1], alpha, 2);
    }
  } else {
    for (size_t column = 0; column < width; ++column, row += 3) {
      red[column] = row[0];
      green[column] = row[1];
      blue[column] = row[2];
    }
  }
  if (wanted == 1) {
    for (size_t column = 0; column < width; ++column) {
      red[column] = static_cast<Sample>(luma(red[column], green[column], blue[column]));
    }
    resamplers[0].take(red);
  } else {
    for (int plane = 0; plane < 3; ++plane) resamplers[plane].take(red + width * size_t(plane));
  }
}

}  // namespace anneal
