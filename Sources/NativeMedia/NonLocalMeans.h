#pragma once

#include <opencv2/core.hpp>

namespace anneal {

/// What non-local means compares and how strongly it filters: the (odd) sides of the compared patch and
/// of the window searched, and the strength h in levels.
struct PatchSearch {
  int patch;
  int search;
  double strength;
};

/// Non-local means of a picture of one or two channels of bytes (Buades, Coll and Morel 2011): each pixel
/// becomes the mean of the window around it, weighed by exp(-d / (channels h²)) for the mean squared
/// difference d of the patches around both.
///
/// The sums are those of OpenCV's `fastNlMeansDenoising` bit by bit, in another order: all pixels of a row
/// at once for one displacement after the other, so that the processor's vectors are full.
cv::Mat nonLocalMeans(const cv::Mat &picture, const PatchSearch &settings);

}  // namespace anneal
