// Resampling by a triangle filter that widens as a picture shrinks, row by row.

#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

namespace anneal {

/// Which source samples make each target sample along one side, and with which weights.
///
/// The filter is the triangle of linear interpolation, as wide as two target samples where that is more
/// than two source samples (the antialiased bilinear filter of Pillow and torchvision).
struct ResampleAxis {
  /// The first source sample of each target sample, and how many there are.
  std::vector<int> first, count;

  /// `taps` for each target sample, zeros behind those that count; their sum is 1.
  std::vector<double> weights;
  int taps;

  /// - Parameters:
  ///   - source: How many samples there are.
  ///   - start, length: The part of them that the target covers, with fractions.
  ResampleAxis(int source, double start, double length, int target);

  /// The source samples that are of use.
  int begin() const { return first.front(); }
  int end() const { return first.back() + count.back(); }

  /// The most target samples that a source sample is a part of, with those between them.
  int mostTogether() const;
};

/// Takes the rows of one plane of `Sample` from the top and writes the target's rows.
///
/// Bytes are weighted by whole numbers of 14 bits and rounded once, so that every machine gives the same;
/// deeper samples are weighted as float32.
template <typename Sample, typename Result>
class Resampler {
 public:
  /// - Parameter out: Takes the rows of `target`; it must outlive the resampler.
  Resampler(cv::Size source, const cv::Rect2d &box, cv::Mat out);

  /// Takes the next row, of all the source's samples.
  void take(const Sample *row);

 private:
  using Weight = std::conditional_t<sizeof(Sample) == 1, int16_t, float>;
  using Sum = std::conditional_t<sizeof(Sample) == 1, int32_t, float>;

  /// An axis with its weights as they are used.
  struct Table {
    ResampleAxis axis;
    std::vector<Weight> weights;
  };

  std::shared_ptr<const Table> across, down;
  int begin, width;
  cv::Mat out;

  /// The next row to come, and the target rows that are begun and not finished: from `target` to `opened`.
  int next = 0, target = 0, opened = 0;

  /// Sums of weighted rows for those, each at its number modulo `together`.
  int together;
  std::vector<Sum> sums;

  /// A row that is resampled downwards alone.
  std::vector<Weight> blended;

  /// The table of an axis, from those that this thread made last: pictures of a dataset are often alike.
  static std::shared_ptr<const Table> table(int source, double start, double length, int target);

  Sum *sumsOf(int row) { return sums.data() + size_t(row % together) * size_t(width); }
  void finish(int row);
};

using ByteResampler = Resampler<uint8_t, uint8_t>;
using DeepResampler = Resampler<uint16_t, float>;

}  // namespace anneal
