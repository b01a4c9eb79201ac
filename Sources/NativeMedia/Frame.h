// Which part of a stored picture is taken, and where it goes.

#pragma once

#include <opencv2/core.hpp>

#include "CData.h"

namespace anneal {

/// The part of a stored picture that a request takes, the size that it is brought to, and the place that
/// it has in the result once it is turned.
struct Frame {
  /// In pixels of the stored picture, with fractions.
  cv::Rect2d box;

  /// Before the picture is turned.
  cv::Size size;

  /// Of the result.
  cv::Rect place;

  /// - Parameter stored: The size before the picture is turned.
  Frame(cv::Size stored, int32_t orientation, const AnnealDataPicture &picture);
};

}  // namespace anneal
