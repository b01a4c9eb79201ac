// BMP: bitmaps of Windows (headers of 40 bytes and their successors) and of OS/2 (12 bytes), with 1, 4, 8,
// 16, 24 and 32 bits a pixel, bit fields and run lengths. Every place is checked against the file's end.

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"
#include "RowTaker.h"

namespace anneal {

namespace {

constexpr uint32_t plain = 0, runs8 = 1, runs4 = 2, bitFields = 3, alphaBitFields = 6;

/// A channel within a pixel of 16 or 32 bits.
struct Field {
  uint32_t mask = 0;
  int shift = 0;
  uint32_t most = 0;

  explicit Field(uint32_t mask = 0) : mask(mask) {
    if (mask == 0) return;
    shift = __builtin_ctz(mask);
    most = mask >> shift;
  }

  uint8_t sample(uint32_t pixel) const {
    if (mask == 0) return 0;
    return static_cast<uint8_t>(
        (uint64_t{(pixel & mask) >> shift} * 255 + most / 2) / most);
  }
};

struct Bitmap {
  ImageBytes bytes;
  int64_t width = 0, height = 0;
  bool isTopDown = false;
  uint32_t bits = 0, compression = plain;
  int64_t pixels = 0;
  Field red, green, blue, alpha;
  /// Red, green and blue of each index.
  std::vector<uint8_t> palette;

  explicit Bitmap(ImageBytes bytes) : bytes(bytes) { readHeader(); }

  bool hasAlpha() const { return alpha.mask != 0; }

  /// The bytes of a row, which is padded to 4.
  int64_t stride() const { return (width * bits + 31) / 32 * 4; }

  uint32_t number(int64_t place, int size) const {
    if (place < 0 || size > bytes.size - place) fail("the BMP ends too early");
    uint32_t value = 0;
    for (int index = size - 1; index >= 0; --index) value = value << 8 | bytes.data[place + index];
    return value;
  }

 private:
  void readHeader() {
    constexpr int64_t start = 14;
    pixels = number(10, 4);
    const int64_t size = number(start, 4);
    const bool isCore = size == 12;
    if (!isCore && (size < 40 || size > 256)) fail("the BMP's header is of an unknown kind");
    int64_t colours = 0;
    if (isCore) {
      width = number(18, 2);
      height = number(20, 2);
      bits = number(24, 2);
    } else {
      width = static_cast<int32_t>(number(18, 4));
      height = static_cast<int32_t>(number(22, 4));
      bits = number(28, 2);
      compression = number(30, 4);
      colours = number(46, 4);
      isTopDown = height < 0;
      height = std::abs(height);
    }
    checkPixels(width, height, mostPixels);
    int64_t place = start + size;
    readFields(size, place);
    if (bits <= 8) readPalette(place, colours, isCore ? 3 : 4);
    if (pixels < start + size) fail("the BMP is damaged: its pixels are in its header");
  }

  void readFields(int64_t size, int64_t &place) {
    const bool areFields = compression == bitFields || compression == alphaBitFields;
    const bool fits = compression == plain || (compression == runs8 && bits == 8)
                      || (compression == runs4 && bits == 4)
                      || (areFields && (bits == 16 || bits == 32));
    const bool isKnown = bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24
                         || bits == 32;
    if (!isKnown || !fits) {
      fail("the BMP has " + std::to_string(bits) + " bits a pixel in the form "
           + std::to_string(compression) + ", which is not read");
    }
    if (areFields) {
      // They follow a short header, and are a part of a longer one.
      constexpr int64_t fields = 14 + 40;
      red = Field(number(fields, 4));
      green = Field(number(fields + 4, 4));
      blue = Field(number(fields + 8, 4));
      if (size >= 56 || compression == alphaBitFields) alpha = Field(number(fields + 12, 4));
      if (size == 40) place += compression == alphaBitFields ? 16 : 12;
    } else if (bits == 16) {
      red = Field(0x7c00);
      green = Field(0x03e0);
      blue = Field(0x001f);
    } else if (bits == 32) {
      red = Field(0xff0000);
      green = Field(0xff00);
      blue = Field(0xff);
    }
  }

  void readPalette(int64_t place, int64_t colours, int entry) {
    const int64_t most = int64_t{1} << bits;
    if (colours == 0) colours = most;
    if (colours > most) fail("the BMP is damaged: it has too many colours");
    palette.resize(size_t(most) * 3);
    for (int64_t index = 0; index < colours; ++index, place += entry) {
      // A short palette of old files ends where the pixels start.
      if (place + 3 > pixels && index > 0) break;
      for (int channel = 0; channel < 3; ++channel) {
        palette[size_t(index * 3 + channel)] = static_cast<uint8_t>(number(place + 2 - channel, 1));
      }
    }
  }
};

/// A row of palette indices, pixels or bit fields as RGB, or RGB and alpha.
void spread(const Bitmap &bitmap, const uint8_t *in, std::vector<uint8_t> &out) {
  uint8_t *pixel = out.data();
  const uint32_t bits = bitmap.bits;
  for (int64_t column = 0; column < bitmap.width; ++column) {
    if (bits <= 8) {
      const int64_t bit = column * bits;
      const uint32_t index = in[bit / 8] >> (8 - bits - bit % 8) & ((1U << bits) - 1);
      pixel = std::copy_n(bitmap.palette.data() + index * 3, 3, pixel);
    } else if (bits == 24) {
      const uint8_t *stored = in + column * 3;
      *pixel++ = stored[2];
      *pixel++ = stored[1];
      *pixel++ = stored[0];
    } else {
      const uint8_t *stored = in + column * (bits / 8);
      uint32_t value = uint32_t{stored[0]} | uint32_t{stored[1]} << 8;
      if (bits == 32) value |= uint32_t{stored[2]} << 16 | uint32_t{stored[3]} << 24;
      *pixel++ = bitmap.red.sample(value);
      *pixel++ = bitmap.green.sample(value);
      *pixel++ = bitmap.blue.sample(value);
      if (bitmap.hasAlpha()) *pixel++ = bitmap.alpha.sample(value);
    }
  }
}

/// The indices of a picture of run lengths, one a byte, from its bottom row; those not given are 0.
std::vector<uint8_t> unpacked(const Bitmap &bitmap) {
  checkPixels(bitmap.width, bitmap.height, mostPixelsHeld);
  std::vector<uint8_t> indices(size_t(bitmap.width * bitmap.height));
  int64_t place = bitmap.pixels, column = 0, row = 0;
  const bool isNarrow = bitmap.compression == runs4;
  const auto put = [&](uint32_t byte, int64_t number) {
    if (row >= bitmap.height || column >= bitmap.width) return;
    const uint32_t index = !isNarrow ? byte : number % 2 == 0 ? byte >> 4 : byte & 15;
    indices[size_t(row * bitmap.width + column++)] = static_cast<uint8_t>(index);
  };
  while (row < bitmap.height) {
    const int64_t count = bitmap.number(place, 1);
    const uint32_t value = bitmap.number(place + 1, 1);
    place += 2;
    constexpr uint32_t endOfLine = 0, endOfPicture = 1, move = 2;
    if (count > 0) {
      for (int64_t number = 0; number < count; ++number) put(value, number);
    } else if (value == endOfLine) {
      column = 0;
      ++row;
    } else if (value == endOfPicture) {
      break;
    } else if (value == move) {
      column += bitmap.number(place, 1);
      row += bitmap.number(place + 1, 1);
      place += 2;
    } else {
      const int64_t size = isNarrow ? (value + 1) / 2 : value;
      for (int64_t number = 0; number < value; ++number) {
        put(bitmap.number(place + (isNarrow ? number / 2 : number), 1), number);
      }
      place += (size + 1) / 2 * 2;
    }
  }
  return indices;
}

}  // namespace

AnnealDataImageInfo probeBmp(ImageBytes bytes) {
  const Bitmap bitmap(bytes);
  AnnealDataImageInfo info{};
  info.format = ANNEAL_DATA_BMP;
  info.width = static_cast<int32_t>(bitmap.width);
  info.height = static_cast<int32_t>(bitmap.height);
  info.orientation = 1;
  info.bits = 8;
  info.channels = 3;
  info.transparent = bitmap.hasAlpha();
  return info;
}

void decodeBmp(ImageBytes bytes, RowTaker &rows) {
  Bitmap bitmap(bytes);
  std::vector<uint8_t> indices;
  const uint8_t *first = bytes.data + std::min(bitmap.pixels, bytes.size);
  int64_t stride = bitmap.stride();
  if (bitmap.compression == runs8 || bitmap.compression == runs4) {
    indices = unpacked(bitmap);
    first = indices.data();
    stride = bitmap.width;
    bitmap.bits = 8;
    bitmap.palette.resize(256 * 3);
  } else if (stride * bitmap.height > bytes.size - bitmap.pixels) {
    // The last row may lack its padding.
    const int64_t row = (bitmap.width * bitmap.bits + 7) / 8;
    if (stride * (bitmap.height - 1) + row > bytes.size - bitmap.pixels) {
      fail("the BMP ends too early");
    }
  }
  const int channels = bitmap.hasAlpha() ? 4 : 3;
  std::vector<uint8_t> row(size_t(bitmap.width) * size_t(channels));
  for (int64_t line = 0; line < bitmap.height; ++line) {
    const int64_t stored = bitmap.isTopDown ? line : bitmap.height - 1 - line;
    spread(bitmap, first + stored * stride, row);
    rows.take(row.data(), channels);
  }
}

}  // namespace anneal
