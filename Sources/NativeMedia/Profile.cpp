// Colour profiles (ICC.1:2022, section 7.2), of which only the name is looked at.

#include <algorithm>
#include <cstring>
#include <string_view>

#include "Image.h"

namespace anneal {

bool isOtherThanSRGB(ImageBytes profile) {
  constexpr int64_t headerSize = 128, colourSpace = 16;
  if (profile.size < headerSize || std::memcmp(profile.data + colourSpace, "RGB ", 4) != 0) {
    return false;
  }
  // Names are ASCII in the second version of profiles and UTF-16 in the fourth.
  using namespace std::string_view_literals;
  const auto *begin = reinterpret_cast<const char *>(profile.data);
  const std::string_view text(begin, static_cast<size_t>(profile.size));
  return text.find("sRGB"sv) == text.npos && text.find("s\0R\0G\0B"sv) == text.npos;
}

}  // namespace anneal
