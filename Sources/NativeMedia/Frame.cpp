#include "Frame.h"

#include <algorithm>
#include <string>
#include <utility>

#include "Guard.h"
#include "Image.h"

namespace anneal {

Frame::Frame(cv::Size stored, int32_t orientation, const AnnealDataPicture &picture)
    : box(0, 0, stored.width, stored.height),
      size(picture.width, picture.height),
      place(0, 0, picture.width, picture.height) {
  const bool exchanged = exchangesSides(orientation);
  if (exchanged) std::swap(stored.width, stored.height);
  const double horizontal = double(picture.width) / stored.width;
  const double vertical = double(picture.height) / stored.height;
  cv::Size2d taken(stored.width, stored.height);
  if (picture.fit == ANNEAL_DATA_COVER) {
    const double scale = std::max(horizontal, vertical);
    taken.width = std::min(taken.width, picture.width / scale);
    taken.height = std::min(taken.height, picture.height / scale);
  } else if (picture.fit == ANNEAL_DATA_CONTAIN) {
    const double scale = std::min(horizontal, vertical);
    place.width = std::clamp(cvRound(stored.width * scale), 1, picture.width);
    place.height = std::clamp(cvRound(stored.height * scale), 1, picture.height);
    place.x = (picture.width - place.width) / 2;
    place.y = (picture.height - place.height) / 2;
  } else if (picture.fit != ANNEAL_DATA_STRETCH) {
    fail("the fit " + std::to_string(picture.fit) + " is unknown");
  }
  size = place.size();
  if (exchanged) {
    std::swap(taken.width, taken.height);
    std::swap(size.width, size.height);
  }
  // The middle is taken, so that turning after the resample gives the same as before it.
  box.x = (box.width - taken.width) / 2;
  box.y = (box.height - taken.height) / 2;
  box.width = taken.width;
  box.height = taken.height;
}

}  // namespace anneal
