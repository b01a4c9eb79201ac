// The rows of a decoder on their way to the planes of a picture.

#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

#include "CData.h"
#include "Frame.h"
#include "Resampler.h"

namespace anneal {

/// The luma of a colour by BT.601, in samples of any depth.
inline uint32_t luma(uint32_t red, uint32_t green, uint32_t blue) {
  return (red * 4899 + green * 9617 + blue * 1868 + 8192) >> 14;
}

/// Takes the rows of a stored picture from the top, lays them over the background, brings them to grey or
/// colour, and to the size of a frame.
class RowTaker {
 public:
  /// - Parameter stored: The size of the picture whose rows come.
  RowTaker(cv::Size stored, const AnnealDataImageRequest &request, const Frame &frame);

  /// The size of the picture whose rows come.
  const cv::Size stored;

  /// Whether rows of 16 bits keep them.
  bool isDeep() const { return deep; }

  /// Takes a row of bytes of 1 (grey), 2 (grey and alpha), 3 (RGB) or 4 (RGB and alpha) channels; alpha is
  /// not multiplied into the colours.
  void take(const uint8_t *row, int channels);

  /// The same of 16 bits, where `isDeep`.
  void take(const uint16_t *row, int channels);

  /// The planes of the frame's size: bytes, or float32 where `isDeep`; throws where rows are missing.
  std::vector<cv::Mat> planes() const;

 private:
  const bool deep;
  const int wanted;
  uint8_t background[3];
  int rows = 0;
  std::vector<cv::Mat> results;
  std::vector<ByteResampler> byteResamplers;
  std::vector<DeepResampler> deepResamplers;
  std::vector<uint8_t> byteRows;
  std::vector<uint16_t> deepRows;

  template <typename Sample, typename Resamplers>
  void pass(
      const Sample *row, int channels, uint32_t most, std::vector<Sample> &parts,
      Resamplers &resamplers);
};

}  // namespace anneal
