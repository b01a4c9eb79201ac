// WebP through libwebp; of an animation, the first frame.

#include <webp/decode.h>
#include <webp/demux.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "Guard.h"
#include "Image.h"
#include "RowTaker.h"

namespace anneal {

namespace {

using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

/// The flags of an extended file (RFC 9649, section 2.7.1); 0 of a simple one.
uint8_t extendedFlags(ImageBytes bytes) {
  constexpr int64_t place = 20;
  return bytes.size > place && std::memcmp(bytes.data + 12, "VP8X", 4) == 0 ? bytes.data[place] : 0;
}

Demuxer demuxer(ImageBytes bytes) {
  const WebPData data{bytes.data, static_cast<size_t>(bytes.size)};
  Demuxer result(WebPDemux(&data), WebPDemuxDelete);
  if (result == nullptr) fail("the WebP is damaged: it ends too early, or its parts disagree");
  return result;
}

/// The first chunk of a name, in the file that is open.
ImageBytes chunk(const Demuxer &file, const char *name) {
  WebPChunkIterator found;
  ImageBytes bytes{nullptr, 0};
  if (WebPDemuxGetChunk(file.get(), name, 1, &found) != 0) {
    bytes = {found.chunk.bytes, static_cast<int64_t>(found.chunk.size)};
  }
  WebPDemuxReleaseChunkIterator(&found);
  return bytes;
}

WebPBitstreamFeatures features(ImageBytes bytes) {
  WebPBitstreamFeatures result;
  if (WebPGetFeatures(bytes.data, static_cast<size_t>(bytes.size), &result) != VP8_STATUS_OK) {
    fail("the WebP's header cannot be read");
  }
  return result;
}

/// The pixels of a still picture: RGB, or RGB and alpha.
struct Pixels {
  int width, height, channels;
  std::vector<uint8_t> bytes;

  explicit Pixels(ImageBytes still) {
    const WebPBitstreamFeatures found = features(still);
    checkPixels(found.width, found.height, mostPixelsHeld);
    width = found.width;
    height = found.height;
    channels = found.has_alpha != 0 ? 4 : 3;
    bytes.resize(size_t(width) * size_t(height) * size_t(channels));
    const auto decode = channels == 4 ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
    const uint8_t *done = decode(
        still.data, static_cast<size_t>(still.size), bytes.data(), bytes.size(),
        width * channels);
    if (done == nullptr) fail("the WebP is damaged: its pixels cannot be decoded");
  }

  const uint8_t *row(int number) const {
    return bytes.data() + size_t(number) * size_t(width) * size_t(channels);
  }
};

/// Gives the first frame of an animation, laid on its canvas.
void decodeFirstFrame(ImageBytes bytes, RowTaker &rows) {
  const Demuxer file = demuxer(bytes);
  WebPIterator frame;
  if (WebPDemuxGetFrame(file.get(), 1, &frame) == 0) fail("the WebP holds no frame");
  const std::unique_ptr<WebPIterator, decltype(&WebPDemuxReleaseIterator)> owner(
      &frame, WebPDemuxReleaseIterator);
  const Pixels pixels({frame.fragment.bytes, static_cast<int64_t>(frame.fragment.size)});
  const int width = rows.stored.width;
  if (frame.x_offset < 0 || frame.y_offset < 0 || frame.x_offset + pixels.width > width
      || frame.y_offset + pixels.height > rows.stored.height) {
    fail("the WebP is damaged: its frame is larger than its canvas");
  }
  std::vector<uint8_t> row(size_t(width) * 4);
  for (int number = 0; number < rows.stored.height; ++number) {
    std::fill(row.begin(), row.end(), uint8_t{0});
    const int line = number - frame.y_offset;
    for (int column = 0; line >= 0 && line < pixels.height && column < pixels.width; ++column) {
      const uint8_t *in = pixels.row(line) + column * pixels.channels;
      uint8_t *out = row.data() + (frame.x_offset + column) * 4;
      std::copy_n(in, pixels.channels, out);
      if (pixels.channels == 3) out[3] = 255;
    }
    rows.take(row.data(), 4);
  }
}

}  // namespace

AnnealDataImageInfo probeWebp(ImageBytes bytes) {
  const WebPBitstreamFeatures found = features(bytes);
  AnnealDataImageInfo info{};
  info.format = ANNEAL_DATA_WEBP;
  info.width = found.width;
  info.height = found.height;
  info.orientation = 1;
  info.bits = 8;
  info.channels = 3;
  info.transparent = found.has_alpha != 0;
  info.animated = found.has_animation != 0;
  // The data of cameras follow the pixels.
  if ((extendedFlags(bytes) & (EXIF_FLAG | ICCP_FLAG)) != 0) {
    const Demuxer file = demuxer(bytes);
    ImageBytes exif = chunk(file, "EXIF");
    // Some programs keep the name that JPEG segments have.
    if (exif.size > 6 && std::memcmp(exif.data, "Exif\0", 6) == 0) {
      exif = {exif.data + 6, exif.size - 6};
    }
    info.orientation = exifOrientation(exif);
    info.profiled = isOtherThanSRGB(chunk(file, "ICCP"));
  }
  return info;
}

void decodeWebp(ImageBytes bytes, RowTaker &rows) {
  if (features(bytes).has_animation != 0) return decodeFirstFrame(bytes, rows);
  const Pixels pixels(bytes);
  for (int row = 0; row < pixels.height; ++row) rows.take(pixels.row(row), pixels.channels);
}

}  // namespace anneal
